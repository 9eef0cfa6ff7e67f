import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { loggedEvents } from "../../../tests/support/events.ts";
import { reloadCaller } from "../../auth/authenticate.ts";
import { choosePresence, chosenPresence, departed } from "./presence-actions.ts";

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

const change = (id: string, body: object, token = admin) =>
  api.call(`PATCH /api/v1/users/${id}`, { token, body });

test("everybody sees who is in the company, with the place in the log", async () => {
  const answer = await api.call("GET /api/v1/users", { token: await api.tokenOf(company.viewer) });
  expect(answer.body).toHaveLength(4);
  expect(answer.headers.get("X-Event-Seq")).toBe("0");
  expect(answer.headers.get("X-Event-Epoch")).toBeTruthy();
  expect(answer.text).not.toContain("password");
  const one = await api.call(`GET /api/v1/users/${company.agent.userId}`, { token: admin });
  expect(one.body).toMatchObject({ name: "agent", queue_ids: [company.queueId], presence: "offline" });
});

test("an admin makes a user who can sign in at once", async () => {
  const person = { name: "Caio", email: "caio@example.com" };
  const made = await api.call("POST /api/v1/users", {
    token: admin,
    body: { ...person, password: "12345678", role: "agent", queue_ids: [company.queueId] },
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...person, queue_ids: [company.queueId] });
  const credentials = { email: person.email, password: "12345678" };
  expect((await api.call("POST /api/v1/auth/login", { body: credentials })).status).toBe(200);
  const again = await api.call("POST /api/v1/users", {
    token: admin,
    body: { ...person, password: "12345678" },
  });
  expect([again.status, again.at("error.code")]).toEqual([409, "already_exists"]);
});

test("an address has one account over all companies", async () => {
  const other = await seedCompany(context, { phoneNumberId: "2" });
  const body = { name: "Caio", email: "caio@example.com", password: "12345678" };
  await api.call("POST /api/v1/users", { token: admin, body });
  const token = await api.tokenOf(other.admin);
  const answer = await api.call("POST /api/v1/users", {
    token,
    body: { ...body, email: "CAIO@example.com" },
  });
  expect(answer.at("error.code")).toBe("already_exists");
});

test("a change of role or queues is told with its rights", async () => {
  const { userId } = company.agent;
  const answer = await change(userId, { role: "supervisor", queue_ids: [] });
  expect(answer.body).toMatchObject({ role: "supervisor", queue_ids: [] });
  const events = await loggedEvents(context, company.id);
  expect(events).toMatchObject([
    { type: "queue.updated", data: { queue_id: company.queueId } },
    { type: "user.updated", data: { user_id: userId, rights: true } },
  ]);
});

test("a change of the name is told as such, and one that changes nothing is not told", async () => {
  await change(company.agent.userId, { name: "Caio" });
  await change(company.agent.userId, { name: "Caio", role: "agent", active: true });
  expect(await loggedEvents(context, company.id)).toMatchObject([
    { type: "user.updated", data: { user_id: company.agent.userId, rights: false } },
  ]);
});

describe("who is deactivated", () => {
  test("is signed out at once, can't come back, and his connections are told", async () => {
    const token = await api.tokenOf(company.agent);
    const told: unknown[] = [];
    context.revocations.onRevoked((revocation) => told.push(revocation));
    const { userId } = company.agent;
    expect((await change(userId, { active: false })).body).toMatchObject({ active: false });
    expect((await api.call("GET /api/v1/users", { token })).at("error.code")).toBe("token_invalid");
    expect(told).toEqual([{ kind: "user", userId }]);
    expect(await reloadCaller(context, company.agent)).toBeNull();
    await change(userId, { active: true });
    expect((await api.call("GET /api/v1/users", { token })).status).toBe(401);
  });

  test("can't sign in any more, and is told no more than anybody who has the password wrong", async () => {
    const credentials = { email: "caio@example.com", password: "12345678" };
    const made = await api.call("POST /api/v1/users", {
      token: admin,
      body: { name: "Caio", ...credentials },
    });
    const login = () => api.call("POST /api/v1/auth/login", { body: credentials });
    expect((await login()).status).toBe(200);
    await change(made.at("id"), { active: false });
    expect((await login()).at("error.code")).toBe("invalid_credentials");
  });

  test("is never the last admin, who stays one too", async () => {
    const { userId } = company.admin;
    for (const body of [{ active: false }, { role: "agent" }]) {
      const answer = await change(userId, body);
      expect([answer.status, answer.at("error.details.reason")]).toEqual([409, "last_admin"]);
    }
    await change(company.supervisor.userId, { role: "admin" });
    expect((await change(userId, { role: "agent" })).status).toBe(200);
  });

  test("is never the last admin when two leave at the same moment", async () => {
    await change(company.supervisor.userId, { role: "admin" });
    const answers = await Promise.all(
      [company.admin, company.supervisor].map(({ userId }) => change(userId, { role: "agent" })),
    );
    expect(answers.map(({ status }) => status)).toContain(200);
    const users = await api.call("GET /api/v1/users", { token: await api.tokenOf(company.agent) });
    expect(users.text.match(/"role":"admin"/g)).toHaveLength(1);
  });
});

test("rights are looked up, not remembered: a demoted admin's token is an agent's at once", async () => {
  await change(company.supervisor.userId, { role: "admin" });
  const token = await api.tokenOf(company.supervisor);
  await change(company.supervisor.userId, { role: "agent" });
  expect((await change(company.agent.userId, { role: "admin" }, token)).status).toBe(403);
  expect(await reloadCaller(context, company.supervisor)).toMatchObject({ role: "agent" });
});

test("only admins change others; anybody changes his own name", async () => {
  for (const caller of [company.supervisor, company.agent, company.viewer]) {
    const token = await api.tokenOf(caller);
    expect((await change(caller.userId, { role: "admin" }, token)).status).toBe(403);
    const renamed = await api.call("PATCH /api/v1/users/me", { token, body: { name: "Eu" } });
    expect(renamed.body).toMatchObject({ id: caller.userId, name: "Eu", role: caller.role });
  }
});

test.each([
  [{ role: "owner" }],
  [{ active: "no" }],
  [{ queue_ids: ["nonsense"] }],
  [{ queue_ids: "all" }],
  [{ name: "" }],
  [{ email: "x@example.com" }],
  [{ company_id: "other" }],
])("bad input changes nothing: %j", async (body) => {
  const answer = await change(company.agent.userId, body);
  expect([answer.status, answer.at("error.code")]).toEqual([400, "invalid_request"]);
  expect(await loggedEvents(context, company.id)).toEqual([]);
});

test("a status set by hand is kept, and the last connection's end is noted", async () => {
  expect(await chosenPresence(context, company.agent)).toBe("online");
  await choosePresence(context, company.agent, "busy");
  expect(await chosenPresence(context, company.agent)).toBe("busy");
  await departed(context, company.id, company.agent.userId);
  const user = await api.call(`GET /api/v1/users/${company.agent.userId}`, { token: admin });
  expect(user.body).toMatchObject({ last_seen_at: new Date(context.clock.now()).toISOString() });
});
