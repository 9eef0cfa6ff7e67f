import { afterAll, beforeAll, expect, test } from "bun:test";

import type { Browser, Page } from "playwright-core";

import { openBrowser } from "../support/browser.ts";
import { eventually } from "../support/wait.ts";
import { DeskTab } from "./desk-tab.ts";
import { number, Shop } from "./shop.ts";
import { visit } from "./visitor.ts";
import { owner, verifyAsMeta } from "./wizard.ts";

/** The whole way without a mouse: what has the focus is asked, never pointed at. */
let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([Shop.open(), openBrowser()]);
}, 30_000);

afterAll(async () => {
  await browser.close();
  await shop[Symbol.asyncDispose]();
});

/** The field with the focus is the one that is labelled so. */
async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** Tabs on until what has the focus is named so; the page must show where the focus is. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await page.evaluate(focused)) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by Tab to ${name}; the focus is on ${String(await page.evaluate(focused))}`);
}

/** The name of what has the focus. Runs in the page. */
const focused = `(() => {
  const one = document.activeElement;
  const label = one.getAttribute("aria-label") ?? one.labels?.[0]?.firstChild?.textContent ?? one.textContent;
  return label.trim();
})()`;

/** Whether the outline or the shadow of what has the focus is drawn. Runs in the page. */
const focusShows = `(() => {
  const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(document.activeElement);
  return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none" || borderColor;
})()`;

test("a shop is made, connected and attended by the keyboard alone", async () => {
  const { page, troubles } = await visit(browser, {});
  const { graph } = shop;
  const press = (key: string) => page.keyboard.press(key);

  await page.goto(await shop.setupLink());
  await page.getByLabel("Nome da empresa").waitFor();
  await type(page, "Nome da empresa", owner.company);
  await press("Enter");
  await page.getByRole("heading", { name: "Quem administra?" }).waitFor();
  await type(page, "Nome", owner.name);
  await type(page, "E-mail", owner.email);
  await type(page, "Crie uma senha", owner.password);
  await press("Enter");
  await page.getByRole("heading", { name: "Conecte o WhatsApp da loja" }).waitFor();
  await type(page, "Identificação do número de telefone", number.phoneNumberId);
  await type(page, "Token de acesso", number.accessToken);
  await type(page, "Chave secreta do app", number.appSecret);
  await press("Enter");
  const address = await page.getByLabel("URL de callback", { exact: true }).inputValue();
  const verifyToken = await page.getByLabel("Token de verificação", { exact: true }).inputValue();
  expect(await verifyAsMeta({ address, verifyToken })).toBe("1158201444");
  graph.changeNumber(number.phoneNumberId, { webhookUrl: address });
  await tabTo(page, "Ir para as conversas");
  expect(await page.evaluate(focusShows)).toBeTruthy();
  await press("Enter");
  await page.getByText("Balcão livre.").waitFor();

  // Two customers write; `j` and `k` go through them, newest first.
  const [ivone, rafael] = [
    graph.customer("+55 11 98888-0001", "Dona Ivone"),
    graph.customer("+55 11 98888-0002", "Rafael"),
  ];
  const desk = new DeskTab(page);
  await ivone.sendText("Ainda tem broa?");
  await desk.row("Ainda tem broa?").waitFor();
  await rafael.sendText("Quanto custa o bolo?");
  await desk.row("Quanto custa o bolo?").waitFor();
  await press("j");
  await desk.message("Quanto custa o bolo?").waitFor();
  await press("j");
  await desk.message("Ainda tem broa?").waitFor();
  await press("k");
  await desk.message("Quanto custa o bolo?").waitFor();

  // Take it, write a note and an answer, hand it over and think better of it, resolve.
  await press("a");
  await page.getByRole("button", { name: /^Com você/ }).waitFor();
  await press("n");
  await page.keyboard.type("Bolo de festa: só com a Bruna.");
  await press("Enter");
  await desk.message("Bolo de festa: só com a Bruna.").waitFor();
  await press("Escape");
  await press("r");
  await page.keyboard.type("Depende do tamanho.");
  await press("Shift+Enter");
  await page.keyboard.type("Para quantas pessoas?");
  await press("Enter");
  const answer = await rafael.waitForMessage(({ body }) => body.type === "text");
  expect(answer.body).toMatchObject({ text: { body: "Depende do tamanho.\nPara quantas pessoas?" } });
  await press("Escape");
  await press("t");
  await page.getByRole("dialog", { name: "Transferir conversa" }).waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press("e");
  await page.getByRole("button", { name: "Reabrir" }).waitFor();

  // Help and the palette open over everything, and give the keyboard back.
  await press("?");
  await page.getByRole("dialog", { name: "Atalhos do teclado" }).waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press("Control+K");
  await page.getByRole("dialog", { name: "Buscar e comandar" }).waitFor();
  await page.keyboard.type("ivone");
  await page.getByRole("option", { name: /Dona Ivone/ }).waitFor();
  await press("Enter");
  await desk.message("Ainda tem broa?").waitFor();
  await press("g");
  await press("i");
  await eventually("the inbox", () => new URL(page.url()).pathname === "/");
  expect(troubles).toEqual([]);
}, 60_000);

test("the first stop of the keyboard leads past the navigation", async () => {
  const { page } = await visit(browser, { baseURL: shop.url });
  await page.goto("/");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Senha", { exact: true }).fill(owner.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Conversas" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Conversas" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(focused)).toBe("Ir para o conteúdo");
  expect(await page.evaluate(focusShows)).toBeTruthy();
});
