import { describe, expect, test } from "bun:test";

import { eventually } from "../../tests/support/wait.ts";
import type { Message, MessageStatus } from "../contract/entities.ts";
import type { MessageId } from "../contract/ids.ts";
import { StorageError } from "../db/sql.ts";
import { connectChannel } from "../domain/channels/connect.ts";
import { loadChannels } from "../domain/channels/store.ts";
import { retryMessage } from "../domain/messages/retry.ts";
import { claim } from "../domain/outbox/claim.ts";
import { Desk } from "./testing/desk.ts";

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

function becomes(desk: Desk, id: MessageId, status: MessageStatus): Promise<Message> {
  return eventually(`${status} of a message`, async () => {
    const message = await desk.message(id);
    return message.status === status && message;
  });
}

/** The state of a message's outbox row once `check` holds. */
function row(desk: Desk, messageId: MessageId, check: (row: Row) => boolean): Promise<Row> {
  return eventually("the outbox row", async () => {
    const found = await desk.context.sql.read((tx) =>
      tx.get<Row>(
        "SELECT id, state, due_at, attempts, last_error FROM outbox WHERE message_id = $1 ORDER BY id DESC",
        [messageId],
      ),
    );
    return found && check(found) && found;
  });
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly due_at: number;
  readonly attempts: number;
  readonly last_error: string | null;
}

async function events(desk: Desk, type: string): Promise<readonly { data: string }[]> {
  return desk.context.sql.read((tx) =>
    tx.all<{ data: string }>("SELECT data FROM events WHERE type = $1 ORDER BY key", [type]),
  );
}

describe("a message", () => {
  test("leaves once, and gets the provider's id and the status sent", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id, waId } = await desk.addConversation(channel.id);
    const { id: messageId } = await desk.send(id, { content: "Bom dia!" });
    const message = await becomes(desk, messageId, "sent");
    expect(
      desk.graph.sent.map(({ wamid, person, callbackData }) => ({ wamid, person, callbackData })),
    ).toEqual([{ wamid: message.external_id ?? "", person: waId, callbackData: messageId }]);
    expect(message.error).toBeNull();
    expect((await row(desk, messageId, () => true)).state).toBe("done");
  });

  test("of one contact waits for the one before it, while another contact's goes ahead", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const [first, second] = [await desk.addConversation(channel.id), await desk.addConversation(channel.id)];
    desk.graph.fault({ kind: "error", code: 131000, status: 500 });
    const one = await desk.send(first.id, { content: "um" });
    await row(desk, one.id, ({ state, attempts }) => state === "due" && attempts === 1);
    const two = await desk.send(first.id, { content: "dois" });
    const other = await desk.send(second.id, { content: "outro" });
    await becomes(desk, other.id, "sent");
    expect((await desk.message(two.id)).status).toBe("pending");
    desk.advance(5 * SECOND);
    await becomes(desk, two.id, "sent");
    expect(desk.graph.sent.map(({ callbackData }) => callbackData)).toEqual([other.id, one.id, two.id]);
  });

  test("that was written in a rush arrives in the order of writing", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    const written: string[] = [];
    for (let index = 0; index < 12; index += 1)
      written.push((await desk.send(id, { content: `${index}` })).id);
    await eventually("all sent", () => desk.graph.sent.length === 12);
    expect(desk.graph.sent.map(({ callbackData }) => callbackData ?? "")).toEqual(written);
  });

  test("that is scheduled waits for its time, and holds up nothing that is written meanwhile", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    const at = desk.context.clock.now() + 60 * SECOND;
    const later = await desk.send(id, { content: "Lembrete", send_at: new Date(at).toISOString() });
    const now = await desk.send(id, { content: "agora" });
    await becomes(desk, now.id, "sent");
    expect((await desk.message(later.id)).status).toBe("scheduled");
    desk.advance(61 * SECOND);
    await becomes(desk, later.id, "sent");
    const statuses = (await events(desk, "message.status"))
      .map(({ data }): { message_id: string; status: string } => JSON.parse(data))
      .filter(({ message_id }) => message_id === later.id)
      .map(({ status }) => status);
    expect(statuses).toEqual(["pending", "sent"]);
  });

  test("teaches us how the provider writes the contact's number", async () => {
    await using desk = await Desk.open({ waIdOf: (digits) => digits.replace(/^(55119)(\d{8})$/, "5511$2") });
    const channel = await desk.addChannel();
    const { id, contactId, waId } = await desk.addConversation(channel.id);
    const { id: messageId } = await desk.send(id, { content: "Oi" });
    await becomes(desk, messageId, "sent");
    const known = await desk.context.sql.read((tx) =>
      tx.all<{ value: string }>(
        "SELECT value FROM contact_identifiers WHERE contact_id = $1 AND kind = 'wa_id' ORDER BY value",
        [contactId],
      ),
    );
    expect(known.map(({ value }) => value)).toEqual([waId.replace("55119", "5511"), waId].toSorted());
  });

  test("with a file is uploaded first and goes with its caption and name", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    const bytes = new TextEncoder().encode("%PDF-1.4 contrato");
    const attachment = await desk.upload({ name: "contrato.pdf", mimeType: "application/pdf", bytes });
    const { id: messageId } = await desk.send(id, { content: "Segue", attachment_ids: [attachment] });
    await becomes(desk, messageId, "sent");
    const body = desk.graph.sent[0]?.body;
    if (body?.type !== "document") throw new Error("not sent as a document");
    expect(body.document).toMatchObject({ caption: "Segue", filename: "contrato.pdf" });
    expect(desk.graph.media(body.document.id ?? "")?.bytes).toEqual(bytes);
  });
});

describe("a send that fails", () => {
  test("for good says so in the provider's words", async () => {
    await using desk = await Desk.open({ outsideWindow: "error" });
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    const { id: messageId } = await desk.send(id, { content: "tarde demais" });
    const message = await becomes(desk, messageId, "failed");
    expect(message.error).toMatchObject({ code: "131047", retryable: false });
    expect(message.error?.message).not.toBe("");
  });

  test("for a moment is tried again, later each time, and arrives once", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    desk.graph.fault({ kind: "error", code: 131016, status: 503 }, { times: 3 });
    const { id: messageId } = await desk.send(id, { content: "insiste" });
    for (const attempt of [1, 2, 3]) {
      const tried = await row(
        desk,
        messageId,
        ({ state, attempts }) => state === "due" && attempts === attempt,
      );
      const wait = tried.due_at - desk.context.clock.now();
      expect(wait).toBeGreaterThanOrEqual(SECOND * 2 ** (attempt - 1));
      expect(wait).toBeLessThanOrEqual(2 * SECOND * 2 ** (attempt - 1));
      desk.advance(wait);
    }
    await becomes(desk, messageId, "sent");
    expect(desk.graph.countOf(messageId)).toBe(1);
  });

  test("waits as long as Retry-After says, and so does the rest of the number", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const [first, second] = [await desk.addConversation(channel.id), await desk.addConversation(channel.id)];
    desk.graph.fault({ kind: "error", code: 130429, status: 429, retryAfterSeconds: 30 });
    const one = await desk.send(first.id, { content: "um" });
    const held = await row(desk, one.id, ({ state, attempts }) => state === "due" && attempts === 1);
    expect(held.due_at - desk.context.clock.now()).toBeGreaterThanOrEqual(30 * SECOND);
    const two = await desk.send(second.id, { content: "dois" });
    desk.advance(29 * SECOND);
    expect(desk.graph.sent).toEqual([]);
    desk.advance(5 * SECOND);
    await becomes(desk, one.id, "sent");
    await becomes(desk, two.id, "sent");
  });

  test("waits 4^n seconds when the pair of numbers is too busy", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    desk.graph.fault({ kind: "error", code: 131056 }, { times: 2 });
    const { id: messageId } = await desk.send(id, { content: "devagar" });
    for (const attempt of [1, 2]) {
      const tried = await row(
        desk,
        messageId,
        ({ state, attempts }) => state === "due" && attempts === attempt,
      );
      const wait = tried.due_at - desk.context.clock.now();
      expect(wait).toBeGreaterThanOrEqual(4 ** attempt * SECOND);
      expect(wait).toBeLessThanOrEqual(4 ** attempt * SECOND * 1.1);
      desk.advance(wait);
    }
    await becomes(desk, messageId, "sent");
  });

  test("is given up a day after the first try, and an agent may try again", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    const stop = desk.graph.fault({ kind: "error", code: 131000, status: 500 }, { times: Infinity });
    const { id: messageId } = await desk.send(id, { content: "nunca" });
    await row(desk, messageId, ({ state, attempts }) => state === "due" && attempts === 1);
    desk.advance(DAY);
    const message = await becomes(desk, messageId, "failed");
    expect(message.error).toMatchObject({ code: "131000", retryable: true });
    stop();
  });

  test("for a marketing limit waits a day, and what the agent writes meanwhile goes ahead", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    desk.graph.fault({ kind: "error", code: 131049 });
    const limited = await desk.send(id, { content: "promoção" });
    const waiting = await row(desk, limited.id, ({ state, attempts }) => state === "due" && attempts === 1);
    expect(waiting.due_at - desk.context.clock.now()).toBeGreaterThanOrEqual(DAY);
    const reply = await desk.send(id, { content: "resposta" });
    await becomes(desk, reply.id, "sent");
  });
});

describe("a request that left without an answer", () => {
  for (const accept of [true, false]) {
    test(`is unknown and never repeated by itself (${accept ? "accepted" : "lost"})`, async () => {
      await using desk = await Desk.open();
      const channel = await desk.addChannel();
      const { id } = await desk.addConversation(channel.id);
      desk.graph.fault({ kind: "cut", accept });
      const { id: messageId } = await desk.send(id, { content: "chegou?" });
      const message = await becomes(desk, messageId, "unknown");
      expect(message.error?.retryable).toBe(true);
      desk.advance(DAY / 2);
      // What comes after is not held up, and shows that the queue was looked at.
      const next = await desk.send(id, { content: "próxima" });
      await becomes(desk, next.id, "sent");
      expect(desk.graph.countOf(messageId)).toBe(accept ? 1 : 0);
    });
  }

  test("may be sent again by an agent after a minute, not before", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id: conversationId } = await desk.addConversation(channel.id);
    desk.graph.fault({ kind: "cut", accept: false });
    const { id: messageId } = await desk.send(conversationId, { content: "chegou?" });
    await becomes(desk, messageId, "unknown");
    const again = () => retryMessage(desk.context, desk.company.agent, { conversationId, messageId });
    await expect(again()).rejects.toThrow();
    desk.advance(61 * SECOND);
    await again();
    await becomes(desk, messageId, "sent");
    expect(desk.graph.countOf(messageId)).toBe(1);
  });

  test("is unknown too when the process dies between the claim and the result", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    await desk.runtime.stop(0);
    const { id } = await desk.addConversation(channel.id);
    const { id: messageId } = await desk.send(id, { content: "no meio" });
    const waiting = await row(desk, messageId, ({ state }) => state === "due");
    expect((await claim(desk.context, [waiting.id])).length).toBe(1);
    const untouched = await desk.send(id, { content: "depois" });
    await desk.restart();
    await becomes(desk, messageId, "unknown");
    await becomes(desk, untouched.id, "sent");
    expect(desk.graph.countOf(messageId)).toBe(0);
  });

  test("a request that could not leave is tried again", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    await desk.runtime.stop(0);
    const { id } = await desk.addConversation(channel.id);
    const { id: messageId } = await desk.send(id, { content: "sem rede" });
    await desk.restart({ graphUrl: "http://127.0.0.1:1" });
    const tried = await row(desk, messageId, ({ state, attempts }) => state === "due" && attempts === 1);
    expect(tried.last_error).toContain("ECONNREFUSED");
    expect((await desk.message(messageId)).status).toBe("pending");
  });
});

describe("an error of the whole channel", () => {
  test("pauses it, tells everybody once, keeps the queue, and connecting lets it go on", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const [first, second] = [await desk.addConversation(channel.id), await desk.addConversation(channel.id)];
    desk.graph.fault({ kind: "error", code: 190 }, { times: 2 });
    const one = await desk.send(first.id, { content: "um" });
    await row(desk, one.id, ({ state, last_error }) => state === "due" && last_error !== null);
    const two = await desk.send(second.id, { content: "dois" });
    const { id: companyId, admin } = desk.company;
    const state = () => desk.context.sql.read((tx) => loadChannels(tx, companyId, [channel.id]));
    expect((await state()).get(channel.id)).toMatchObject({ status: "error" });
    expect((await events(desk, "notification")).length).toBe(1);
    desk.advance(DAY / 2);
    expect([(await desk.message(one.id)).status, (await desk.message(two.id)).status]).toEqual([
      "pending",
      "pending",
    ]);
    desk.graph.clearFaults();
    await connectChannel(desk.context, admin, { id: channel.id, port: desk.runtime });
    await becomes(desk, one.id, "sent");
    await becomes(desk, two.id, "sent");
    expect((await state()).get(channel.id)).toMatchObject({ status: "connected", status_detail: null });
    expect(desk.graph.countOf(one.id)).toBe(1);
  });

  test("a dead channel does not slow another", async () => {
    await using desk = await Desk.open();
    const [dead, alive] = [await desk.addChannel(), await desk.addChannel()];
    desk.graph.fault({ kind: "hang", accept: false }, { times: Infinity, phoneNumberId: dead.phoneNumberId });
    for (let index = 0; index < 40; index += 1) {
      const { id } = await desk.addConversation(dead.id);
      await desk.send(id, { content: "?" });
    }
    const { id } = await desk.addConversation(alive.id);
    const message = await desk.send(id, { content: "vivo" });
    await becomes(desk, message.id, "sent");
    const hung = desk.graph.requests.filter(({ phoneNumberId }) => phoneNumberId === dead.phoneNumberId);
    expect(hung.some(({ outcome }) => outcome === "hung")).toBe(true);
  });
});

describe("limits", () => {
  test("a contact gets a burst of 45 and then one each 6 s, while others are served", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const [flooded, other] = [await desk.addConversation(channel.id), await desk.addConversation(channel.id)];
    for (let index = 0; index < 48; index += 1) await desk.send(flooded.id, { content: `${index}` });
    await eventually("the burst", () => desk.graph.sent.length === 45);
    const message = await desk.send(other.id, { content: "e eu?" });
    await becomes(desk, message.id, "sent");
    expect(desk.graph.sent.length).toBe(46);
    desk.advance(6 * SECOND);
    await eventually("one more", () => desk.graph.sent.length === 47);
    desk.advance(60 * SECOND);
    await eventually("the rest", () => desk.graph.sent.length === 49);
  });
});

test("a clean stop waits for what is on its way and leaves the rest for the next start", async () => {
  await using desk = await Desk.open();
  const channel = await desk.addChannel();
  const { id } = await desk.addConversation(channel.id);
  desk.graph.fault({ kind: "delay", ms: 300 });
  const one = await desk.send(id, { content: "um" });
  const two = await desk.send(id, { content: "dois" });
  await row(desk, one.id, ({ state }) => state === "claimed");
  await desk.runtime.stop(5_000);
  expect((await desk.message(one.id)).status).toBe("sent");
  expect((await desk.message(two.id)).status).toBe("pending");
  await desk.restart();
  await becomes(desk, two.id, "sent");
  expect([desk.graph.countOf(one.id), desk.graph.countOf(two.id)]).toEqual([1, 1]);
});

describe("a result that can't be written", () => {
  test("is kept until it can, and the message is not sent again", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    const real = desk.context.sql.transaction.bind(desk.context.sql);
    let refusals = 0;
    // The disk is full from the moment in which the provider has the message.
    desk.context.sql.transaction = async (fn) => {
      if (desk.graph.sent.length === 1 && refusals < 3) {
        refusals += 1;
        throw new StorageError("full");
      }
      return real(fn);
    };
    const { id: messageId } = await desk.send(id, { content: "disco cheio" });
    await becomes(desk, messageId, "sent");
    expect([refusals, desk.graph.countOf(messageId)]).toEqual([3, 1]);
  });
});

test("a hundred messages to as many contacts leave once each while tokens, answers and connections fail", async () => {
  await using desk = await Desk.open();
  const channel = await desk.addChannel();
  const seed = 20260105;
  const random = seeded(seed);
  const faults = [
    { kind: "error", code: 131000, status: 500 },
    { kind: "error", code: 130429, status: 429, retryAfterSeconds: 1 },
    { kind: "http", status: 502 },
    { kind: "cut", accept: true },
    { kind: "cut", accept: false },
  ] as const;
  for (let index = 0; index < 30; index += 1) {
    const fault = faults[Math.floor(random() * faults.length)];
    if (fault) desk.graph.fault(fault);
  }
  const ids: MessageId[] = [];
  for (let index = 0; index < 100; index += 1) {
    const conversation = await desk.addConversation(channel.id);
    ids.push((await desk.send(conversation.id, { content: `${index}` })).id);
  }
  const statuses = await eventually(
    `every message to end (seed ${seed})`,
    async () => {
      desk.advance(2_000);
      const all = await Promise.all(ids.map((id) => desk.message(id)));
      return (
        all.every(({ status }) => status !== "pending") && all.map(({ id, status }) => [id, status] as const)
      );
    },
    20_000,
  );
  for (const [id, status] of statuses) {
    const count = desk.graph.countOf(id);
    if (status === "sent") expect([id, count]).toEqual([id, 1]);
    else expect([id, status, count <= 1]).toEqual([id, "unknown", true]);
  }
}, 30_000);

/** A small generator of the same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
