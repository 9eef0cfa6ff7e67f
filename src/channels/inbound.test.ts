import { describe, expect, test } from "bun:test";

import { envelope, profile, Receiver, sign, text } from "./testing/webhooks.ts";

const minute = 60_000;
const hour = 60 * minute;

describe("a customer's message", () => {
  test("is in the inbox when WhatsApp is answered, with its contact and conversation", async () => {
    await using desk = await Receiver.open();
    const at = desk.context.clock.now() - minute;
    const status = await desk.send({
      contacts: [profile("5511987654321", "Ana")],
      messages: [text("wamid.1", "Bom dia!", { at })],
    });
    expect(status).toBe(200);
    const { contacts, conversations, messages } = await desk.seen();
    expect(contacts).toMatchObject([
      { name: "Ana", phone: "+5511987654321", last_contact_at: new Date(at).toISOString() },
    ]);
    expect(conversations).toMatchObject([
      {
        number: 1,
        status: "active",
        unread_count: 1,
        last_message: "Bom dia!",
        last_message_time: new Date(at).toISOString(),
        window_expires_at: new Date(at + 24 * hour).toISOString(),
      },
    ]);
    expect(messages).toMatchObject([
      {
        content: "Bom dia!",
        direction: "in",
        sender_type: "contact",
        sender_name: "Ana",
        status: "delivered",
        external_id: "wamid.1",
        created_at: new Date(at).toISOString(),
      },
    ]);
  });

  test("is told in the order of the contract", async () => {
    await using desk = await Receiver.open();
    await desk.send({ messages: [text("wamid.1", "Oi")] });
    expect((await desk.events()).filter((type) => !type.startsWith("channel."))).toEqual([
      "contact.created",
      "conversation.created",
      "message.created",
      "conversation.updated",
      "contact.updated",
    ]);
  });

  test("that comes five times is there once, and the repetitions change nothing", async () => {
    await using desk = await Receiver.open();
    const value = { messages: [text("wamid.1", "Oi")] };
    await desk.send(value);
    const events = await desk.events();
    const again = await Promise.all([1, 2, 3, 4].map(() => desk.send(value)));
    expect(again).toEqual([200, 200, 200, 200]);
    expect((await desk.seen()).messages).toHaveLength(1);
    expect(await desk.events()).toEqual(events);
  });

  test("is refused and leaves nothing when the signature is not that of its bytes", async () => {
    await using desk = await Receiver.open();
    const raw = JSON.stringify(envelope({ messages: [text("wamid.1", "Oi")] }));
    const flipped = raw.replace("Oi", "Oj");
    const attempts = [
      desk.post(flipped, { signature: sign(raw) }),
      desk.post(raw, { signature: null }),
      desk.post(raw, { signature: sign(raw, "another channel's secret") }),
      desk.post(JSON.stringify(JSON.parse(raw), null, 1), { signature: sign(raw) }),
      desk.post(raw, { signature: "sha256=" }),
      desk.post(raw, { signature: sign(raw, "") }),
    ];
    expect(await Promise.all(attempts)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(await desk.rows("SELECT id FROM inbound_log")).toEqual([]);
    expect(await desk.rows("SELECT id FROM messages")).toEqual([]);
  });

  test("costs at most fifteen statements once the customer is known", async () => {
    await using desk = await Receiver.open();
    await desk.send({ messages: [text("wamid.1", "Oi")] });
    const { sql } = desk.context;
    const transaction = sql.transaction.bind(sql);
    let statements = 0;
    sql.transaction = (fn) =>
      transaction((tx) =>
        fn({
          all: (statement, params) => (statements++, tx.all(statement, params)),
          get: (statement, params) => (statements++, tx.get(statement, params)),
          run: (statement, params) => (statements++, tx.run(statement, params)),
        }),
      );
    await desk.send({ messages: [text("wamid.2", "Tudo bem?")] });
    expect((await desk.seen()).messages).toHaveLength(2);
    expect(statements).toBeLessThanOrEqual(15);
  });
});
