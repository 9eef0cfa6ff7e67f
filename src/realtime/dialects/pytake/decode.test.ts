import { afterEach, beforeEach, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../../tests/support/company.ts";
import { type DialectClient, dialectClient } from "../../../../tests/support/dialect-client.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../../tests/support/realtime.ts";
import { eventually } from "../../../../tests/support/wait.ts";
import type { ConversationId } from "../../../contract/ids.ts";
import { createCommands } from "./decode.ts";
import { pytake } from "./dialect.ts";

let server: RealtimeServer;
let company: SeededCompany;
let conversation_id: ConversationId;
let ana: DialectClient;
let bia: DialectClient;

beforeEach(async () => {
  server = await realtimeServer({
    socketDialects: [{ ...pytake, createCommands: () => createCommands({ typingStopsAfterMs: 30 }) }],
  });
  company = await seedCompany(server.context);
  conversation_id = await openConversation(server, company);
  await server.bus.settled();
  const colleague = await seedUser(server.context, company.id, { role: "agent", name: "Bia" });
  ana = await dialectClient(server, "pytake", company.agent);
  bia = await dialectClient(server, "pytake", colleague);
});
afterEach(async () => {
  await Promise.all([ana, bia].map((one) => one[Symbol.asyncDispose]()));
  await server[Symbol.asyncDispose]();
});

const of = (client: DialectClient, name: string) =>
  client
    .heard()
    .filter((frame) => frame.name === name)
    .map(({ data }) => data);

test("a client is greeted with who it is", () => {
  expect(ana.heard()[0]).toMatchObject({
    name: "connected",
    data: { message: expect.any(String), user_id: company.agent.userId },
  });
});

test("who joins a conversation gets its messages, until he leaves it", async () => {
  const say = async (content: string) => {
    await addMessage(server, company, { conversationId: conversation_id, content });
    await server.bus.settled();
    await Promise.all([ana, bia].map((one) => one.upToDate()));
  };
  await ana.say("join_conversation", { conversation_id });
  expect(of(ana, "joined_conversation")).toEqual([{ conversation_id, message: expect.any(String) }]);
  await say("um");
  await ana.say("leave_conversation", { conversation_id });
  expect(of(ana, "left_conversation")).toEqual([{ conversation_id }]);
  await say("dois");
  expect(of(ana, "message:new").map(({ content }) => content)).toEqual(["um"]);
  expect(of(bia, "message:new")).toEqual([]);
});

test("who joins with `since` gets what the room missed before he is told that he is in", async () => {
  const since = server.bus.head(company.id);
  await addMessage(server, company, { conversationId: conversation_id, content: "um" });
  await server.bus.settled();
  await ana.say("join_conversation", { conversation_id, since });
  expect(ana.heard().slice(-2)).toMatchObject([
    { name: "message:new", data: { content: "um" } },
    { name: "joined_conversation", data: { conversation_id, resumed: true } },
  ]);
});

test("while messages keep coming, joining with `since` misses none and brings none twice", async () => {
  const since = server.bus.head(company.id);
  const contents = Array.from({ length: 60 }, (_, index) => `m${index}`);
  const writer = (async () => {
    for (const content of contents) {
      await addMessage(server, company, { conversationId: conversation_id, content });
    }
  })();
  await eventually("some to be there", () => server.bus.head(company.id) > since + 20);
  await ana.say("join_conversation", { conversation_id, since });
  await writer;
  await server.bus.settled();
  await ana.upToDate();
  expect(of(ana, "message:new").map(({ content }) => content)).toEqual(contents);
});

test("typing is told to the room, and stops when he says so", async () => {
  for (const one of [ana, bia]) await one.join(conversation_id);
  await ana.say("typing_start", { conversation_id });
  await ana.say("typing_stop", { conversation_id });
  await bia.upToDate();
  const who = { conversation_id, user_id: company.agent.userId };
  expect(of(bia, "user_typing")).toEqual([
    { ...who, typing: true },
    { ...who, typing: false },
  ]);
  expect(of(ana, "user_typing")).toEqual([]);
});

test("typing that nobody stops stops by itself", async () => {
  await bia.join(conversation_id);
  await ana.say("typing_start", { conversation_id });
  await eventually("the end of typing", () => of(bia, "user_typing").length === 2);
  expect(of(bia, "user_typing").map(({ typing }) => typing)).toEqual([true, false]);
});

test("a ping is answered", async () => {
  expect(await ana.say("ping", {})).toEqual({ timestamp: expect.any(String) });
  expect(of(ana, "pong")).toHaveLength(1);
});

test.each([
  ["join_conversation", { conversation_id: "nobody's" }, "not_found"],
  ["join_conversation", {}, "invalid_request"],
  ["leave_conversation", { conversation_id: 7 }, "invalid_request"],
  ["typing_start", { conversation_id: "nobody's" }, "not_found"],
  ["typing_stop", { conversation_id: [] }, "invalid_request"],
])("%s %j is answered by an error, and changes nothing", async (name, data, code) => {
  expect(await ana.say(name, data)).toEqual({ error: expect.any(String), code });
  expect(of(ana, "error")).toEqual([{ message: expect.any(String) }]);
  expect([...server.realtime.registry.ofUser(company.agent.userId)][0]?.rooms.size).toBe(0);
});
