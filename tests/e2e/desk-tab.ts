import type { Locator, Page } from "playwright-core";

/** How far a message got, as its ticks say it in words. */
export type Tick =
  "Enviando" | "Enviada" | "Entregue" | "Lida" | "Guardada, será enviada quando a conexão voltar";

/** The inbox in one tab, as an agent finds their way in it. */
export class DeskTab {
  constructor(readonly page: Page) {}

  row(text: string): Locator {
    return this.page.getByTestId("conversation-row").filter({ hasText: text });
  }

  get thread(): Locator {
    return this.page.getByRole("log", { name: "Mensagens" });
  }

  message(text: string): Locator {
    return this.thread.getByTestId("message").filter({ hasText: text });
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Escrever resposta" }).fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** Waits until the message says that it got this far. */
  async seeTick(text: string, tick: Tick): Promise<void> {
    await this.message(text).getByRole("img", { name: tick, exact: true }).waitFor();
  }

  /** The words of every message in the thread, in order. */
  words(): Promise<string[]> {
    return this.page.evaluate(wordsInThread);
  }

  /** Who stands in the list, in order. */
  people(): Promise<string[]> {
    return this.page.getByTestId("conversation-row").locator(".row-name").allInnerTexts();
  }
}

/** Runs in the page. Time and ticks are no words of the message. */
const wordsInThread = `[...document.querySelectorAll("[role=log] [data-testid=message] .bubble-text")].map((text) =>
  [...text.childNodes]
    .filter((part) => part.className !== "meta")
    .map((part) => part.textContent)
    .join(""),
)`;
