import { afterAll, beforeAll, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { seedContact, seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { conversationRoutes } from "./routes.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;
let token: string;
const typed: { readonly id: ConversationId; readonly typing: boolean }[] = [];

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
  const signals = {
    agentTyping: (_: unknown, id: ConversationId, typing: boolean) => void typed.push({ id, typing }),
  };
  api = startApi(context, { api: [conversationRoutes(context, signals)] });
  token = await api.tokenOf(company.agent);
});
afterAll(async () => {
  await api.stop();
  await context.dispose();
});

test("a conversation is opened, listed, assigned, resolved and reopened over HTTP", async () => {
  const contactId = await seedContact(context, company);
  const body = { contact_id: contactId, channel_id: company.channelId, subject: "Entrega" };
  const opened = await api.call("POST /api/v1/conversations", { token, body });
  expect(opened.status).toBe(201);
  const id = opened.at("id");
  const again = await api.call("POST /api/v1/conversations", { token, body });
  expect(again.status).toBe(409);
  expect(again.at("error.details.conversation_id")).toBe(id);

  const list = await api.call("GET /api/v1/conversations?status=active,assigned&limit=1", { token });
  expect(list.at("0.id")).toBe(id);
  expect(Number(list.headers.get("X-Event-Seq"))).toBeGreaterThan(0);
  expect(list.headers.get("X-Event-Epoch")).not.toBeNull();

  const to = { assignee_id: company.agent.userId };
  const given = await api.call(`POST /api/v1/conversations/${id}/assign`, { token, body: to });
  expect(given.at("status")).toBe("assigned");
  const mine = await api.call("GET /api/v1/conversations?assignee_id=me", { token });
  expect(mine.at("0.id")).toBe(id);
  const path = `PATCH /api/v1/conversations/${id}`;
  expect((await api.call(path, { token, body: { status: "resolved" } })).at("status")).toBe("resolved");
  expect((await api.call("GET /api/v1/conversations?status=closed", { token })).at("0.id")).toBe(id);
  expect((await api.call("GET /api/v1/conversations?status=closed_only", { token })).body).toEqual([]);
  expect((await api.call(path, { token, body: { status: "active" } })).at("status")).toBe("assigned");
});

test("a next page is announced by a cursor, and the last one by none", async () => {
  await seedConversation(context, company);
  const first = await api.call("GET /api/v1/conversations?limit=1", { token });
  const cursor = first.headers.get("X-Next-Cursor") ?? "";
  const second = await api.call(`GET /api/v1/conversations?limit=100&cursor=${cursor}`, { token });
  expect(second.body).not.toContainEqual(expect.objectContaining({ id: first.at("0.id") }));
  expect(second.headers.get("X-Next-Cursor")).toBeNull();
});

test("typing is passed on and stored nowhere", async () => {
  const id = await seedConversation(context, company);
  const path = `POST /api/v1/conversations/${id}/typing`;
  expect((await api.call(path, { token, body: { typing: true } })).status).toBe(204);
  expect(typed).toEqual([{ id, typing: true }]);
});

test("bad input is refused with the field that is wrong, and nothing changes", async () => {
  const id = await seedConversation(context, company);
  const before = await api.call(`GET /api/v1/conversations/${id}`, { token });
  const wrong: readonly (readonly [string, unknown])[] = [
    [`PATCH /api/v1/conversations/${id}`, { status: "opened" }],
    [`PATCH /api/v1/conversations/${id}`, { priority: 3 }],
    [`PATCH /api/v1/conversations/${id}`, { labels: "x" }],
    [`PATCH /api/v1/conversations/${id}`, { subject: "x".repeat(201) }],
    [`PATCH /api/v1/conversations/${id}`, { tenant_id: "x" }],
    [`PATCH /api/v1/conversations/${id}`, { snoozed_until: "tomorrow" }],
    [`POST /api/v1/conversations/${id}/assign`, {}],
    [`POST /api/v1/conversations/${id}/assign`, { assignee_id: 7 }],
    [`POST /api/v1/conversations/${id}/assign`, { assignee_id: "nobody" }],
    [`POST /api/v1/conversations/${id}/transfer`, {}],
    [`POST /api/v1/conversations/${id}/typing`, { typing: "yes" }],
    ["POST /api/v1/conversations", { channel_id: company.channelId }],
    ["POST /api/v1/conversations", []],
    ["GET /api/v1/conversations?limit=101", undefined],
    ["GET /api/v1/conversations?limit=-1", undefined],
    ["GET /api/v1/conversations?status=none", undefined],
    ["GET /api/v1/conversations?cursor=%00%00", undefined],
    ["GET /api/v1/conversations?sort=name;drop", undefined],
  ];
  for (const [request, body] of wrong) {
    const answer = await api.call(request, { token, ...(body !== undefined && { body }) });
    expect([request, body, answer.status]).toEqual([request, body, 400]);
    expect(answer.at("error.code")).toBe("invalid_request");
  }
  const after = await api.call(`GET /api/v1/conversations/${id}`, { token });
  expect(after.body).toEqual(before.body);
});

test("a foreign conversation and one that does not exist give the same answer, on every address", async () => {
  const foreign = await seedCompany(context, { phoneNumberId: "2" });
  const stranger = await api.tokenOf(foreign.admin);
  const id = await seedConversation(context, company);
  const requests: readonly (readonly [string, unknown])[] = [
    ["GET /api/v1/conversations/ID", undefined],
    ["PATCH /api/v1/conversations/ID", { subject: "x" }],
    ["POST /api/v1/conversations/ID/assign", { assignee_id: null }],
    ["POST /api/v1/conversations/ID/transfer", { queue_id: foreign.queueId }],
    ["POST /api/v1/conversations/ID/read", undefined],
    ["POST /api/v1/conversations/ID/typing", { typing: true }],
  ];
  for (const [request, body] of requests) {
    for (const wrong of [id, "00000000-0000-7000-8000-000000000000", "%F0%9F%92%A9"]) {
      const call = { token: stranger, ...(body !== undefined && { body }) };
      const answer = await api.call(request.replace("ID", wrong), call);
      expect([request, answer.status, answer.body]).toEqual([
        request,
        404,
        { error: { code: "not_found", message: expect.any(String) } },
      ]);
    }
  }
});

test("viewers look and do not act", async () => {
  const viewer = await api.tokenOf(company.viewer);
  const id = await seedConversation(context, company);
  expect((await api.call(`GET /api/v1/conversations/${id}`, { token: viewer })).status).toBe(200);
  const body = { subject: "x" };
  expect((await api.call(`PATCH /api/v1/conversations/${id}`, { token: viewer, body })).status).toBe(403);
});
