import { afterEach, beforeEach, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { loggedEvents } from "../../../tests/support/events.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;
let admin: string;

beforeEach(async () => {
  context = await testContext();
  company = await seedCompany(context);
  api = startApi(context);
  admin = await api.tokenOf(company.admin);
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

const call = (request: string, body?: object, token = admin) =>
  api.call(request, { token, ...(body && { body }) });

test("an admin makes a queue with members, and each of them gets its rights", async () => {
  const { userId } = company.viewer;
  const made = await call("POST /api/v1/queues", { name: "Vendas", color: "#AABBCC", member_ids: [userId] });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: made.at("id"),
    name: "Vendas",
    color: "#aabbcc",
    description: "",
    member_ids: [userId],
  });
  expect(await loggedEvents(context, company.id)).toMatchObject([
    { type: "user.updated", data: { user_id: userId, rights: true } },
    { type: "queue.updated", data: { queue_id: made.at("id"), deleted: false } },
  ]);
  expect((await call("GET /api/v1/queues")).body).toMatchObject([
    { name: "Atendimento" },
    { name: "Vendas" },
  ]);
});

test("who joins or leaves a queue gets new rights; who stays is not bothered", async () => {
  const path = `PATCH /api/v1/queues/${company.queueId}`;
  const both = [company.agent.userId, company.viewer.userId];
  expect((await call(path, { member_ids: both })).body).toMatchObject({ member_ids: both.toSorted() });
  await call(path, { member_ids: [company.viewer.userId] });
  const rights = (await loggedEvents(context, company.id)).flatMap((event) =>
    event.type === "user.updated" ? [event.data.user_id] : [],
  );
  expect(rights).toEqual([company.viewer.userId, company.agent.userId]);
});

test("a name is taken however it is written, by another queue only", async () => {
  const made = await call("POST /api/v1/queues", { name: " ATENDIMENTO " });
  expect([made.status, made.at("error.code")]).toEqual([409, "already_exists"]);
  const other = (await call("POST /api/v1/queues", { name: "Vendas" })).at("id");
  expect((await call(`PATCH /api/v1/queues/${other}`, { name: "Atendimento" })).status).toBe(409);
  expect((await call(`PATCH /api/v1/queues/${other}`, { name: "VENDAS" })).body).toMatchObject({
    name: "VENDAS",
  });
});

test("a queue is removed with its memberships, and told", async () => {
  const path = `DELETE /api/v1/queues/${company.queueId}`;
  expect((await call(path)).status).toBe(204);
  expect((await call(path)).status).toBe(404);
  expect((await call(`GET /api/v1/users/${company.agent.userId}`)).body).toMatchObject({ queue_ids: [] });
  expect((await loggedEvents(context, company.id)).at(-1)).toMatchObject({
    type: "queue.updated",
    data: { queue_id: company.queueId, deleted: true },
  });
});

test("a queue in which a conversation stands can't be removed", async () => {
  await insertConversation();
  const answer = await call(`DELETE /api/v1/queues/${company.queueId}`);
  expect([answer.status, answer.at("error.code")]).toEqual([409, "in_use"]);
});

test("only admins change queues", async () => {
  for (const caller of [company.supervisor, company.agent, company.viewer]) {
    const token = await api.tokenOf(caller);
    expect((await call("POST /api/v1/queues", { name: "Vendas" }, token)).status).toBe(403);
    expect((await call(`PATCH /api/v1/queues/${company.queueId}`, { name: "X" }, token)).status).toBe(403);
    expect((await call(`DELETE /api/v1/queues/${company.queueId}`, undefined, token)).status).toBe(403);
  }
});

test.each([
  [{}],
  [{ name: 5 }],
  [{ name: "a".repeat(101) }],
  [{ name: "Vendas", color: "red" }],
  [{ name: "Vendas", color: "#12345g" }],
  [{ name: "Vendas", member_ids: ["nobody"] }],
  [{ name: "Vendas", id: "mine" }],
])("bad input makes no queue: %j", async (body) => {
  const answer = await call("POST /api/v1/queues", body);
  expect([answer.status, answer.at("error.code")]).toEqual([400, "invalid_request"]);
  expect((await call("GET /api/v1/queues")).body).toHaveLength(1);
  expect(await loggedEvents(context, company.id)).toEqual([]);
});

async function insertConversation(): Promise<void> {
  await context.sql.transaction(async (tx) => {
    await tx.run("INSERT INTO contacts (id, company_id, name, created_at) VALUES ('contact', $1, 'Bia', 0)", [
      company.id,
    ]);
    await tx.run(
      `INSERT INTO conversations
         (id, company_id, number, contact_id, channel_id, queue_id, status, activity_at, created_at, updated_at)
       VALUES ('conversation', $1, 1, 'contact', $2, $3, 'closed', 0, 0, 0)`,
      [company.id, company.channelId, company.queueId],
    );
  });
}
