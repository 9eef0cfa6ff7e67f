import { afterEach, beforeEach, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../tests/support/company.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
  shown,
} from "../../tests/support/realtime.ts";
import type { ConversationId } from "../contract/ids.ts";
import { append } from "../events/append.ts";
import { removeOldEvents } from "../events/log.ts";

let server: RealtimeServer;
let company: SeededCompany;
let conversationId: ConversationId;

beforeEach(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context);
  conversationId = await openConversation(server, company);
  await server.bus.settled();
});
afterEach(() => server[Symbol.asyncDispose]());

/** Where a client stands after it has seen the present. */
async function standing(): Promise<{ since: number; epoch: string }> {
  await using client = await server.connect(company.agent);
  const ready = await client.waitFor("ready");
  return { since: Number(ready.data["seq"]), epoch: String(ready.data["epoch"]) };
}

async function say(...contents: readonly string[]): Promise<void> {
  for (const content of contents) await addMessage(server, company, { conversationId, content });
}

test("a client that comes back gets what it missed, in order, before it is told that it is ready", async () => {
  const place = await standing();
  await say("um", "dois", "três");
  const client = await server.connect(company.agent, place);
  expect(shown(client)).toEqual(["um", "dois", "três"]);
  expect(client.of("ready")[0]?.data).toMatchObject({ resumed: true, seq: server.bus.head(company.id) });
  expect(client.frames.findIndex(({ type }) => type === "ready")).toBe(3);
});

test("a client that was never here starts at the present", async () => {
  await say("antes");
  const client = await server.connect(company.agent);
  expect(client.of("ready")[0]?.data["resumed"]).toBeNull();
  expect(shown(client)).toEqual([]);
});

test.each([
  ["another database", { epoch: "another" }],
  ["no database at all", { epoch: undefined }],
  ["the future", { since: 1_000_000 }],
])("who comes from %s has to load everything anew", async (_where, change) => {
  const place = await standing();
  await say("um");
  const client = await server.connect(company.agent, { ...place, ...change });
  expect(client.of("ready")[0]?.data["resumed"]).toBe(false);
  expect(shown(client)).toEqual([]);
});

test("who was away longer than events are kept has to load everything anew", async () => {
  const place = await standing();
  await say("um");
  server.context.clock.advance(8 * 24 * 60 * 60 * 1000);
  await removeOldEvents(server.context.sql, server.context.clock, 7);
  const client = await server.connect(company.agent, place);
  expect(client.of("ready")[0]?.data["resumed"]).toBe(false);
  const now = await standing();
  await say("dois");
  const back = await server.connect(company.agent, now);
  expect(shown(back)).toEqual(["dois"]);
});

test("more than 5,000 missed events are not replayed", async () => {
  const place = await standing();
  await server.context.sql.transaction(async (tx) => {
    for (let n = 0; n < 5_001; n += 1) {
      const data = { conversation_id: conversationId, fields: ["subject"] as const };
      await append(tx, company.id, { type: "conversation.updated", data, at: server.context.clock.now() });
    }
  });
  const late = await server.connect(company.agent, place);
  expect(late.of("ready")[0]?.data["resumed"]).toBe(false);
  expect(late.of("conversation_updated")).toEqual([]);
  const almost = await server.connect(company.agent, { ...place, since: place.since + 1 });
  expect(almost.of("ready")[0]?.data["resumed"]).toBe(true);
  expect(almost.of("conversation_updated")).toHaveLength(5_000);
});

test("while messages keep coming, clients that come and go miss none and get none twice", async () => {
  const total = 300;
  let place = await standing();
  const seen: string[] = [];
  const seqs: number[] = [];
  const writer = (async () => {
    for (let n = 0; n < total; n += 1) await say(`m${n}`);
  })();
  while (seen.length < total) {
    await using client = await server.connect(company.agent, place);
    expect(client.of("ready")[0]?.data["resumed"]).toBe(true);
    const wanted = seen.length + 7;
    await client.waitFor(
      "message_received",
      () => seen.length + shown(client).length >= Math.min(wanted, total),
    );
    seen.push(...shown(client));
    const sequenced = client.frames.filter(({ type, seq }) => type !== "tick" && seq !== undefined);
    seqs.push(...sequenced.map(({ seq }) => seq ?? 0));
    place = { ...place, since: seqs.at(-1) ?? place.since };
  }
  await writer;
  expect(seen).toEqual(Array.from({ length: total }, (_, n) => `m${n}`));
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
});

test("what was deleted in the meantime is not in the replay", async () => {
  const place = await standing();
  await say("apague-me");
  await server.context.sql.transaction((tx) => tx.run("DELETE FROM messages WHERE content = 'apague-me'"));
  const client = await server.connect(company.agent, place);
  expect(client.of("ready")[0]?.data["resumed"]).toBe(true);
  expect(JSON.stringify(client.frames)).not.toContain("apague-me");
});

test("a user whose rights changed while he was away has to load everything anew", async () => {
  const place = await standing();
  await server.context.sql.transaction(async (tx) => {
    const data = { user_id: company.agent.userId, rights: true };
    await append(tx, company.id, { type: "user.updated", data, at: 0 });
  });
  const his = await server.connect(company.agent, place);
  expect(his.of("ready")[0]?.data["resumed"]).toBe(false);
  const hers = await server.connect(company.admin, place);
  expect(hers.of("ready")[0]?.data["resumed"]).toBe(true);
});

test("a room asked for with `since` brings its own events first", async () => {
  const place = await standing();
  await say("um", "dois");
  const client = await server.connect(company.agent);
  client.send("subscribe", { conversation_id: conversationId, since: place.since });
  const answer = await client.waitFor("subscribed");
  expect(shown(client)).toEqual(["um", "dois"]);
  expect(answer.data["resumed"]).toBe(true);
});

test("rooms are joined again on coming back, where they may be", async () => {
  const colleague = await seedUser(server.context, company.id, { role: "agent", name: "Bia" });
  const other = await seedCompany(server.context);
  const foreign = await openConversation(server, other);
  const client = await server.connect(company.agent, { rooms: [conversationId, foreign, "nonsense"] });
  const bia = await server.connect(colleague);
  bia.send("subscribe", { conversation_id: conversationId });
  bia.send("typing_start", { conversation_id: conversationId });
  const typing = await client.waitFor("agent_typing");
  expect(typing.data).toEqual({ conversation_id: conversationId, user_id: colleague.userId, typing: true });
  expect([...server.realtime.registry.ofUser(company.agent.userId)][0]?.rooms).toEqual(
    new Set([conversationId]),
  );
});
