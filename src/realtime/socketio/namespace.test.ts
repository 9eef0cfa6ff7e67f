import { describe, expect, test } from "bun:test";

import { seedCompany, seedUser } from "../../../tests/support/company.ts";
import { addMessage, openConversation } from "../../../tests/support/realtime.ts";
import { modes, SocketClient } from "../../../tests/support/socket-client.ts";
import { eventually } from "../../../tests/support/wait.ts";
import { stageForEachTest } from "./testing/stage.ts";

const stage = stageForEachTest();

function contents(client: SocketClient): readonly unknown[] {
  return client.of("message_received").map(({ args }) => (args[0] as { content: unknown }).content);
}

describe.each(modes)("over %s", (mode) => {
  test("a message reaches its reader once, greeting and ready before it", async () => {
    const { server, company, connect } = stage();
    const conversationId = await openConversation(server, company);
    await server.bus.settled();
    using ana = await connect(company.agent, { mode });
    await addMessage(server, company, { conversationId, content: "oi" });
    await ana.settled(mode);
    await addMessage(server, company, { conversationId, content: "tudo bem?" });
    await ana.waitFor("message_received", ({ content }) => content === "tudo bem?");
    expect(contents(ana)).toEqual(["oi", "tudo bem?"]);
    expect(ana.heard.slice(0, 2).map(({ name }) => name)).toEqual(["connected", "ready"]);
    expect(ana.of("message_received")[0]?.args).toHaveLength(1);
  });

  test("whoever asks for it gets the place in the log as a last argument", async () => {
    const { server, company, connect } = stage();
    const conversationId = await openConversation(server, company);
    await server.bus.settled();
    using ana = await connect(company.agent, { mode, auth: { resume: true } });
    await addMessage(server, company, { conversationId, content: "oi" });
    await ana.waitFor("message_received");
    const seq = server.bus.head(company.id);
    expect(ana.of("message_received")[0]?.args[1]).toEqual({ seq, last: true });
  });

  test("a client that was away gets what it missed, in order, and nothing twice", async () => {
    const { server, company, address } = stage();
    const conversationId = await openConversation(server, company);
    await server.bus.settled();
    const stoppedAt: { since?: unknown; epoch?: unknown } = {};
    const token = server.tokenOf(company.agent);
    using ana = new SocketClient(address, { mode, auth: () => ({ token, resume: true, ...stoppedAt }) });
    const { epoch, seq } = await ana.waitFor("ready");
    Object.assign(stoppedAt, { epoch, since: seq });
    for (let round = 0; round < 5; round += 1) {
      await ana.drop();
      await addMessage(server, company, { conversationId, content: `${round}` });
      await server.bus.settled();
      await eventually("the return", () => ana.of("ready").length === round + 2);
      stoppedAt.since = server.bus.head(company.id);
    }
    expect(contents(ana)).toEqual(["0", "1", "2", "3", "4"]);
    expect(ana.of("ready").map(({ args }) => (args[0] as { resumed: unknown }).resumed)).toEqual([
      null,
      ...Array.from({ length: 5 }, () => true),
    ]);
  });

  test("typing goes to the others in the room, not to whoever types", async () => {
    const { server, company, connect } = stage();
    const id = await openConversation(server, company);
    using ana = await connect(company.agent, { mode });
    using bruno = await connect(company.admin, { mode });
    using carla = await connect(company.supervisor, { mode });
    expect(await ana.socket.emitWithAck("join", { id })).toEqual({ success: true });
    await bruno.socket.emitWithAck("join", { id });
    await ana.settled(mode);
    ana.socket.emit("typing", { id });
    await bruno.waitFor("agent_typing");
    bruno.socket.emit("typing", { id });
    await ana.waitFor("agent_typing");
    expect(ana.of("agent_typing").map(({ args }) => args[0])).toEqual([
      { conversation_id: id, user_id: company.admin.userId, typing: true },
    ]);
    expect(carla.of("agent_typing")).toEqual([]);
  });

  test("whoever has left a room gets nothing of it any more", async () => {
    const { server, company, connect } = stage();
    const id = await openConversation(server, company);
    using ana = await connect(company.agent, { mode });
    using bruno = await connect(company.admin, { mode });
    for (const client of [ana, bruno]) await client.socket.emitWithAck("join", { id });
    await ana.socket.emitWithAck("leave", { id });
    const third = await seedUser(server.context, company.id, { role: "agent" });
    using carla = await connect(third, { mode });
    carla.socket.emit("typing", { id });
    await bruno.waitFor("agent_typing");
    expect(ana.of("agent_typing")).toEqual([]);
  });

  test("a revoked session ends for good, and hears nothing after", async () => {
    const { server, company, connect } = stage();
    const conversationId = await openConversation(server, company);
    using ana = await connect(company.agent, { mode });
    using bruno = await connect(company.admin, { mode });
    server.context.revocations.tell({ kind: "user", userId: company.agent.userId });
    expect(await ana.waitForGoodbye()).toBe("io server disconnect");
    await addMessage(server, company, { conversationId, content: "segredo" });
    await bruno.waitFor("message_received");
    expect(contents(ana)).toEqual([]);
    expect(ana.socket.active).toBe(false);
  });

  test("a restart closes the transport, so that clients come back by themselves", async () => {
    const { server, company, connect } = stage();
    using ana = await connect(company.agent, { mode });
    await ana.settled(mode);
    server.realtime.socketIo.stop();
    expect(await ana.waitForGoodbye()).toMatch(/^transport (close|error)$/);
    expect(ana.socket.active).toBe(true);
  });

  test("nothing stays of clients that have gone, however they went", async () => {
    const { server, company, connect, untilNothingIsLeft } = stage();
    const clients = await Promise.all(
      Array.from({ length: 12 }, () => connect(company.agent, { mode, settings: { reconnection: false } })),
    );
    const id = await openConversation(server, company);
    await Promise.all(clients.map(({ socket }) => socket.emitWithAck("join", { id })));
    await Promise.all(
      clients.map((client, index) => (index % 2 === 0 ? client.drop() : client.socket.disconnect())),
    );
    await untilNothingIsLeft();
  });
});

describe("commands", () => {
  test("of another company's conversation are answered as those of none", async () => {
    const { server, company, connect } = stage();
    const other = await seedCompany(server.context);
    const foreign = await openConversation(server, other);
    using ana = await connect(company.agent);
    const answers = [
      await ana.socket.emitWithAck("join", { id: foreign }),
      await ana.socket.emitWithAck("join", { id: "nothing" }),
    ];
    expect(answers).toEqual(Array.from({ length: 2 }, () => ({ success: false, error: "not_found" })));
  });

  test.each([
    ["an unknown name", ["shutdown", { id: "1" }]],
    ["the name of a method", ["constructor", {}]],
    ["a number for a name", [42]],
    ["no argument", ["join"]],
    ["an argument of another kind", ["join", [["id"]]]],
    ["a field of another kind", ["join", { id: { $gt: "" } }]],
  ])("with %s are refused, and the connection stays", async (_what, [name, ...args]) => {
    const { company, connect } = stage();
    using ana = await connect(company.agent);
    const answer: unknown = await ana.socket.emitWithAck(name as string, ...(args ?? []));
    expect(answer).toEqual({ success: false, error: "invalid_request" });
    expect(await ana.waitFor("error_told")).toEqual({ code: "invalid_request" });
    expect(ana.socket.connected).toBe(true);
  });

  test("that make no sense twenty times within ten seconds end the connection for good", async () => {
    const { company, connect } = stage();
    using ana = await connect(company.agent);
    for (let count = 0; count < 20; count += 1) ana.socket.emit("nonsense", count);
    expect(await ana.waitForGoodbye()).toBe("io server disconnect");
    expect(ana.of("error_told").length).toBeLessThanOrEqual(20);
  });

  test("that are merely refused, however often, do not end it", async () => {
    const { company, connect } = stage();
    using ana = await connect(company.agent);
    for (let count = 0; count < 30; count += 1) await ana.socket.emitWithAck("join", { id: "gone" });
    expect(ana.socket.connected).toBe(true);
  });

  test("of one client are obeyed in order", async () => {
    const { server, company, connect } = stage();
    const ids = await Promise.all(Array.from({ length: 5 }, () => openConversation(server, company)));
    using ana = await connect(company.agent);
    for (const id of ids) ana.socket.emit("join", { id });
    await eventually("all answers", () => ana.of("joined").length === ids.length);
    expect(ana.of("joined").map(({ args }) => (args[0] as { id: unknown }).id)).toEqual(ids);
  });

  test("a fresh token of the same user renews", async () => {
    const { server, company, connect } = stage();
    using ana = await connect(company.agent);
    const token = server.tokenOf(company.agent);
    expect(await ana.socket.emitWithAck("auth", { token })).toEqual({ user_id: company.agent.userId });
    await ana.waitFor("auth_ok");
  });

  test("a token of somebody else ends the connection for good", async () => {
    const { server, company, connect } = stage();
    using ana = await connect(company.agent);
    ana.socket.emit("auth", { token: server.tokenOf(company.admin) });
    expect(await ana.waitForGoodbye()).toBe("io server disconnect");
  });
});

describe("two dialects on one connection", () => {
  /** Two namespaces that share what the client library calls a manager. */
  async function both() {
    const { server, company, address } = stage();
    const token = server.tokenOf(company.agent);
    const pytake = new SocketClient(address, { auth: { token } });
    const heard: string[] = [];
    const atendimento = pytake.socket.io.socket("/atendimento", { auth: { token } });
    atendimento.onAny((name: string) => void heard.push(name));
    atendimento.connect();
    await pytake.waitFor("ready");
    await eventually("both", () => heard.includes("ready"));
    return { pytake, atendimento, heard };
  }

  test("each get their events, and one may leave", async () => {
    const { server, company } = stage();
    const conversationId = await openConversation(server, company);
    await server.bus.settled();
    const { pytake, atendimento, heard } = await both();
    using _ = pytake;
    await addMessage(server, company, { conversationId, content: "um" });
    await pytake.waitFor("message_received");
    await eventually("the other's", () => heard.includes("message_received"));

    atendimento.disconnect();
    await eventually("one connection", () => [...server.realtime.registry.all()].length === 1);
    await addMessage(server, company, { conversationId, content: "dois" });
    await pytake.waitFor("message_received", ({ content }) => content === "dois");
    expect(heard.filter((name) => name === "message_received")).toHaveLength(1);
  });
});
