import { afterEach, beforeEach, expect, test } from "bun:test";

import type { RunningServer } from "../../src/compose/server.ts";
import { dialectNames } from "../../src/realtime/dialect.ts";
import { send, tokenFor } from "../support/api.ts";
import { seedCompany, type SeededCompany } from "../support/company.ts";
import { receiveText, seedConversation } from "../support/conversations.ts";
import { dialectClientAt, standing } from "../support/dialect-client.ts";
import { RawClient } from "../support/raw-client.ts";
import { startWholeServer } from "../support/server.ts";

let server: RunningServer & { dispose(): Promise<void> };
let company: SeededCompany;
let token: string;

beforeEach(async () => {
  server = await startWholeServer();
  company = await seedCompany(server.storage.context);
  token = await tokenFor(server.storage.context, company.admin);
});
afterEach(() => server.dispose());

const stats = (as = token) => send(server.url, "GET /api/v1/realtime/stats", { token: as });

test("the monitor shows who is connected, and how many in each dialect", async () => {
  const clients = await Promise.all(dialectNames.map((name) => dialectClientAt(server.url, name, { token })));
  const { body } = await stats();
  expect(body).toMatchObject({
    totalConnections: 4,
    by_dialect: { conversations: 1, atendimento: 1, pytake: 1, syszap: 1 },
    messages_per_minute: 0,
    latency_ms: null,
    connections: clients.map(() => ({ companyId: company.id, userId: company.admin.userId, room_count: 0 })),
  });
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
});

test("it counts messages, returns, reloads and refusals, each once", async () => {
  const { context } = server.storage;
  const conversationId = await seedConversation(context, company);
  const client = await dialectClientAt(server.url, "conversations", { token });
  await receiveText(context, { companyId: company.id }, { conversationId, text: "oi" });
  await client.upToDate();
  const place = standing(client);
  await client[Symbol.asyncDispose]();
  for (const since of [place, { ...place, epoch: "another" }]) {
    await using _back = await dialectClientAt(server.url, "conversations", { token, ...since });
  }
  const forged = new RawClient(`${server.url.replace("http", "ws")}/ws?token=forged`);
  expect((await forged.waitForClose()).code).toBe(4401);
  expect((await stats()).body).toMatchObject({
    resumes: 1,
    resyncs: 1,
    auth_failures: 1,
    messages_per_minute: 1,
  });
});

test("it shows nothing of another company, and nothing at all to who is no admin", async () => {
  const { context } = server.storage;
  const other = await seedCompany(context, { phoneNumberId: "2" });
  await using _client = await dialectClientAt(server.url, "pytake", { token });
  const theirs = await stats(await tokenFor(context, other.admin));
  expect(theirs.body).toMatchObject({ totalConnections: 0, connections: [], messages_per_minute: 0 });
  expect(theirs.text).not.toContain(company.id);
  for (const caller of [company.supervisor, company.agent, company.viewer]) {
    expect((await stats(await tokenFor(context, caller))).status).toBe(403);
  }
});
