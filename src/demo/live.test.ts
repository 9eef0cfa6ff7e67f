import { afterEach, beforeEach, expect, test } from "bun:test";

import { silentLogger } from "../lib/logger.ts";
import { customers } from "./company/customers.ts";
import { answerOf, openers } from "./company/live-lines.ts";
import { Receiver } from "./graph/test-receiver.ts";
import { startLife } from "./live.ts";

const quick = { idle: 30, look: 5, read: 1, answer: 2 };
/** Somebody who has nothing to say by themselves here: an hour of silence would be needed. */
const patient = { ...quick, idle: 3_600_000 };

let product: Receiver;
let end: () => void = () => undefined;

beforeEach(async () => {
  product = await Receiver.start({ outsideWindow: "allow" });
});

afterEach(async () => {
  end();
  await product[Symbol.asyncDispose]();
});

function live(options: { readonly open?: string; readonly pace: typeof quick }): void {
  const { open, pace } = options;
  const phone = { isOpen: (persona: string) => persona === open, lastUsed: 0 };
  end = startLife({ graph: product.emulator, phone, log: silentLogger, pace });
}

function answerTo(phone: string): Promise<unknown> {
  return product.send({
    messaging_product: "whatsapp",
    to: phone,
    type: "text",
    text: { body: "Temos sim!" },
  });
}

function written(from: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  product.emulator.subscribe((event) => {
    if (event.type === "inbound" && event.message["from"] === from) resolve();
  });
  return promise;
}

test("a customer who gets an answer reads it and writes back", async () => {
  live({ pace: patient });
  const { phone } = customers.vitor;
  const back = written(phone);
  await answerTo(phone);
  await back;
  const [sent] = product.emulator.sent;
  await product.emulator.waitForStatus(sent?.wamid ?? "", ["read"]);
});

test("after a while of silence a customer writes by themselves", async () => {
  const [[first]] = [openers[0] ?? (["vitor", ""] as const)];
  const opened = written(customers[first].phone);
  live({ pace: quick });
  await opened;
});

test("who is played on a phone is left to the person who plays", async () => {
  const { phone } = customers.vitor;
  live({ open: phone, pace: patient });
  const others = written(customers.clara.phone);
  let spoke = false;
  void written(phone).then(() => (spoke = true));
  await answerTo(phone);
  await answerTo(customers.clara.phone);
  // Clara's answer comes later than Vitor's would have.
  await others;
  expect(spoke).toBe(false);
});

test("no conversation goes on for ever: after their own answers a customer thanks, and then is silent", () => {
  const lines = Array.from({ length: 5 }, (_, n) => answerOf("diego", n));
  expect(lines).toEqual([expect.any(String), "Combinado, obrigado! 😊", undefined, undefined, undefined]);
});
