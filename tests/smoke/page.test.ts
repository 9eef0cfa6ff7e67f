import { afterAll, beforeAll, expect, test } from "bun:test";

import type { Browser, Page } from "playwright-core";
import { z } from "zod";

import { openBrowser } from "../support/browser.ts";
import { type Executable, startExecutable } from "../support/executable.ts";

/** What the built executable serves, in a real browser: it shows, nothing is refused by its own policy. */
let server: Executable;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startExecutable(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Puts scripts into the page in two ways; gives the directives that refused them. Runs in the page. */
const injection = `new Promise((resolve) => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
    if (refused.push(effectiveDirective) === 2) resolve(refused);
  });
  const script = document.createElement("script");
  script.textContent = "window.name = 'ran'";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.name = 1'>");
})`;

interface Visit {
  readonly page: Page;
  /** Errors that no code caught, and what the policy of the page refused. */
  readonly troubles: string[];
  /** Requests to anywhere but the server. */
  readonly outside: string[];
}

async function visit(path: string): Promise<Visit> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const troubles: string[] = [];
  const outside: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) troubles.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== server.url) outside.push(request.url());
  });
  await page.goto(path);
  return { page, troubles, outside };
}

test("the agent's page shows itself, from this server alone and within its policy", async () => {
  const { page, troubles, outside } = await visit("/");
  await page.locator("#root > :not(style)").first().waitFor({ state: "visible" });
  expect(
    await page.evaluate("document.fonts.load(`14px 'Inter Variable'`).then((faces) => faces.length)"),
  ).toBe(1);
  expect(troubles).toEqual([]);
  expect(outside).toEqual([]);
});

test("a script that someone puts into the page does not run", async () => {
  const { page } = await visit("/");
  const refused = await page.evaluate(injection);
  expect(refused).toEqual(["script-src-elem", "script-src-attr"]);
  expect(await page.evaluate("window.name")).toBe("");
});

test("the page of the API shows its routes, from this server alone and within its policy", async () => {
  const { page, troubles, outside } = await visit("/api/docs");
  await page.getByText("/api/v1/auth/login").first().waitFor();
  expect(troubles).toEqual([]);
  expect(outside).toEqual([]);
});

test("the app can be installed: its manifest and icons are there", async () => {
  const { page } = await visit("/");
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const response = await fetch(server.url + (address ?? "/none"));
  const { icons } = z.object({ icons: z.array(z.object({ src: z.string() })) }).parse(await response.json());
  expect(icons.length).toBeGreaterThan(2);
  for (const { src } of icons) expect((await fetch(server.url + src)).status).toBe(200);
});
