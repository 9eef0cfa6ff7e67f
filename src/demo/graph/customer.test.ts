import { expect, test } from "bun:test";

import { textContent } from "./inbound.ts";
import { failureOf, numberId, Receiver, until, wabaId, wamidOf } from "./test-receiver.ts";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

test("a customer's text comes as a signed webhook in Meta's shape", async () => {
  await using product = await Receiver.start();
  const wamid = await product.emulator.customer("+55 11 98765-4321", "Maria Silva").sendText("Olá!");
  const [webhook] = product.webhooks;
  expect(webhook?.signed).toBe(true);
  expect<unknown>(webhook?.body).toEqual({
    object: "whatsapp_business_account",
    entry: [
      {
        id: wabaId,
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "551140001234", phone_number_id: numberId },
              contacts: [{ profile: { name: "Maria Silva" }, wa_id: "5511987654321" }],
              messages: [
                {
                  from: "5511987654321",
                  id: wamid,
                  timestamp: expect.stringMatching(/^\d{10}$/),
                  type: "text",
                  text: { body: "Olá!" },
                },
              ],
            },
          },
        ],
      },
    ],
  });
});

test("each kind of message has the shape that Meta documents", async () => {
  await using product = await Receiver.start();
  const customer = product.emulator.customer("16505551234", "Sheena Nelson");
  const first = await customer.sendText("one");
  await customer.sendReply(first, "two");
  await customer.sendReaction(first, "👍");
  await customer.sendReaction(first, null);
  await customer.sendLocation({ latitude: 40.78, longitude: -73.95, name: "Guggenheim" });
  await customer.sendContact("Barbara Johnson", "+1 415 555 0829");
  await customer.pressButton(first, { id: "cancel", title: "Cancel" });
  await customer.chooseRow(first, { id: "express", title: "Express", description: "Next day" });
  await customer.pressTemplateButton(first, "Unsubscribe");
  await customer.edit(first, "uno");
  await customer.revoke(first);
  await customer.changeNumber("12195555358");
  const shapes = product.messages.map(({ id: _id, timestamp: _time, from: _from, ...content }) => content);
  const context = { from: "551140001234", id: first };
  expect(shapes).toEqual([
    { type: "text", text: { body: "one" } },
    { type: "text", text: { body: "two" }, context },
    { type: "reaction", reaction: { message_id: first, emoji: "👍" } },
    { type: "reaction", reaction: { message_id: first } },
    { type: "location", location: { latitude: 40.78, longitude: -73.95, name: "Guggenheim" } },
    {
      type: "contacts",
      contacts: [
        {
          name: { first_name: "Barbara", last_name: "Johnson", formatted_name: "Barbara Johnson" },
          phones: [{ phone: "+1 415 555 0829", wa_id: "14155550829", type: "MOBILE" }],
        },
      ],
    },
    {
      type: "interactive",
      interactive: { type: "button_reply", button_reply: { id: "cancel", title: "Cancel" } },
      context,
    },
    {
      type: "interactive",
      interactive: {
        type: "list_reply",
        list_reply: { id: "express", title: "Express", description: "Next day" },
      },
      context,
    },
    { type: "button", button: { payload: "Unsubscribe", text: "Unsubscribe" }, context },
    {
      type: "edit",
      edit: {
        original_message_id: first,
        message: { context: { id: "M0" }, type: "text", text: { body: "uno" } },
      },
    },
    { type: "revoke", revoke: { original_message_id: first } },
    {
      type: "system",
      system: {
        body: "User Sheena Nelson changed from 16505551234 to 12195555358",
        wa_id: "12195555358",
        type: "user_changed_number",
      },
    },
  ]);
});

test("a customer's picture can be fetched in two steps, and its hash is right", async () => {
  await using product = await Receiver.start();
  const customer = product.emulator.customer("16505551234", "Sheena");
  await customer.sendImage({ bytes: png, mimeType: "image/png", caption: "Taj Mahal" });
  const image = product.messages[0]?.["image"] as Record<string, string>;
  const hash = new Bun.CryptoHasher("sha256").update(png);
  expect(image).toMatchObject({
    caption: "Taj Mahal",
    mime_type: "image/png",
    sha256: hash.copy().digest("base64"),
  });
  const info = (await (await product.call(image["id"] ?? "")).json()) as Record<string, string>;
  expect(info).toMatchObject({ sha256: hash.digest("hex"), file_size: 4, messaging_product: "whatsapp" });
  const bytes = await (
    await fetch(info["url"] ?? "", { headers: { authorization: "Bearer EAAtest-token" } })
  ).bytes();
  expect(bytes).toEqual(png);
});

test("a recorded audio says that it is a voice message", async () => {
  await using product = await Receiver.start();
  const file = { bytes: png, mimeType: "audio/ogg; codecs=opus" };
  await product.emulator.customer("16505551234", "Sheena").sendAudio(file);
  expect(product.messages[0]).toMatchObject({
    type: "audio",
    audio: { voice: true, mime_type: file.mimeType },
  });
});

test("a customer who hides their phone is known by their business-scoped id alone", async () => {
  await using product = await Receiver.start();
  const hidden = { userId: "BR.1349", hidePhone: true, username: "@sheena" };
  const customer = product.emulator.customer("16505551234", "Sheena", hidden);
  const wamid = await customer.sendText("oi");
  const value = product.webhooks[0]?.body.entry[0]?.changes[0]?.value;
  expect(value?.contacts).toEqual([{ profile: { name: "Sheena", username: "@sheena" }, user_id: "BR.1349" }]);
  expect(value?.messages?.[0]).toMatchObject({ from_user_id: "BR.1349", id: wamid });
  expect(JSON.stringify(value)).not.toContain("16505551234");
  await product.post({ messaging_product: "whatsapp", recipient: "BR.1349", text: { body: "olá" } });
  expect(customer.received()).toHaveLength(1);
});

test("a webhook is repeated until it is answered 200", async () => {
  await using product = await Receiver.start({ redelivery: { firstWaitMs: 1 } });
  product.answers.push(503, 500, 201);
  const wamid = await product.emulator.customer("16505551234", "Sheena").sendText("oi");
  expect(product.messages.map(({ id }) => id)).toEqual([wamid, wamid, wamid, wamid]);
});

test("a webhook that is never acknowledged is given up at the deadline", async () => {
  await using product = await Receiver.start({ redelivery: { firstWaitMs: 5, deadlineMs: 40 } });
  product.emulator.changeNumber(numberId, { webhookUrl: "http://127.0.0.1:1/nobody" });
  const lost = product.emulator.customer("16505551234", "Sheena").sendText("oi");
  expect(await failureOf(lost)).toMatch(/not acknowledged after \d attempts/);
});

test("stopping the emulator gives up what waits to be repeated", async () => {
  await using product = await Receiver.start({ redelivery: { firstWaitMs: 60_000, deadlineMs: 120_000 } });
  product.answers.push(500);
  const lost = failureOf(product.emulator.customer("16505551234", "Sheena").sendText("oi"));
  await until(() => product.webhooks.length === 1);
  await product.emulator.stop();
  expect(await lost).toContain("not acknowledged");
});

test("a webhook address that is set later gets what was waiting", async () => {
  await using product = await Receiver.start({ redelivery: { firstWaitMs: 5 } });
  product.emulator.changeNumber(numberId, { webhookUrl: "http://127.0.0.1:1/nobody" });
  const sending = product.emulator.customer("16505551234", "Sheena").sendText("oi");
  product.emulator.changeNumber(numberId, { webhookUrl: product.webhookUrl });
  expect(product.messages.length).toBe(0);
  const wamid = await sending;
  expect(product.messages.map(({ id }) => id)).toEqual([wamid]);
});

test("a thousand updates fit into one webhook", async () => {
  await using product = await Receiver.start();
  const updates = Array.from({ length: 1_000 }, (_, index) => {
    const customer = product.emulator.customer(`1650555${1000 + (index % 7)}`, `Customer ${index % 7}`);
    return customer.draft(textContent(`message ${index}`)).update;
  });
  const result = await product.emulator.deliver(updates);
  expect(result).toEqual({ webhooks: 1, attempts: 1 });
  expect(product.messages).toHaveLength(1_000);
  expect(product.webhooks[0]?.raw.length).toBeLessThan(3 * 1024 * 1024);
});

test("neighbouring messages of one customer share a change, in order", async () => {
  await using product = await Receiver.start();
  const customer = product.emulator.customer("16505551234", "Sheena");
  const drafts = ["a", "b", "c"].map((body) => customer.draft(textContent(body)));
  await product.emulator.deliver(drafts.map(({ update }) => update));
  expect(product.webhooks[0]?.body.entry[0]?.changes).toHaveLength(1);
  expect(product.messages.map(({ id }) => id)).toEqual(drafts.map(({ wamid }) => wamid));
});

test("with copies, shuffling and concurrency every update still arrives, as often as asked", async () => {
  await using product = await Receiver.start();
  const customer = product.emulator.customer("16505551234", "Sheena");
  const drafts = Array.from({ length: 40 }, (_, index) => customer.draft(textContent(String(index))));
  const updates = drafts.map(({ update }) => update);
  const options = { batchSize: 4, copies: 3, shuffle: true, concurrency: 5 };
  expect(await product.emulator.deliver(updates, options)).toEqual({ webhooks: 30, attempts: 30 });
  const counts = Map.groupBy(product.messages, ({ id }) => id);
  expect(drafts.map(({ wamid }) => counts.get(wamid)?.length)).toEqual(drafts.map(() => 3));
  expect(product.messages.slice(0, 40).map(({ id }) => id)).not.toEqual(drafts.map(({ wamid }) => wamid));
});

test("the same seed gives the same ids", async () => {
  await using one = await Receiver.start({ seed: 1 });
  await using same = await Receiver.start({ seed: 1 });
  await using other = await Receiver.start({ seed: 2 });
  const ids = [one, same, other].map(
    ({ emulator }) => emulator.customer("1650", "S").draft(textContent("oi")).wamid,
  );
  expect(ids[0]).toBe(ids[1] ?? "");
  expect(ids[0]).not.toBe(ids[2] ?? "");
});

test("any body can be posted, with a signature that is right, wrong or missing", async () => {
  await using product = await Receiver.start();
  product.answers.push(200, 401, 401);
  const body = { object: "whatsapp_business_account", entry: [] };
  expect((await product.emulator.sendRaw(body)).status).toBe(200);
  const wrong = { "x-hub-signature-256": "sha256=00" };
  expect((await product.emulator.sendRaw(body, { headers: wrong })).status).toBe(401);
  const missing = { "x-hub-signature-256": null };
  expect((await product.emulator.sendRaw(JSON.stringify(body), { headers: missing })).status).toBe(401);
  expect(product.webhooks.map(({ signed }) => signed)).toEqual([true, false, false]);
});

test("what the business sends from its own phone comes as an echo", async () => {
  await using product = await Receiver.start();
  const id = await product.emulator.echo("16505551234", "Here you are");
  const [change] = product.webhooks[0]?.body.entry[0]?.changes ?? [];
  expect(change?.field).toBe("smb_message_echoes");
  expect(change?.value.message_echoes).toMatchObject([
    { from: "551140001234", to: "16505551234", id, type: "text" },
  ]);
});

test("the customer's phone shows what arrived, and opening the chat reports it as read once", async () => {
  await using product = await Receiver.start({ statuses: { sent: "off", delivered: "off" } });
  const customer = product.emulator.customer("16505551234", "Sheena");
  await customer.sendText("oi");
  const arriving = customer.waitForMessage();
  const wamid = await wamidOf(await product.send({ to: customer.waId, text: { body: "Olá" } }));
  expect((await arriving).body).toMatchObject({ type: "text", text: { body: "Olá" } });
  await customer.readAll();
  await customer.readAll();
  await until(() => product.statuses.length > 0);
  expect(product.statuses).toMatchObject([{ id: wamid, status: "read", recipient_id: "16505551234" }]);
});
