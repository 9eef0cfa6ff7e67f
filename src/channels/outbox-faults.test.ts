import { describe, expect, test } from "bun:test";

import { eventually } from "../../tests/support/wait.ts";
import type { MessageId } from "../contract/ids.ts";
import { StorageError } from "../db/sql.ts";
import { connectChannel } from "../domain/channels/connect.ts";
import { loadChannels } from "../domain/channels/store.ts";
import { retryMessage } from "../domain/messages/retry.ts";
import { claim } from "../domain/outbox/claim.ts";
import { Desk } from "./testing/desk.ts";
import { becomes, eventsOf, outboxRow } from "./testing/outbox-rows.ts";

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

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
    const waiting = await outboxRow(desk, messageId, ({ state }) => state === "due");
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
    const tried = await outboxRow(
      desk,
      messageId,
      ({ state, attempts }) => state === "due" && attempts === 1,
    );
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
    await outboxRow(desk, one.id, ({ state, last_error }) => state === "due" && last_error !== null);
    const two = await desk.send(second.id, { content: "dois" });
    const { id: companyId, admin } = desk.company;
    const state = () => desk.context.sql.read((tx) => loadChannels(tx, companyId, [channel.id]));
    expect((await state()).get(channel.id)).toMatchObject({ status: "error" });
    expect((await eventsOf(desk, "notification")).length).toBe(1);
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
