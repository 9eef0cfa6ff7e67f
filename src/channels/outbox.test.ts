import { describe, expect, test } from "bun:test";

import { eventually } from "../../tests/support/wait.ts";
import { Desk } from "./testing/desk.ts";
import { becomes, eventsOf, outboxRow } from "./testing/outbox-rows.ts";

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

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
    expect((await outboxRow(desk, messageId, () => true)).state).toBe("done");
  });

  test("of one contact waits for the one before it, while another contact's goes ahead", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const [first, second] = [await desk.addConversation(channel.id), await desk.addConversation(channel.id)];
    desk.graph.fault({ kind: "error", code: 131000, status: 500 });
    const one = await desk.send(first.id, { content: "um" });
    await outboxRow(desk, one.id, ({ state, attempts }) => state === "due" && attempts === 1);
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
    const statuses = (await eventsOf(desk, "message.status"))
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
      const tried = await outboxRow(
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
    const held = await outboxRow(desk, one.id, ({ state, attempts }) => state === "due" && attempts === 1);
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
      const tried = await outboxRow(
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
    await outboxRow(desk, messageId, ({ state, attempts }) => state === "due" && attempts === 1);
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
    const waiting = await outboxRow(
      desk,
      limited.id,
      ({ state, attempts }) => state === "due" && attempts === 1,
    );
    expect(waiting.due_at - desk.context.clock.now()).toBeGreaterThanOrEqual(DAY);
    const reply = await desk.send(id, { content: "resposta" });
    await becomes(desk, reply.id, "sent");
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
  await outboxRow(desk, one.id, ({ state }) => state === "claimed");
  await desk.runtime.stop(5_000);
  expect((await desk.message(one.id)).status).toBe("sent");
  expect((await desk.message(two.id)).status).toBe("pending");
  await desk.restart();
  await becomes(desk, two.id, "sent");
  expect([desk.graph.countOf(one.id), desk.graph.countOf(two.id)]).toEqual([1, 1]);
});
