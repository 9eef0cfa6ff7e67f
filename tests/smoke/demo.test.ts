import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "playwright-core";

import { openBrowser } from "../support/browser.ts";
import { type Executable, startExecutable } from "../support/executable.ts";
import { eventually } from "../support/wait.ts";

/** `balcao demo` of the built executable, from an empty folder, looked at in a real browser. */
let folder: string;
let demo: Executable;
let browser: Browser;
let stage: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "balcao-smoke-demo-"));
  await mkdir(join(folder, "tmp"));
  const start = startExecutable({
    args: ["demo", "--quiet", "--port", "0"],
    env: { TMPDIR: join(folder, "tmp") },
    folder,
  });
  [demo, browser] = await Promise.all([start, openBrowser()]);
  // The block for people is on standard error, after the one line for programs.
  stage = await eventually("the address", () => /open: +(http:\S+)/.exec(demo.stderr())?.[1]);
}, 30_000);

afterAll(async () => {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Visit {
  readonly page: Page;
  /** Errors that no code caught, and what a policy refused. */
  readonly troubles: string[];
}

async function visit(size: { readonly width: number; readonly height: number }): Promise<Visit> {
  const context = await browser.newContext({ viewport: size, locale: "pt-BR" });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) troubles.push(message.text());
  });
  await page.goto(stage);
  return { page, troubles };
}

test("it says where it is, and with which password", () => {
  expect(demo.stdout()).toBe(`listening on ${demo.url}\n`);
  expect(demo.stderr()).toContain("helena@azulejo.example");
});

test("what is typed on the phone is in the inbox beside it, and the answer is on the phone, read", async () => {
  const { page, troubles } = await visit({ width: 1440, height: 900 });
  const inbox = page.frameLocator("iframe");
  await page.getByRole("button", { name: /Dona Ivone/ }).click();
  await page.getByRole("textbox", { name: "Mensagem" }).fill("Separa uma broa também?");
  await page.keyboard.press("Enter");
  const own = page.getByRole("article", { name: "Você" }).last();
  await own.getByText("Separa uma broa também?").waitFor();

  // On top of the list, since it is the newest.
  await inbox.getByText("Separa uma broa também?").first().click();
  await inbox.getByPlaceholder("Escreva uma mensagem").fill("Separada, Dona Ivone!");
  await page.keyboard.press("Enter");
  await page.getByRole("log").getByText("Separada, Dona Ivone!").waitFor();
  await inbox.getByRole("img", { name: /lida/i }).last().waitFor();
  expect(troubles).toEqual([]);
});

test("another person can stand at the counter", async () => {
  const { page } = await visit({ width: 1440, height: 900 });
  await page.getByLabel("Atendendo como").selectOption({ label: "Bruna Tavares · atendente" });
  const inbox = page.frameLocator("iframe");
  await inbox.getByRole("button", { name: "Sua conta" }).click();
  await inbox.getByRole("menu").getByText("Bruna Tavares").waitFor();
});

test("on a small screen the inbox and the phone take turns", async () => {
  const { page } = await visit({ width: 390, height: 844 });
  const list = page.getByRole("heading", { name: "Quem é você?" });
  expect(await list.isVisible()).toBe(false);
  await page.getByRole("tab", { name: "Telefone" }).click();
  await list.waitFor();
  // Nothing is wider than the screen.
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
});

test("the phone is used by the keyboard alone", async () => {
  const { page } = await visit({ width: 1440, height: 900 });
  const person = page.getByRole("button", { name: /Rafael Moura/ });
  await person.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Mensagem" }).waitFor();
  // The field has the focus; backwards from it are the attachments and the actions of the last message.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("menu", { name: "Ações da mensagem" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByText("❤️").last().waitFor();
});

// The last: it ends what the others look at.
test("Ctrl+C ends it, and nothing of it stays", async () => {
  expect(await readdir(join(folder, "tmp"))).not.toEqual([]);
  expect(await demo.kill("SIGINT")).toBe(0);
  expect(await readdir(join(folder, "tmp"))).toEqual([]);
  expect(await readdir(folder)).toEqual(["tmp"]);
});
