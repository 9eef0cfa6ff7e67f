import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** Somebody at a browser of their own, whose page must never complain. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors that no code caught, and what a policy refused, in every tab. */
  readonly troubles: string[];
}

/** Opens an empty tab, in Portuguese unless told. */
export async function visit(browser: Browser, options: BrowserContextOptions): Promise<Visitor> {
  const context = await browser.newContext({
    locale: "pt-BR",
    timezoneId: "America/Sao_Paulo",
    viewport: { width: 1366, height: 768 },
    ...options,
  });
  // A wait that fails should say so before the test's own deadline ends it without a word.
  context.setDefaultTimeout(15_000);
  const troubles: string[] = [];
  context.on("weberror", (event) => troubles.push(event.error().message));
  context.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) troubles.push(message.text());
  });
  return { context, page: await context.newPage(), troubles };
}
