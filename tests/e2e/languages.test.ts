import { afterAll, beforeAll, expect, test } from "bun:test";

import type { Browser, Page } from "playwright-core";
import { z } from "zod";

import { ptBr } from "../../src/ui/i18n/pt-br.ts";
import { channelsPtBr } from "../../src/ui/settings/channels/texts/pt-br.ts";
import { settingsPtBr } from "../../src/ui/settings/texts/pt-br.ts";
import { openBrowser } from "../support/browser.ts";
import { Bakery, signIn } from "./bakery.ts";
import { screens } from "./screens.ts";
import { visit } from "./visitor.ts";

let bakery: Bakery;
let browser: Browser;

beforeAll(async () => {
  [bakery, browser] = await Promise.all([Bakery.open(), openBrowser()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await bakery[Symbol.asyncDispose]();
});

/** What a text looks like whose translation is missing or unfinished: its key, or an unfilled place. */
const topics = [ptBr, settingsPtBr, channelsPtBr].flatMap((texts) => Object.keys(texts));
const raw = new RegExp(`^(?:\\w+:)?(?:${topics.join("|")})(?:\\.\\w+)+$|\\{\\{|undefined|\\[object`);

/** Every text of the page, and every name, hint and title that is not seen. Runs in the page. */
const allTexts = `(() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.textContent.trim());
  for (const name of ["aria-label", "placeholder", "title", "alt"]) {
    for (const one of document.querySelectorAll("[" + name + "]")) texts.push(one.getAttribute(name));
  }
  return texts.filter((text) => text !== "");
})()`;

async function textsOf(page: Page): Promise<string[]> {
  return z.array(z.string()).parse(await page.evaluate(allTexts));
}

test.each([
  { language: "Português", code: "pt-BR", submit: "Entrar", inbox: "Conversas" },
  { language: "English", code: "en", submit: "Sign in", inbox: "Conversations" },
  { language: "Español", code: "es", submit: "Entrar", inbox: "Conversaciones" },
])(
  "in $language every screen speaks in words",
  async ({ language, code, submit, inbox }) => {
    // Whoever comes with a language that we don't speak chooses at the door.
    const { page, context } = await visit(browser, { baseURL: bakery.url, locale: "fi-FI" });
    await page.goto("/");
    await page.getByRole("button", { name: "Idioma: Português" }).click();
    await page.getByRole("menuitem", { name: language }).click();
    await page.getByRole("button", { name: submit, exact: true }).waitFor();
    await page.locator(`html[lang="${code}"]`).waitFor();
    expect((await textsOf(page)).filter((text) => raw.test(text))).toEqual([]);

    await signIn(page);
    await page.getByRole("heading", { name: inbox, exact: true }).waitFor();
    for (const screen of screens) {
      await screen.open(page);
      const texts = await textsOf(page);
      expect([screen.name, texts.filter((text) => raw.test(text))]).toEqual([screen.name, []]);
    }
    await context.close();
  },
  60_000,
);

test("the language of the browser is spoken from the first word", async () => {
  const { page, context } = await visit(browser, { baseURL: bakery.url, locale: "es-AR" });
  await page.goto("/");
  await page.getByRole("button", { name: "Idioma: Español" }).waitFor();
  await context.close();
});
