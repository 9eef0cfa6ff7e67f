import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../tests/support/company.ts";
import {
  type DialectClient,
  dialectClient,
  returningClient,
  standing,
} from "../../tests/support/dialect-client.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
  shown,
} from "../../tests/support/realtime.ts";
import { eventually } from "../../tests/support/wait.ts";
import { append } from "../events/append.ts";
import { dialectNames } from "./dialect.ts";

let server: RealtimeServer;
let company: SeededCompany;

beforeEach(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context);
});
afterEach(() => server[Symbol.asyncDispose]());

test("a committed message reaches everybody in the company once, with its place in the log", async () => {
  const conversationId = await openConversation(server, company);
  await server.bus.settled();
  const [ana, bruno] = [await server.connect(company.agent), await server.connect(company.admin)];

  await addMessage(server, company, { conversationId, content: "oi" });

  const frame = await ana.waitFor("message_received");
  expect(frame.data["content"]).toBe("oi");
  expect(frame.seq).toBe(server.bus.head(company.id));
  await bruno.waitFor("message_received");
  expect(shown(ana)).toEqual(["oi"]);
  expect(shown(bruno)).toEqual(["oi"]);
});

test("nothing of a rolled-back change is published", async () => {
  const conversationId = await openConversation(server, company);
  await server.bus.settled();
  const ana = await server.connect(company.agent);
  await server.context.sql
    .transaction(async (tx) => {
      const data = { conversation_id: conversationId, by: null, position: 1 };
      await append(tx, company.id, { type: "conversation.read", data, at: 0 });
      throw new Error("changed my mind");
    })
    .catch(() => undefined);
  await addMessage(server, company, { conversationId, content: "depois" });
  await ana.waitFor("message_received");
  expect(ana.of("read")).toEqual([]);
});

test("another company learns nothing", async () => {
  const other = await seedCompany(server.context);
  const stranger = await server.connect(other.admin);
  const conversationId = await openConversation(server, company);
  await addMessage(server, company, { conversationId, content: "segredo" });
  await server.bus.settled();

  const own = await openConversation(server, other);
  await addMessage(server, other, { conversationId: own, content: "nosso" });
  await stranger.waitFor("message_received");

  expect(JSON.stringify(stranger.frames)).not.toContain("segredo");
  expect(JSON.stringify(stranger.frames)).not.toContain(conversationId);
});

test("a private note reaches who attends, and no viewer", async () => {
  const conversationId = await openConversation(server, company);
  await server.bus.settled();
  const [agent, viewer] = [await server.connect(company.agent), await server.connect(company.viewer)];
  await addMessage(server, company, { conversationId, content: "cliente difícil", type: "note" });
  await addMessage(server, company, { conversationId, content: "olá" });
  await viewer.waitFor("message_received");
  expect(shown(agent)).toEqual(["cliente difícil", "olá"]);
  expect(shown(viewer)).toEqual(["olá"]);
});

describe("where agents see their own queues only", () => {
  beforeEach(async () => {
    await server.context.sql.transaction((tx) =>
      tx.run("UPDATE companies SET visibility = 'queue' WHERE id = $1", [company.id]),
    );
  });

  test("an agent outside the queue gets nothing, until the conversation is assigned to him", async () => {
    const outsider = await seedUser(server.context, company.id, { role: "agent", visibility: "queue" });
    const conversationId = await openConversation(server, company, { queueId: company.queueId });
    await server.bus.settled();
    const client = await server.connect(outsider);
    const insider = await server.connect({ ...company.agent, visibility: "queue" });
    await addMessage(server, company, { conversationId, content: "um" });
    await insider.waitFor("message_received");
    expect(shown(client)).toEqual([]);

    await assign(conversationId, outsider.userId);
    await addMessage(server, company, { conversationId, content: "dois" });
    await client.waitFor("message_received");
    expect(shown(client)).toEqual(["dois"]);
    await insider.waitFor("message_received", ({ data }) => data["content"] === "dois");
    expect(shown(insider)).toEqual(["um", "dois"]);
  });

  test("a conversation that leaves an agent's view is taken away, and its room with it", async () => {
    const first = await seedUser(server.context, company.id, { role: "agent", visibility: "queue" });
    const second = await seedUser(server.context, company.id, { role: "agent", visibility: "queue" });
    const conversationId = await openConversation(server, company, {
      queueId: company.queueId,
      assigneeId: first.userId,
    });
    await server.bus.settled();
    const client = await server.connect(first);
    client.send("subscribe", { conversation_id: conversationId });
    await client.waitFor("subscribed");

    await assign(conversationId, second.userId, first.userId);

    const removed = await client.waitFor("conversation_removed");
    expect(removed.data).toEqual({ conversation_id: conversationId });
    client.send("subscribe", { conversation_id: conversationId });
    const error = await client.waitFor("error");
    expect(error.data["code"]).toBe("not_found");
  });

  test.each(dialectNames.map((name) => [name] as const))(
    "and %s has the same word for it, at once and when it is caught up with",
    async (dialect) => {
      const first = await seedUser(server.context, company.id, { role: "agent", visibility: "assigned" });
      const second = await seedUser(server.context, company.id, { role: "agent", visibility: "assigned" });
      const conversationId = await openConversation(server, company, {
        queueId: company.queueId,
        assigneeId: first.userId,
      });
      await server.bus.settled();
      await using here = await dialectClient(server, dialect, first);
      const place = standing(here);

      await assign(conversationId, second.userId, first.userId);

      const removedOf = (client: DialectClient) =>
        client.heard().filter(({ name }) => name === "conversation_removed");
      await eventually("it to be taken away", () => removedOf(here).length > 0);
      await using back = await returningClient(server, dialect, { caller: first, ...place });
      const data = { conversation_id: conversationId };
      expect([here, back].map(removedOf)).toMatchObject([[{ data }], [{ data }]]);
    },
  );

  async function assign(
    conversationId: Awaited<ReturnType<typeof openConversation>>,
    assigneeId: SeededCompany["agent"]["userId"],
    was: SeededCompany["agent"]["userId"] | null = null,
  ): Promise<void> {
    await server.context.sql.transaction(async (tx) => {
      await tx.run("UPDATE conversations SET assignee_id = $1 WHERE id = $2", [assigneeId, conversationId]);
      const before = { queue_id: company.queueId, assignee_id: was };
      const data = { conversation_id: conversationId, assignee_id: assigneeId, by: null, before };
      await append(tx, company.id, { type: "conversation.assigned", data, at: 0 });
      const fields = ["assignee_id"] as const;
      await append(tx, company.id, {
        type: "conversation.updated",
        data: { conversation_id: conversationId, fields },
        at: 0,
      });
    });
  }
});
