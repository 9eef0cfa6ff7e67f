import { afterAll, beforeAll, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { receiveText, seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { messageRoutes } from "./routes.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;
let token: string;

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
  api = startApi(context, { api: [messageRoutes(context)] });
  token = await api.tokenOf(company.agent);
});
afterAll(async () => {
  await api.stop();
  await context.dispose();
});

const messagesOf = (id: ConversationId, query = "") => `GET /api/v1/conversations/${id}/messages${query}`;
const sendTo = (id: ConversationId) => `POST /api/v1/conversations/${id}/messages`;

async function contents(request: string): Promise<readonly unknown[]> {
  const answer = await api.call(request, { token });
  if (!Array.isArray(answer.body)) throw new Error(answer.text);
  return answer.body.map((message: { content: unknown }) => message.content);
}

test("ten agents' browsers that repeat a message at once send it once, over real sockets", async () => {
  const id = await seedConversation(context, company);
  const body = { content: "Olá", client_id: "same" };
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.call(sendTo(id), { token, body })));
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(201));
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  expect(await contents(messagesOf(id))).toEqual(["Olá"]);
  const other = await api.call(sendTo(id), { token, body: { ...body, content: "Outra" } });
  expect([other.status, other.at("error.code")]).toEqual([409, "idempotency_conflict"]);
});

test("pages of a thread are ascending, by count, by message and by instant", async () => {
  const id = await seedConversation(context, company);
  const ids: string[] = [];
  for (const text of ["1", "2", "3", "4", "5"]) {
    context.clock.advance(1000);
    ids.push(await receiveText(context, company.agent, { conversationId: id, text }));
  }
  expect(await contents(messagesOf(id))).toEqual(["1", "2", "3", "4", "5"]);
  expect(await contents(messagesOf(id, "?limit=2"))).toEqual(["4", "5"]);
  expect(await contents(messagesOf(id, "?limit=2&offset=2"))).toEqual(["2", "3"]);
  expect(await contents(messagesOf(id, `?limit=2&before=${ids[3]}`))).toEqual(["2", "3"]);
  expect(await contents(messagesOf(id, `?limit=2&after=${ids[1]}`))).toEqual(["3", "4"]);
  const instant = new Date(context.clock.now() - 1000).toISOString();
  expect(await contents(messagesOf(id, `?before=${instant}`))).toEqual(["1", "2", "3"]);
  expect(await contents(messagesOf(id, `?after=${instant}`))).toEqual(["5"]);
  const other = await seedConversation(context, company);
  expect((await api.call(messagesOf(other, `?before=${ids[0]}`), { token })).status).toBe(404);
});

test("bad messages are refused, nothing is stored, and good ones go on", async () => {
  const id = await seedConversation(context, company);
  const wrong: readonly unknown[] = [
    {},
    { content: "" },
    { content: "   " },
    { content: 7 },
    { content: ["x"] },
    { content: { body: "x" } },
    { content: "x".repeat(4097) },
    { content: "x", message_type: "system" },
    { content: "x", message_type: "reaction" },
    { content: "x", metadata: "x" },
    { content: "x", metadata: { long: "x".repeat(20_000) } },
    { content: "x", client_id: "" },
    { content: "x", client_id: 1 },
    { content: "x", reply_to: "nothing" },
    { content: "x", seen_message_id: "nothing" },
    { content: "x", attachment_ids: ["nothing"] },
    { content: "x", attachment_ids: "nothing" },
    { content: "x", send_at: "soon" },
    { content: "x", send_at: "2020-01-01T00:00:00Z" },
    { message_type: "template" },
    { message_type: "location", metadata: { location: { latitude: 91, longitude: 0 } } },
    { message_type: "image" },
    null,
    [],
  ];
  for (const body of wrong) {
    const answer = await api.call(sendTo(id), { token, body });
    expect([JSON.stringify(body).slice(0, 60), answer.status]).toEqual([
      JSON.stringify(body).slice(0, 60),
      400,
    ]);
  }
  const malformed = await api.call(sendTo(id), {
    token,
    raw: '{"content":',
    headers: { "Content-Type": "application/json" },
  });
  expect(malformed.at("error.code")).toBe("malformed_json");
  expect(await contents(messagesOf(id))).toEqual([]);
  expect((await api.call(sendTo(id), { token, body: { content: "x".repeat(4096) } })).status).toBe(201);
});

test("a reaction is one emoji", async () => {
  const id = await seedConversation(context, company);
  const message = await receiveText(context, company.agent, { conversationId: id, text: "oi" });
  const path = `POST /api/v1/conversations/${id}/messages/${message}/reactions`;
  for (const emoji of ["👍", "👩🏽‍🚀", "🇧🇷", ""]) {
    expect((await api.call(path, { token, body: { emoji } })).status).toBe(200);
  }
  for (const emoji of ["ok", "👍👍", "<b>", 1, null]) {
    expect((await api.call(path, { token, body: { emoji } })).status).toBe(400);
  }
});

test("a stale reply is answered with what was not seen", async () => {
  const id = await seedConversation(context, company);
  const seen = await receiveText(context, company.agent, { conversationId: id, text: "dois" });
  await receiveText(context, company.agent, { conversationId: id, text: "três" });
  const answer = await api.call(sendTo(id), { token, body: { content: "ok", seen_message_id: seen } });
  expect([answer.status, answer.at("error.details.messages.0.content")]).toEqual([409, "três"]);
});
