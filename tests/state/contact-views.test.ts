import { afterAll, beforeAll, expect, test } from "bun:test";

import { type Call, send, tokenFor } from "../support/api.ts";
import { seedChannel, seedCompany, type SeededCompany } from "../support/company.ts";
import { RawClient } from "../support/raw-client.ts";
import { startWholeServer } from "../support/server.ts";

let server: Awaited<ReturnType<typeof startWholeServer>>;
let company: SeededCompany;
let adminToken: string;
let agentToken: string;

beforeAll(async () => {
  server = await startWholeServer();
  const { context } = server.storage;
  company = await seedCompany(context);
  adminToken = await tokenFor(context, company.admin);
  agentToken = await tokenFor(context, company.agent);
  await admin("PATCH /api/v1/settings", { body: { visibility: "queue" } });
});
afterAll(() => server.dispose());

const admin = (request: string, call: Call = {}) => send(server.url, request, { token: adminToken, ...call });
const agent = (request: string) => send(server.url, request, { token: agentToken });

/** A queue that the agent is not in. */
async function otherQueue(name: string): Promise<string> {
  return (await admin("POST /api/v1/queues", { body: { name } })).at("id");
}

async function conversation(contact: string, queue: string, channel: string = company.channelId) {
  const body = { contact_id: contact, channel_id: channel, queue_id: queue };
  return (await admin("POST /api/v1/conversations", { body })).at("id");
}

async function agentsScreen(auth: Readonly<Record<string, unknown>> = {}): Promise<RawClient> {
  const url = `${server.url.replace("http", "ws")}/api/v1/conversations/ws`;
  const client = new RawClient(url, { auth: { token: agentToken, ...auth } });
  await client.waitFor("ready");
  return client;
}

/** A person whose only conversation stands in the agent's queue. */
async function person(name: string): Promise<{ readonly id: string; readonly thread: string }> {
  const id = (await admin("POST /api/v1/contacts", { body: { name } })).at("id");
  return { id, thread: await conversation(id, company.queueId) };
}

test("a person leaves an agent's address book with the conversation, and comes back with it", async () => {
  const elsewhere = await otherQueue("Financeiro");
  const { id, thread } = await person("Maria");
  await using screen = await agentsScreen();
  const ready = await screen.waitFor("ready");
  const move = (queue_id: string) =>
    admin(`POST /api/v1/conversations/${thread}/transfer`, { body: { queue_id } });

  await move(elsewhere);
  await screen.waitFor("contact_deleted", ({ data }) => data["contact_id"] === id);
  expect((await agent(`GET /api/v1/contacts/${id}`)).status).toBe(404);
  // Who was away meanwhile is told the same.
  const place = { since: Number(ready.data["seq"]), epoch: String(ready.data["epoch"]) };
  await using late = await agentsScreen(place);
  expect(late.of("contact_deleted").map(({ data }) => data["contact_id"])).toEqual([id]);
  expect(late.of("contact_updated")).toEqual([]);

  await move(company.queueId);
  await screen.waitFor("contact_updated", ({ data }) => data["id"] === id);
  expect((await agent(`GET /api/v1/contacts/${id}`)).status).toBe(200);
});

test("who sees an older conversation of a person hears what is new of the person", async () => {
  const { id, thread } = await person("Rita");
  const channel = { kind: "whatsapp_cloud", externalKey: "second" } as const;
  const second = await seedChannel(server.storage.context, company.id, channel);
  await conversation(id, await otherQueue("Vendas"), second);
  await using screen = await agentsScreen();
  await admin(`PATCH /api/v1/contacts/${id}`, { body: { name: "Rita Souza" } });
  await screen.waitFor("contact_updated", ({ data }) => data["name"] === "Rita Souza");
  const shown = await agent(`GET /api/v1/conversations/${thread}`);
  expect(shown.at("contact.name")).toBe("Rita Souza");
});

test("a person's first conversation out of sight takes the person with it", async () => {
  await using screen = await agentsScreen();
  const id = (await admin("POST /api/v1/contacts", { body: { name: "Ana" } })).at("id");
  await screen.waitFor("contact_created", ({ data }) => data["id"] === id);
  await conversation(id, await otherQueue("Diretoria"));
  await screen.waitFor("contact_deleted", ({ data }) => data["contact_id"] === id);
});

test("of two persons that were made one, the other is gone from every view, also where the one is not seen", async () => {
  const [winner, loser] = [await person("Bia"), await person("Bia Lima")];
  const queue_id = await otherQueue("Compras");
  for (const { thread } of [winner, loser]) {
    await admin(`POST /api/v1/conversations/${thread}/transfer`, { body: { queue_id } });
  }
  await using screen = await agentsScreen();
  await admin(`POST /api/v1/contacts/${winner.id}/merge`, { body: { contact_id: loser.id } });
  await screen.waitFor("contact_deleted", ({ data }) => data["contact_id"] === loser.id);
  expect(screen.of("contact_merged")).toEqual([]);
});
