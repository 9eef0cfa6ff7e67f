/** S3 of the security spec: what ends or narrows a connection, in every dialect, over the whole server. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import type { RunningServer } from "../../src/compose/server.ts";
import type { ConversationId } from "../../src/contract/ids.ts";
import { type DialectName, dialectNames } from "../../src/realtime/dialect.ts";
import { send, tokenFor } from "../support/api.ts";
import { seedCompany, type SeededCompany } from "../support/company.ts";
import { receiveText, seedConversation } from "../support/conversations.ts";
import { type DialectClient, dialectClientAt } from "../support/dialect-client.ts";
import { startWholeServer } from "../support/server.ts";
import { eventually } from "../support/wait.ts";

/** The contract's, in milliseconds. */
const WITHIN_MS = 5_000;

let server: RunningServer & { dispose(): Promise<void> };
let company: SeededCompany;
let admin: string;
let token: string;
let conversationId: ConversationId;
let clients: readonly DialectClient[] = [];

beforeEach(async () => {
  server = await startWholeServer();
  const { context } = server.storage;
  company = await seedCompany(context, { visibility: "queue" });
  conversationId = await seedConversation(context, company, { queueId: company.queueId });
  admin = await tokenFor(context, company.admin);
  token = await tokenFor(context, company.agent);
  clients = await connectAll(token);
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
  await server.dispose();
});

/** One of each dialect, in the conversation's room. */
function connectAll(as: string): Promise<readonly DialectClient[]> {
  return Promise.all(
    dialectNames.map((dialect) =>
      dialectClientAt(server.url, dialect, { token: as, rooms: [conversationId] }),
    ),
  );
}

const ends: Readonly<Record<DialectName, number | string>> = {
  conversations: 4401,
  syszap: 4401,
  atendimento: "io server disconnect",
  pytake: "io server disconnect",
};

async function allEnd(): Promise<void> {
  await eventually(
    "the end of all",
    () => clients.every((client) => client.ended() !== undefined),
    WITHIN_MS,
  );
  expect(clients.map((client) => [client.dialect, client.ended()])).toEqual(
    dialectNames.map((dialect) => [dialect, ends[dialect]]),
  );
}

const ask = (request: string, as: string, body?: object) =>
  send(server.url, request, { token: as, ...(body && { body }) });

describe("a connection ends", () => {
  test("when its session logs out, and not the user's others", async () => {
    const others = await connectAll(await tokenFor(server.storage.context, company.agent));
    expect((await ask("POST /api/v1/auth/logout", token)).status).toBeLessThan(300);
    await allEnd();
    await Promise.all(others.map((client) => client.upToDate()));
    expect(others.map((client) => client.ended())).toEqual(others.map(() => undefined));
    await Promise.all(others.map((client) => client[Symbol.asyncDispose]()));
  });

  test("when the user is deactivated", async () => {
    const path = `/api/v1/users/${company.agent.userId}`;
    expect((await ask(`PATCH ${path}`, admin, { active: false })).status).toBe(200);
    await allEnd();
  });

  test("when another session changes the user's password", async () => {
    const credentials = { email: "bia@example.com", password: "uma senha comprida" };
    const bia = { ...credentials, name: "Bia", role: "agent", queue_ids: [company.queueId] };
    expect((await ask("POST /api/v1/users", admin, bia)).status).toBe(201);
    const signIn = async () => (await ask("POST /api/v1/auth/login", "", credentials)).at("access_token");
    clients = await connectAll(await signIn());
    const change = { current_password: credentials.password, new_password: "outra senha comprida" };
    expect((await ask("POST /api/v1/auth/password", await signIn(), change)).status).toBeLessThan(300);
    await allEnd();
  });
});

test("who leaves the queue is told to load anew, and gets nothing of its conversations any more", async () => {
  const path = `/api/v1/queues/${company.queueId}`;
  expect((await ask(`PATCH ${path}`, admin, { member_ids: [] })).status).toBe(200);
  await eventually(
    "all to be told",
    () => clients.every((client) => client.heard().some(({ name }) => name === "resync")),
    WITHIN_MS,
  );
  const { context } = server.storage;
  const insiders = await connectAll(admin);
  await receiveText(context, { companyId: company.id }, { conversationId, text: "segredo" });
  await eventually("who may see it to get it", () =>
    insiders.every((client) => JSON.stringify(client.heard()).includes("segredo")),
  );
  await Promise.all(clients.map((client) => client.upToDate()));
  for (const client of clients) expect(JSON.stringify(client.heard())).not.toContain("segredo");
  const rejoined = clients
    .filter(({ dialect }) => dialect !== "syszap")
    .map((client) => client.join(conversationId));
  expect(await Promise.all(rejoined)).toEqual([false, false, false]);
  await Promise.all(insiders.map((client) => client[Symbol.asyncDispose]()));
});

test("reading a foreign conversation is refused as one that nobody has", async () => {
  const { context } = server.storage;
  const other = await seedCompany(context, { phoneNumberId: "2" });
  const theirs = await seedConversation(context, other);
  const conversations = clients.find(({ dialect }) => dialect === "conversations");
  const [foreign, nobodys] = [
    await conversations?.say("read", { conversation_id: theirs }),
    await conversations?.say("read", { conversation_id: "nobody's" }),
  ];
  expect(foreign).toMatchObject({ type: "error", data: { code: "not_found" } });
  expect(foreign).toEqual(nobodys);
});
