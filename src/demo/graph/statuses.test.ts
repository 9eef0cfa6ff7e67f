import { expect, test } from "bun:test";

import { failureOf, Receiver, until, wamidOf } from "./test-receiver.ts";

const hello = { text: { body: "Olá" }, biz_opaque_callback_data: "m1" };

test("an accepted message is reported as sent and then delivered, with its callback data and price", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const id = await wamidOf(await product.send(hello));
  await until(() => product.statuses.length === 2);
  const common = { id, recipient_id: "5511987654321", biz_opaque_callback_data: "m1" };
  const pricing = { billable: false, pricing_model: "PMP", category: "service" };
  expect(product.statuses).toMatchObject([
    { ...common, status: "sent", pricing, conversation: { expiration_timestamp: expect.any(String) } },
    { ...common, status: "delivered", pricing, conversation: { origin: { type: "service" } } },
  ]);
});

test("a template is billed in its category", async () => {
  await using product = await Receiver.start();
  await product.send({ type: "template", template: { name: "hello_world", language: { code: "en_US" } } });
  await until(() => product.statuses.length > 0);
  expect(product.statuses[0]).toMatchObject({
    pricing: { billable: true, type: "regular", category: "utility" },
  });
});

test("a reaction is reported as sent and no more", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow", statuses: { read: 0 } });
  const reaction = await wamidOf(
    await product.send({ type: "reaction", reaction: { message_id: "wamid.A", emoji: "👍" } }),
  );
  const text = await wamidOf(await product.send(hello));
  await until(() => product.statuses.some(({ id, status }) => id === text && status === "read"));
  expect(product.statuses.filter(({ id }) => id === reaction)).toMatchObject([{ status: "sent" }]);
});

test("statuses that are off come when asked for, in any order", async () => {
  await using product = await Receiver.start({
    outsideWindow: "allow",
    statuses: { sent: "off", delivered: "off" },
  });
  const id = await wamidOf(await product.send(hello));
  await product.emulator.status(id, "read");
  await product.emulator.status(id, "sent");
  await product.emulator.status(id, "failed", 131026);
  expect(product.statuses.map(({ status }) => status)).toEqual(["read", "sent", "failed"]);
  expect(product.statuses[2]).toMatchObject({ errors: [{ code: 131026, title: "Message undeliverable" }] });
  expect(await failureOf(product.emulator.status("wamid.unknown", "sent"))).toContain("did not accept");
});

test("a changed policy holds for the messages after it", async () => {
  await using product = await Receiver.start({
    outsideWindow: "allow",
    statuses: { sent: "off", delivered: "off" },
  });
  await product.send(hello);
  product.emulator.setStatuses({ sent: 1, delivered: 1, read: 1 });
  const id = await wamidOf(await product.send(hello));
  await until(() => product.statuses.length === 3);
  expect(product.statuses.map((status) => [status["id"], status["status"]])).toEqual([
    [id, "sent"],
    [id, "delivered"],
    [id, "read"],
  ]);
});

test("a status webhook that gets lost is told to the watcher and stops nothing", async () => {
  await using product = await Receiver.start({
    outsideWindow: "allow",
    redelivery: { firstWaitMs: 1, deadlineMs: 5 },
  });
  const lost: string[] = [];
  product.emulator.subscribe((event) => {
    if (event.type === "webhook_lost") lost.push(event.reason);
  });
  product.answers.push(...Array.from({ length: 20 }, () => 500));
  await product.send(hello);
  await until(() => lost.length === 1);
  expect(lost[0]).toContain("last answer 500");
  product.answers.length = 0;
  expect((await product.send(hello)).status).toBe(200);
});

test("statuses can be put into a batch with others", async () => {
  await using product = await Receiver.start({
    outsideWindow: "allow",
    statuses: { sent: "off", delivered: "off" },
  });
  const id = await wamidOf(await product.send(hello));
  const updates = [product.emulator.draftStatus(id, "sent"), product.emulator.draftStatus(id, "delivered")];
  await product.emulator.deliver(updates);
  expect(product.webhooks).toHaveLength(1);
  expect(product.statuses.map(({ status }) => status)).toEqual(["sent", "delivered"]);
});

test("events can be followed in a loop that ends with its signal", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const stop = new AbortController();
  const events = product.emulator.events(stop.signal);
  await product.send(hello);
  const types: string[] = [];
  for await (const event of events) {
    types.push(event.type === "status" ? event.status : event.type);
    if (types.length === 3) stop.abort();
  }
  expect(types).toEqual(["sent", "sent", "delivered"]);
});
