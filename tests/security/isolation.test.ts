import { afterEach, beforeEach, expect, test } from "bun:test";

import { z } from "zod";

import type { RunningServer } from "../../src/compose/server.ts";
import { type Call, send, tokenFor } from "../support/api.ts";
import { seedCompany, type SeededCompany } from "../support/company.ts";
import { loggedEvents } from "../support/events.ts";
import { startWholeServer } from "../support/server.ts";
import { seedConversation } from "./foreign-company.ts";

/** Stands in every name of the other company, and in nothing of ours. */
const canary = "canary-7f3a";
const nobody = "01890000-0000-7000-8000-000000000000";

let server: RunningServer & { dispose(): Promise<void> };
let ours: SeededCompany;
let theirs: SeededCompany;
let token: string;
let theirToken: string;

const call = (request: string, options: Call = {}) => send(server.url, request, { token, ...options });

beforeEach(async () => {
  server = await startWholeServer();
  const { context } = server.storage;
  ours = await seedCompany(context);
  theirs = await seedCompany(context, { phoneNumberId: "2" });
  token = await tokenFor(context, ours.admin);
  theirToken = await tokenFor(context, theirs.admin);
});
afterEach(() => server.dispose());

/** Ids of one of everything that the other company has. */
async function foreignIds(): Promise<readonly string[]> {
  const make = async (path: string, body: object) => {
    const made = await call(`POST ${path}`, { token: theirToken, body });
    return made.at("id");
  };
  const made = await Promise.all([
    make("/api/v1/labels", { name: canary }),
    make("/api/v1/queues", { name: canary, member_ids: [theirs.agent.userId] }),
    make("/api/v1/invitations", { email: `${canary}@example.com`, name: canary }),
    make("/api/v1/api-keys", { name: canary }),
    make("/api/v1/users", { name: canary, email: `${canary}-2@example.com`, password: "12345678" }),
  ]);
  await call("PATCH /api/v1/settings", { token: theirToken, body: { name: canary } });
  const seeded = await seedConversation(server.storage.context, theirs, canary);
  const { id, queueId, channelId, agent, admin } = theirs;
  return [...made, ...Object.values(seeded), id, queueId, channelId, agent.userId, admin.userId];
}

const description = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ security: z.array(z.unknown()).optional() })),
  ),
});

/** Every route that asks who is there, from the server's own description, so that a new one can't be forgotten. */
async function closedRoutes(): Promise<readonly { method: string; path: string }[]> {
  const { body } = await call("GET /api/openapi.json");
  const { paths } = description.parse(body);
  const ofTheApi = Object.entries(paths).filter(([path]) => path.startsWith("/api/"));
  return ofTheApi.flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security?.length !== 0)
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );
}

/** A body that a route takes, where it needs one before it looks at the id. */
const bodies = (): readonly (readonly [RegExp, object])[] => [
  [/\/assign$/, { assignee_id: null }],
  [/\/transfer$/, { queue_id: ours.queueId }],
  [/\/typing$/, { typing: true }],
  [/\/messages$/, { content: "hello" }],
  [/\/reactions$/, { emoji: "👍" }],
  [/\/atribuir$/, { atendenteId: null }],
  [/\/transferir$/, { filaId: ours.queueId }],
  [/\/merge$/, { contact_id: ours.queueId }],
];

function bodyFor(method: string, path: string): Call {
  const given = bodies().find(([pattern]) => pattern.test(path))?.[1];
  if (method === "GET" || method === "DELETE") return {};
  return { body: given ?? {} };
}

const parameter = /\{[^}]+\}/g;

/** The ways to put an id into a path: everywhere, and last behind an id of our own. */
function placements(path: string, own: string): readonly ((id: string) => string)[] {
  const everywhere = (id: string) => path.replaceAll(parameter, id);
  const last = (id: string) => {
    const count = path.match(parameter)?.length ?? 0;
    let seen = 0;
    return path.replaceAll(parameter, () => ((seen += 1) < count ? own : id));
  };
  return (path.match(parameter)?.length ?? 0) > 1 ? [everywhere, last] : [everywhere];
}

/** All that the other company has, as its admin sees it, and how far its log has come. */
async function theirState(): Promise<string> {
  const lists = (await closedRoutes()).filter(
    ({ method, path }) => method === "GET" && !path.includes("{") && !/events|stats|me$/.test(path),
  );
  const answers = await Promise.all(lists.map(({ path }) => call(`GET ${path}`, { token: theirToken })));
  const seq = (await loggedEvents(server.storage.context, theirs.id)).at(-1)?.seq ?? 0;
  return [seq, ...answers.map(({ text }) => text)].join("\n");
}

test("the ids of another company are as unknown as ids that nobody has, on every route", async () => {
  const ids = await foreignIds();
  const { conversationId } = await seedConversation(server.storage.context, ours, "ours");
  const before = await theirState();
  expect(before).toContain(canary);
  const routes = (await closedRoutes()).filter(({ path }) => path.includes("{"));
  expect(routes.length).toBeGreaterThanOrEqual(15);

  for (const { method, path } of routes) {
    for (const place of placements(path, conversationId)) {
      const ask = (id: string) => call(`${method} ${place(id)}`, bodyFor(method, path));
      const nobodys = await ask(nobody);
      expect([method, path, nobodys.status]).toEqual([method, path, 404]);
      for (const id of ids) {
        const foreign = await ask(id);
        expect([method, path, foreign.status, foreign.text]).toEqual([method, path, 404, nobodys.text]);
      }
    }
  }
  expect(await theirState()).toBe(before);
});

test("nothing of another company stands in any list", async () => {
  const ids = await foreignIds();
  const routes = (await closedRoutes()).filter(({ method, path }) => method === "GET" && !path.includes("{"));
  for (const { path } of routes) {
    for (const query of [
      "",
      `?search=${canary}`,
      `?q=${canary}`,
      ...ids.map((id) => `?queue_id=${id}&assignee_id=${id}`),
    ]) {
      const { text } = await call(`GET ${path}${query}`);
      for (const hidden of [canary, ...ids]) {
        expect([path, query, text.includes(hidden) && !query.includes(hidden)]).toEqual([path, query, false]);
      }
    }
  }
});

test("what is ours can't be tied to what is theirs", async () => {
  const { context } = server.storage;
  const { conversationId } = await seedConversation(context, ours, "ours");
  const foreign = await seedConversation(context, theirs, canary);
  const before = await theirState();
  const person = { name: "A", email: "a@example.com", password: "12345678" };
  const ties: readonly [string, object][] = [
    [`PATCH /api/v1/users/${ours.agent.userId}`, { queue_ids: [theirs.queueId] }],
    [`PATCH /api/v1/queues/${ours.queueId}`, { member_ids: [theirs.agent.userId] }],
    ["POST /api/v1/queues", { name: "Vendas", member_ids: [ours.agent.userId, theirs.agent.userId] }],
    ["POST /api/v1/invitations", { email: "a@example.com", queue_ids: [theirs.queueId] }],
    ["POST /api/v1/users", { ...person, queue_ids: [theirs.queueId] }],
    [`POST /api/v1/conversations/${conversationId}/assign`, { assignee_id: theirs.agent.userId }],
    [`POST /api/v1/conversations/${conversationId}/transfer`, { queue_id: theirs.queueId }],
    ["POST /api/v1/conversations", { contact_id: foreign.contactId, channel_id: ours.channelId }],
    ["POST /api/v1/conversations", { phone: "+5511912345678", channel_id: theirs.channelId }],
  ];
  for (const [request, body] of ties) {
    const answer = await call(request, { body });
    const isRefused = answer.status >= 400 && answer.status < 500;
    expect([request, isRefused, answer.text.includes(canary)]).toEqual([request, true, false]);
  }
  expect(await theirState()).toBe(before);
  expect(await loggedEvents(context, ours.id)).toEqual([]);
});

test("every route that asks who is there refuses strangers, and closed accounts", async () => {
  const closed = await tokenFor(server.storage.context, ours.agent);
  await call(`PATCH /api/v1/users/${ours.agent.userId}`, { body: { active: false } });
  const routes = await closedRoutes();
  expect(routes.length).toBeGreaterThanOrEqual(25);
  for (const { method, path } of routes) {
    const request = `${method} ${path.replaceAll(parameter, ours.agent.userId)}`;
    for (const stranger of [undefined, closed, "bk_nobodys", "e30.e30."]) {
      const { status } = await send(server.url, request, { token: stranger });
      expect([request, status]).toEqual([request, 401]);
    }
  }
});
