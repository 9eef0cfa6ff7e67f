import { describe, expect, test } from "bun:test";

import type { ConversationStatus } from "../contract/entities.ts";
import type { MessageId } from "../contract/ids.ts";
import { appSecret, envelope, profile, Receiver, sign, text } from "./testing/webhooks.ts";

const hour = 60 * 60 * 1000;
const ana = "5511987654321";

/** Puts the only conversation into a state, as agents would. */
function put(desk: Receiver, status: ConversationStatus, assigneeId: string | null = null) {
  return desk.context.sql.transaction((tx) =>
    tx.run(
      "UPDATE conversations SET status = $1, assignee_id = $2, snoozed_until = 1 WHERE company_id = $3",
      [status, assigneeId, desk.company.id],
    ),
  );
}

/** A message that we sent and WhatsApp has not named yet. */
async function sent(desk: Receiver, options: { externalId?: string; status?: string } = {}) {
  const id = crypto.randomUUID() as MessageId;
  await desk.send({ messages: [text(`before.${id}`, "Oi")] });
  await desk.context.sql.transaction((tx) =>
    tx.run(
      `INSERT INTO messages (id, company_id, conversation_id, channel_id, sender_type, sender_name, direction,
         message_type, content, status, position, created_at, external_id)
       SELECT $1, company_id, id, channel_id, 'agent', '', 'out', 'text', 'Olá', $2, last_position + 1, 0, $3
       FROM conversations ORDER BY id LIMIT 1`,
      [id, options.status ?? "pending", options.externalId ?? null],
    ),
  );
  return {
    id,
    read: async () => {
      const { messages } = await desk.seen();
      return messages.find((message) => message.id === id);
    },
  };
}

function status(id: string, word: string, more: Readonly<Record<string, unknown>> = {}) {
  return { statuses: [{ id, status: word, timestamp: "1700000000", recipient_id: ana, ...more }] };
}

function reaction(target: string, emoji: string, at: number) {
  const message = { from: ana, id: `reaction.${at}`, timestamp: String(at), type: "reaction" };
  return { messages: [{ ...message, reaction: { message_id: target, emoji } }] };
}

function edit(target: string, body: string, at: number) {
  const message = { type: "text", text: { body } };
  const change = { original_message_id: target, message };
  return { messages: [{ from: ana, id: `edit.${at}`, timestamp: String(at), type: "edit", edit: change }] };
}

function revoke(target: string) {
  const message = { from: ana, id: "revoke.1", timestamp: "1700000900", type: "revoke" };
  return { messages: [{ ...message, revoke: { original_message_id: target } }] };
}

describe("a customer who writes again", () => {
  async function again(was: ConversationStatus, wait: number, assigned = false) {
    const desk = await Receiver.open();
    const now = () => desk.context.clock.now();
    await desk.send({ messages: [text("wamid.1", "Oi", { at: now() })] });
    await put(desk, was, assigned ? desk.company.agent.userId : null);
    desk.context.clock.advance(wait);
    await desk.send({ messages: [text("wamid.2", "Alô?", { at: now() })] });
    const { conversations } = await desk.seen();
    const events = await desk.events();
    await desk[Symbol.asyncDispose]();
    return { conversations, events };
  }

  test("within a day reopens the same conversation, and says so", async () => {
    const { conversations, events } = await again("resolved", 23 * hour, true);
    expect(conversations).toMatchObject([{ status: "assigned", unread_count: 2, last_message: "Alô?" }]);
    expect(events.slice(-4)).toEqual([
      "message.created",
      "conversation.status",
      "conversation.updated",
      "contact.updated",
    ]);
  });

  test("after more than a day opens a new one with the next number", async () => {
    const { conversations } = await again("resolved", 25 * hour);
    expect(conversations).toMatchObject([
      { number: 1, status: "resolved" },
      { number: 2, status: "active", unread_count: 1 },
    ]);
  });

  test("never reopens what was closed", async () => {
    const { conversations } = await again("closed", hour);
    expect(conversations).toMatchObject([{ status: "closed" }, { status: "active" }]);
  });

  test("gives a waiting conversation back to whoever has it, and wakes it", async () => {
    const assigned = await again("waiting", hour, true);
    expect(assigned.conversations).toMatchObject([{ status: "assigned", snoozed_until: null }]);
    expect((await again("waiting", hour)).conversations).toMatchObject([{ status: "active" }]);
    expect((await again("active", hour)).events).not.toContain("conversation.status");
  });
});

describe("what is said on the business's own phone", () => {
  const echo = { from: "15550783881", to: ana, id: "echo.1", timestamp: "1700000000", type: "text" };

  test("is an answer: the conversation waits for the customer", async () => {
    await using desk = await Receiver.open();
    await desk.send({ messages: [text("wamid.1", "Oi")] });
    const value = { message_echoes: [{ ...echo, text: { body: "Já vai" } }] };
    const body = envelope(value);
    const [change] = body.entry[0]?.changes ?? [];
    if (change) change.field = "smb_message_echoes";
    expect(await desk.post(JSON.stringify(body))).toBe(200);
    const { conversations, messages } = await desk.seen();
    expect(conversations).toMatchObject([{ status: "waiting", unread_count: 1, last_message: "Já vai" }]);
    expect(messages.at(-1)).toMatchObject({ direction: "out", sender_type: "agent", sender_id: null });
  });
});

describe("an import of what was said before", () => {
  const entry = (id: string, at: number, from = ana) => ({
    ...text(id, id, { at: at * 1000, from }),
    history_context: { status: "READ" },
  });

  async function importInto(desk: Receiver, messages: readonly unknown[]) {
    const body = envelope({ history: [{ threads: [{ id: ana, messages }] }] });
    const [change] = body.entry[0]?.changes ?? [];
    if (change) change.field = "history";
    return desk.post(JSON.stringify(body));
  }

  test("stands in the thread by its own time and changes nothing of today", async () => {
    await using desk = await Receiver.open();
    await desk.send({ messages: [text("hoje", "hoje", { at: desk.context.clock.now() })] });
    await put(desk, "resolved");
    const [before] = (await desk.seen()).conversations;
    expect(await importInto(desk, [entry("b", 1_700_000_000), entry("a", 1_600_000_000)])).toBe(200);
    const { conversations, messages } = await desk.seen();
    expect(messages.map(({ content }) => content)).toEqual(["a", "b", "hoje"]);
    expect(conversations).toEqual(before ? [before] : []);
  });

  test("finds a place for every message, though WhatsApp counts in seconds", async () => {
    await using desk = await Receiver.open();
    const many = Array.from({ length: 120 }, (_, n) => entry(`m${n}`, 1_700_000_000));
    expect(await importInto(desk, many)).toBe(200);
    expect(await importInto(desk, many)).toBe(200);
    const { conversations, messages } = await desk.seen();
    expect(messages.map(({ content }) => content)).toEqual(many.map((_, n) => `m${n}`));
    expect(conversations).toMatchObject([{ status: "resolved", unread_count: 0, last_message: "m119" }]);
  });
});

describe("the state of what we sent", () => {
  test("climbs with the provider's news, whatever their order", async () => {
    await using desk = await Receiver.open();
    const message = await sent(desk, { externalId: "wamid.out", status: "sent" });
    await desk.send(status("wamid.out", "read"));
    await desk.send(status("wamid.out", "delivered"));
    expect(await message.read()).toMatchObject({ status: "read" });
    expect((await desk.events()).filter((type) => type === "message.status")).toHaveLength(1);
  });

  test("that failed says why, in the provider's words", async () => {
    await using desk = await Receiver.open();
    const message = await sent(desk, { externalId: "wamid.out", status: "sent" });
    const errors = [{ code: 131047, title: "Re-engagement message", error_data: { details: "24 hours" } }];
    await desk.send(status("wamid.out", "failed", { errors }));
    expect(await message.read()).toMatchObject({
      status: "failed",
      error: { code: "131047", message: "24 hours" },
    });
    expect((await desk.events()).slice(-2)).toEqual(["message.status", "message.updated"]);
  });

  test("that nobody knew is settled by our own id, which also tells the provider's", async () => {
    await using desk = await Receiver.open();
    const message = await sent(desk, { status: "unknown" });
    await desk.send(reaction("wamid.late", "👍", 1_700_000_100));
    await desk.send(status("wamid.late", "delivered", { biz_opaque_callback_data: message.id }));
    expect(await message.read()).toMatchObject({
      status: "delivered",
      external_id: "wamid.late",
      reactions: [{ emoji: "👍", sender_type: "contact" }],
    });
  });

  test("is not changed by another number that names our message", async () => {
    await using desk = await Receiver.open();
    const message = await sent(desk, { status: "unknown" });
    await desk.addNumber("other_number");
    const news = status("wamid.x", "delivered", { biz_opaque_callback_data: message.id });
    expect(await desk.send(news, "other_number")).toBe(200);
    expect(await message.read()).toMatchObject({ status: "unknown", external_id: null });
  });
});

describe("a message that changes later", () => {
  test("is edited in the thread and in the list, and the newest edit wins", async () => {
    await using desk = await Receiver.open();
    await desk.send({ messages: [text("wamid.1", "às 9h")] });
    await desk.send(edit("wamid.1", "às 11h", 1_700_000_200));
    await desk.send(edit("wamid.1", "às 10h", 1_700_000_100));
    const { conversations, messages } = await desk.seen();
    expect(messages).toMatchObject([
      { content: "às 11h", edited_at: new Date(1_700_000_200_000).toISOString() },
    ]);
    expect(conversations).toMatchObject([{ last_message: "às 11h", unread_count: 1 }]);
  });

  test("is gone when the customer takes it back: text, files and reactions", async () => {
    await using desk = await Receiver.open();
    const image = { id: "media.1", mime_type: "image/jpeg", caption: "olha" };
    await desk.send({
      messages: [{ from: ana, id: "wamid.1", timestamp: "1700000000", type: "image", image }],
    });
    await desk.send(reaction("wamid.1", "🙏", 1_700_000_100));
    await desk.send(revoke("wamid.1"));
    await desk.send(edit("wamid.1", "de volta", 1_800_000_000));
    const { conversations, messages } = await desk.seen();
    expect(messages).toMatchObject([{ content: "", attachments: [], reactions: [] }]);
    expect(messages[0]?.deleted_at).not.toBeNull();
    expect(conversations).toMatchObject([{ last_message: "" }]);
    expect(await desk.rows("SELECT id FROM attachments")).toEqual([]);
    expect(JSON.stringify(await desk.rows("SELECT content, metadata FROM messages"))).not.toContain("olha");
  });

  test("wears one reaction of the customer, and an older one does not come back", async () => {
    await using desk = await Receiver.open();
    await desk.send({ messages: [text("wamid.1", "Oi")] });
    const worn = async () => (await desk.seen()).messages[0]?.reactions.map(({ emoji }) => emoji);
    await desk.send(reaction("wamid.1", "👍", 1_700_000_100));
    await desk.send(reaction("wamid.1", "❤️", 1_700_000_200));
    expect(await worn()).toEqual(["❤️"]);
    await desk.send(reaction("wamid.1", "", 1_700_000_300));
    expect(await worn()).toEqual([]);
    await desk.send(reaction("wamid.1", "❤️", 1_700_000_200));
    expect(await worn()).toEqual([]);
  });

  test("may be edited, revoked, reacted to and quoted before it arrives", async () => {
    await using desk = await Receiver.open();
    await desk.send(edit("wamid.1", "corrigido", 1_700_000_200));
    await desk.send(reaction("wamid.1", "👍", 1_700_000_100));
    const quoting = { ...text("wamid.2", "sobre isto"), context: { id: "wamid.1" } };
    await desk.send({ messages: [quoting] });
    await desk.send({ messages: [text("wamid.1", "coregido")] });
    const { messages } = await desk.seen();
    const [second, first] = messages;
    expect(first).toMatchObject({ content: "corrigido", reactions: [{ emoji: "👍" }] });
    expect(second?.reply_to).toBe(first?.id ?? null);
    expect(await desk.rows("SELECT item FROM early_items")).toEqual([]);
  });
});

describe("a customer with a new number", () => {
  const moved = {
    messages: [
      {
        from: ana,
        id: "wamid.system",
        timestamp: "1700000500",
        type: "system",
        system: { body: "Ana mudou de número", wa_id: "5521912345678", type: "user_changed_number" },
      },
    ],
  };

  test("stays one person with one thread, which says so", async () => {
    await using desk = await Receiver.open();
    await desk.send({ contacts: [profile(ana, "Ana")], messages: [text("wamid.1", "Oi")] });
    await desk.send(moved);
    await desk.send(moved);
    await desk.send({ messages: [text("wamid.2", "Sou eu", { from: "5521912345678" })] });
    const { contacts, conversations, messages } = await desk.seen();
    expect(contacts).toMatchObject([{ name: "Ana", phone: "+5521912345678" }]);
    expect(conversations).toMatchObject([{ unread_count: 2, last_message: "Sou eu" }]);
    expect(messages.map(({ message_type }) => message_type)).toEqual(["text", "system", "text"]);
  });
});

describe("one address for several numbers", () => {
  test("hands each item to the channel of its number", async () => {
    await using desk = await Receiver.open();
    const second = await desk.addNumber("second");
    await desk.send({ messages: [text("wamid.1", "para o segundo")] }, "second");
    const rows = await desk.rows("SELECT channel_id FROM messages");
    expect(rows).toEqual([{ channel_id: second }]);
  });

  test("keeps what is for nobody, or for a number of another app, and never gives it to the address's channel", async () => {
    await using desk = await Receiver.open();
    await desk.addNumber("another_app", "another-secret");
    expect(await desk.send({ messages: [text("wamid.1", "?")] }, "nobody")).toBe(200);
    expect(await desk.send({ messages: [text("wamid.2", "?")] }, "another_app")).toBe(200);
    expect((await desk.seen()).messages).toEqual([]);
    const token = await desk.api.tokenOf(desk.company.admin);
    const letters = await desk.api.call("GET /api/v1/inbound/dead-letters", { token });
    expect(letters.body).toMatchObject([{ state: "unrouted" }, { state: "unrouted" }]);
    await desk.addNumber("nobody");
    const replay = `POST /api/v1/inbound/dead-letters/${letters.at("1.id")}/replay`;
    expect((await desk.api.call(replay, { token })).body).toEqual({ state: "done", error: null });
    expect((await desk.seen()).messages).toMatchObject([{ external_id: "wamid.1" }]);
  });
});

test("a signature is checked with the secret of the address's own channel", async () => {
  await using desk = await Receiver.open();
  const other = await desk.addNumber("another_app", "another-secret");
  const raw = JSON.stringify(envelope({ messages: [text("wamid.1", "Oi")] }));
  expect(await desk.post(raw, { channelId: other, signature: sign(raw, appSecret) })).toBe(401);
  expect(await desk.rows("SELECT id FROM inbound_log")).toEqual([]);
});
