import { afterAll, beforeAll, expect, test } from "bun:test";

import type { Browser } from "playwright-core";

import type { SendBody } from "../../src/demo/graph/send-body.ts";
import { openBrowser } from "../support/browser.ts";
import { eventually } from "../support/wait.ts";
import { DeskTab } from "./desk-tab.ts";
import { fixtureText } from "./fixtures.ts";
import { number, Shop } from "./shop.ts";
import { visit } from "./visitor.ts";
import { connectNumber, makeCompany, verifyAsMeta } from "./wizard.ts";

/** From an empty folder to a conversation that outlives a power cut: the built executable, Chromium, and Meta's side. */
let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([Shop.open(), openBrowser()]);
}, 30_000);

afterAll(async () => {
  await browser.close();
  await shop[Symbol.asyncDispose]();
});

test("a new shop connects its number, attends a customer, and loses nothing when the server is killed", async () => {
  const { context, page, troubles } = await visit(browser, {});
  const { graph } = shop;

  // The wizard: the company, its admin, the number; then Meta finds the address that the page shows.
  await makeCompany(page, await shop.setupLink());
  const webhook = await connectNumber(page);
  expect(webhook.address).toStartWith(`${shop.url}/webhooks/whatsapp/`);
  expect(await verifyAsMeta(webhook)).toBe("1158201444");
  await page.getByText("A Meta confirmou o endereço").waitFor();
  graph.changeNumber(number.phoneNumberId, { webhookUrl: webhook.address });
  await page.getByRole("button", { name: "Ir para as conversas" }).click();
  await page.getByText("Balcão livre.").waitFor();

  // A customer writes: the list shows it by itself, and the thread once it is open.
  const here = new DeskTab(page);
  const first = await fixtureText();
  expect(await msUntilSeen(here.row(first.text), first.body)).toBeLessThan(1_000);
  await here.row(first.from).click();
  await here.message(first.text).waitFor();
  const second = await fixtureText({ id: "wamid.second", text: "And in size M?" });
  expect(await msUntilSeen(here.message(second.text), second.body)).toBeLessThan(1_000);

  // The answer reaches WhatsApp, and each status turns its tick.
  graph.openWindow(first.waId);
  await here.write("Sim, temos em azul.");
  const answer = await graph.waitForSent(({ body }) => textOf(body) === "Sim, temos em azul.");
  expect(answer.person).toBe(first.waId);
  const ticks = [
    ["sent", "Enviada"],
    ["delivered", "Entregue"],
    ["read", "Lida"],
  ] as const;
  for (const [status, tick] of ticks) {
    await graph.status(answer.wamid, status);
    await here.seeTick("Sim, temos em azul.", tick);
  }

  // A second tab of the same person shows the same.
  const there = new DeskTab(await context.newPage());
  await there.page.goto(page.url());
  await there.seeTick("Sim, temos em azul.", "Lida");
  const before = ["Does it come in another color?", "And in size M?", "Sim, temos em azul."];
  expect([await here.words(), await there.words()]).toEqual([before, before]);
  await there.write("Qual você prefere?");
  await here.message("Qual você prefere?").waitFor();
  await graph.waitForSent(({ body }) => textOf(body) === "Qual você prefere?");

  // A power cut. Meanwhile one agent goes on writing, and Meta keeps trying to deliver.
  await shop.cut();
  await here.page.getByText("Reconectando… suas mensagens estão guardadas").waitFor();
  await here.write("Separei as duas para você.");
  await here.seeTick("Separei as duas para você.", "Guardada, será enviada quando a conexão voltar");
  const ivone = graph.customer("+55 11 98888-0001", "Dona Ivone");
  const hers = ["Bom dia!", "Ainda tem broa?", "Guarda três, por favor."];
  const drafts = hers.map((text) => ivone.draft({ type: "text", text: { body: text } }).update);
  // Every webhook twice, as happens when an answer of 200 gets lost on its way.
  const delivered = graph.deliver(drafts, { batchSize: 1, copies: 2 });
  const recovered = [here, there].map(({ page: tab }) => tab.getByText(/^Completo até \d\d:\d\d/).waitFor());
  await shop.start();
  await Promise.all([delivered, ...recovered]);
  expect((await graph.sendRaw(first.body)).status).toBe(200);

  // Both tabs come back by themselves and agree; nothing is missing, nothing is there twice.
  const after = [...before, "Qual você prefere?", "Separei as duas para você."];
  await graph.waitForSent(({ body }) => textOf(body) === "Separei as duas para você.", 15_000);
  for (const tab of [here, there]) {
    await tab.seeTick("Separei as duas para você.", "Enviada");
    await eventually("the whole thread", async () => Bun.deepEquals(await tab.words(), after));
    // Who was answered waits no more; who wrote meanwhile is there, once.
    await eventually("the list", async () => Bun.deepEquals(await tab.people(), [ivone.name]));
  }
  await there.row(ivone.name).click();
  await there.message("Guarda três, por favor.").waitFor();
  expect(await there.words()).toEqual(hers);
  const answers = graph.sent.filter(({ person }) => person === first.waId);
  expect(answers.map(({ body }) => textOf(body))).toEqual(after.slice(before.length - 1));
  expect(troubles).toEqual([]);
}, 60_000);

/** Posts a webhook as Meta; gives how long after its answer the screen showed it, in milliseconds. */
async function msUntilSeen(what: { waitFor(): Promise<void> }, body: object): Promise<number> {
  const answer = await shop.graph.sendRaw(body);
  const answered = performance.now();
  expect(answer.status).toBe(200);
  await what.waitFor();
  return performance.now() - answered;
}

/** The words of a text message; undefined of any other. */
function textOf(body: SendBody): string | undefined {
  return body.type === "text" ? body.text.body : undefined;
}
