import { afterEach, beforeEach, expect, test } from "bun:test";

import { z } from "zod";

import { startApi, type TestApi } from "../support/api.ts";
import { seedCompany, type SeededCompany } from "../support/company.ts";
import { type TestContext, testContext } from "../support/database.ts";
import { loggedEvents } from "../support/events.ts";

/** Stands in every name of the other company, and in nothing of ours. */
const canary = "canary-7f3a";

let context: TestContext;
let api: TestApi;
let ours: SeededCompany;
let theirs: SeededCompany;
let token: string;
let theirToken: string;

beforeEach(async () => {
  context = await testContext();
  api = startApi(context);
  ours = await seedCompany(context);
  theirs = await seedCompany(context, { phoneNumberId: "2" });
  token = await api.tokenOf(ours.admin);
  theirToken = await api.tokenOf(theirs.admin);
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

/** Ids of one of everything that the other company has. */
async function foreignIds(): Promise<readonly string[]> {
  const make = (path: string, body: object) => api.call(`POST ${path}`, { token: theirToken, body });
  const made = await Promise.all([
    make("/api/v1/labels", { name: canary }),
    make("/api/v1/queues", { name: canary, member_ids: [theirs.agent.userId] }),
    make("/api/v1/invitations", { email: `${canary}@example.com`, name: canary }),
    make("/api/v1/api-keys", { name: canary }),
    make("/api/v1/users", { name: canary, email: `${canary}-2@example.com`, password: "12345678" }),
  ]);
  await api.call("PATCH /api/v1/settings", { token: theirToken, body: { name: canary } });
  const { id, queueId, channelId, agent, admin } = theirs;
  return [...made.map((answer) => answer.at("id")), id, queueId, channelId, agent.userId, admin.userId];
}

const description = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ security: z.array(z.unknown()).optional() })),
  ),
});

/** Every route of the API that asks who is there, from its own description, so that a new one can't be forgotten. */
async function closedRoutes(): Promise<readonly { method: string; path: string }[]> {
  const { body } = await api.call("GET /api/openapi.json");
  return Object.entries(description.parse(body).paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security?.length !== 0)
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );
}

/** All that the other company has, as its admin sees it. */
async function theirState(): Promise<string> {
  const lists = ["users", "queues", "labels", "invitations", "api-keys", "settings"];
  const answers = await Promise.all(
    lists.map((list) => api.call(`GET /api/v1/${list}`, { token: theirToken })),
  );
  return answers.map(({ text }) => text).join("\n");
}

test("the ids of another company are as unknown as ids that nobody has, on every route", async () => {
  const ids = await foreignIds();
  const before = await theirState();
  const seq = (await loggedEvents(context, theirs.id)).at(-1)?.seq;
  const routes = (await closedRoutes()).filter(({ path }) => path.includes("{"));
  expect(routes.length).toBeGreaterThanOrEqual(9);

  for (const { method, path } of routes) {
    const ask = (id: string) => {
      const request = `${method} ${path.replaceAll(/\{[^}]+\}/g, id)}`;
      return api.call(request, { token, ...(method === "PATCH" && { body: {} }) });
    };
    const nobodys = await ask("01890000-0000-7000-8000-000000000000");
    expect([method, path, nobodys.status]).toEqual([method, path, 404]);
    for (const id of ids) {
      const foreign = await ask(id);
      expect([method, path, foreign.status, foreign.text]).toEqual([method, path, 404, nobodys.text]);
    }
  }
  expect(await theirState()).toBe(before);
  expect((await loggedEvents(context, theirs.id)).at(-1)?.seq).toBe(seq);
});

test("nothing of another company stands in any list", async () => {
  const ids = await foreignIds();
  for (const { method, path } of await closedRoutes()) {
    if (method !== "GET" || path.includes("{")) continue;
    const { text } = await api.call(`GET ${path}`, { token });
    for (const hidden of [canary, ...ids]) expect(text).not.toContain(hidden);
  }
});

test("what is ours can't be tied to what is theirs", async () => {
  const before = await theirState();
  const ties: readonly [string, object][] = [
    [`PATCH /api/v1/users/${ours.agent.userId}`, { queue_ids: [theirs.queueId] }],
    [`PATCH /api/v1/queues/${ours.queueId}`, { member_ids: [theirs.agent.userId] }],
    ["POST /api/v1/queues", { name: "Vendas", member_ids: [ours.agent.userId, theirs.agent.userId] }],
    ["POST /api/v1/invitations", { email: "a@example.com", queue_ids: [theirs.queueId] }],
    [
      "POST /api/v1/users",
      { name: "A", email: "a@example.com", password: "12345678", queue_ids: [theirs.queueId] },
    ],
  ];
  for (const [request, body] of ties) {
    const answer = await api.call(request, { token, body });
    expect([request, answer.status, answer.at("error.code")]).toEqual([request, 400, "invalid_request"]);
  }
  expect(await theirState()).toBe(before);
  expect(await loggedEvents(context, ours.id)).toEqual([]);
});

test("every route that asks who is there refuses strangers, and closed accounts", async () => {
  const closed = await api.tokenOf(ours.agent);
  await api.call(`PATCH /api/v1/users/${ours.agent.userId}`, { token, body: { active: false } });
  const routes = await closedRoutes();
  expect(routes.length).toBeGreaterThanOrEqual(25);
  for (const { method, path } of routes) {
    const request = `${method} ${path.replaceAll(/\{[^}]+\}/g, ours.agent.userId)}`;
    for (const credentials of [{}, { token: closed }, { token: "bk_nobodys" }, { token: "e30.e30." }]) {
      expect([request, (await api.call(request, credentials)).status]).toEqual([request, 401]);
    }
  }
});
