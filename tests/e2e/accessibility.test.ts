import { afterAll, beforeAll, expect, test } from "bun:test";

import type { Browser, BrowserContextOptions } from "playwright-core";

import { openBrowser } from "../support/browser.ts";
import { barriersOn, sidewaysOn } from "./audit.ts";
import { Bakery, signIn } from "./bakery.ts";
import { screens } from "./screens.ts";
import { Shop } from "./shop.ts";
import { visit } from "./visitor.ts";
import { connectNumber, makeCompany } from "./wizard.ts";

/** Every screen is for everybody: landmarks, names, order, contrast, and nothing that scrolls sideways. */
const phone = { colorScheme: "light", viewport: { width: 360, height: 740 } } as const;
const deskInTheDark = { colorScheme: "dark", viewport: { width: 1366, height: 768 } } as const;

let bakery: Bakery;
let browser: Browser;

beforeAll(async () => {
  [bakery, browser] = await Promise.all([Bakery.open(), openBrowser()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await bakery[Symbol.asyncDispose]();
});

/** Looks at every screen; gives what is wrong with each. */
async function troublesOnScreens(options: BrowserContextOptions): Promise<string[]> {
  const { page, context, troubles } = await visit(browser, {
    ...options,
    baseURL: bakery.url,
    reducedMotion: "reduce",
  });
  const found: string[] = [];
  await page.goto("/");
  await page.getByLabel("E-mail").waitFor();
  found.push(...(await barriersOn(page)), ...(await sidewaysOn(page)));
  await signIn(page);
  for (const screen of screens) {
    await screen.open(page);
    for (const trouble of [...(await barriersOn(page)), ...(await sidewaysOn(page))])
      found.push(`${screen.name}: ${trouble}`);
  }
  await context.close();
  return [...found, ...troubles];
}

test("on a phone, in light, no screen keeps anybody out or scrolls sideways", async () => {
  expect(await troublesOnScreens(phone)).toEqual([]);
}, 60_000);

test("on a desk, in the dark, no screen keeps anybody out or scrolls sideways", async () => {
  expect(await troublesOnScreens(deskInTheDark)).toEqual([]);
}, 60_000);

test.each([
  ["on a phone, in light", phone],
  ["on a desk, in the dark", deskInTheDark],
] as const)(
  "%s, no step of the wizard keeps anybody out",
  async (_, options) => {
    await using shop = await Shop.open();
    const { page, context } = await visit(browser, { ...options, reducedMotion: "reduce" });
    const link = await shop.setupLink();
    await page.goto(link);
    await page.getByLabel("Nome da empresa").waitFor();
    const found = [...(await barriersOn(page)), ...(await sidewaysOn(page))];
    await makeCompany(page, link);
    found.push(...(await barriersOn(page)), ...(await sidewaysOn(page)));
    await connectNumber(page);
    await page.getByText("A Meta aceitou o token").waitFor();
    found.push(...(await barriersOn(page)), ...(await sidewaysOn(page)));
    await context.close();
    expect(found).toEqual([]);
  },
  60_000,
);
