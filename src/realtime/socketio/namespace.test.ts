import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../tests/support/company.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../tests/support/realtime.ts";
import { modes, SocketClient, type SocketClientOptions } from "../../../tests/support/socket-client.ts";
import { eventually } from "../../../tests/support/wait.ts";
import type { Caller } from "../../auth/caller.ts";
import { sampleDialect } from "./testing/sample-dialect.ts";

const minute = 60_000;

let server: RealtimeServer;
let company: SeededCompany;
let address: string;

beforeEach(async () => {
  server = await realtimeServer({
    socketDialects: [sampleDialect("pytake", "/"), sampleDialect("atendimento", "/atendimento")],
  });
  company = await seedCompany(server.context);
  address = server.url.replace(/^ws(.*)\/api\/.*$/, "http$1");
});
afterEach(() => server[Symbol.asyncDispose]());

/** A client that has been let in and has read everything up to `ready`. */
async function connect(caller: Caller, options: SocketClientOptions = {}): Promise<SocketClient> {
  const token = server.tokenOf(caller);
  const auth = typeof options.auth === "object" ? options.auth : {};
  const client = new SocketClient(address, { ...options, auth: { token, ...auth } });
  await client.waitFor("ready");
  return client;
}

function contents(client: SocketClient): readonly unknown[] {
  return client.of("message_received").map(({ args }) => (args[0] as { content: unknown }).content);
}

async function untilNothingIsLeft(): Promise<void> {
  const { socketIo, registry } = server.realtime;
  const { topics } = socketIo.engine;
  await eventually(
    "the baseline",
    () => socketIo.engine.size === 0 && topics.polling.size === 0 && [...registry.all()].length === 0,
  );
}

describe("who comes in", () => {
  test("nobody without a token", async () => {
    using client = new SocketClient(address);
    const { message, code } = await client.waitForRefusal();
    expect(message).toContain("Unauthorized");
    expect(code).toBe("unauthorized");
  });

  test("nobody with a token that is none", async () => {
    using client = new SocketClient(`${address}/atendimento`, { auth: { token: "forged" } });
    expect(await client.waitForRefusal()).toEqual({ message: "Token inválido", code: "token_invalid" });
  });

  test("an agent with his token in a header", async () => {
    const extraHeaders = { Authorization: `Bearer ${server.tokenOf(company.agent)}` };
    using client = new SocketClient(address, { mode: "polling", settings: { extraHeaders } });
    expect(await client.waitFor("ready")).toMatchObject({ user_id: company.agent.userId });
  });

  test("an agent with a token in the query, if it ends within 15 minutes", async () => {
    const soon = server.tokenOf(company.agent, Date.now() + 14 * minute);
    using client = new SocketClient(address, { settings: { query: { token: soon } } });
    await client.waitFor("ready");
  });

  test.each([
    ["ends later", Date.now() + 60 * minute],
    ["never ends", undefined],
  ])("nobody with a token in the query that %s", async (_when, expiresAt) => {
    const token = server.tokenOf(company.agent, expiresAt);
    using client = new SocketClient(address, { settings: { query: { token } } });
    expect((await client.waitForRefusal()).code).toBe("token_invalid");
  });

  test("nobody whose session ends while he is being let in", async () => {
    const token = server.tokenOf(company.agent);
    server.change(company.agent, null);
    using client = new SocketClient(address, { auth: { token } });
    expect(await client.waitForGoodbye()).toBe("io server disconnect");
    expect(client.of("ready")).toEqual([]);
    await eventually("nobody", () => [...server.realtime.registry.all()].length === 0);
  });

  test("a user's 50 connections, but not one more", async () => {
    const clients = await Promise.all(
      Array.from({ length: 50 }, () => connect(company.agent, { mode: "websocket" })),
    );
    using one = new SocketClient(address, { auth: { token: server.tokenOf(company.agent) } });
    expect((await one.waitForRefusal()).code).toBe("connection_limit");
    for (const client of clients) client[Symbol.dispose]();
    one[Symbol.dispose]();
    await untilNothingIsLeft();
  });

  test.each([
    "https://evil.example",
    "http://evil.example",
    "null",
    "",
    "file://",
    "https://127.0.0.1.evil.example",
    "http://evil.example:80",
    "http://localhost.evil.example",
    "http://127.0.0.1@evil.example",
    "chrome-extension://abcdefgh",
    "//127.0.0.1",
    "http://127.0.0.1:1",
  ])("no page of the foreign origin '%s', on any route", async (origin) => {
    const upgrade = {
      Upgrade: "websocket",
      Connection: "Upgrade",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const ask = (query: string, method: string, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${address}/socket.io/?EIO=4&${query}`, { method, headers: { ...headers, Origin: origin } });
    const answers = await Promise.all([
      ask("transport=polling", "GET"),
      ask("transport=polling&sid=any", "GET"),
      ask("transport=polling&sid=any", "POST"),
      ask("transport=polling", "OPTIONS"),
      ask("transport=websocket", "GET", upgrade),
      ask("transport=websocket&sid=any", "GET", upgrade),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    expect(answers.some(({ headers }) => headers.has("access-control-allow-origin"))).toBe(false);
    expect(server.realtime.socketIo.engine.size).toBe(0);
  });

  test("a page of our own origin, with credentials", async () => {
    const answer = await fetch(`${address}/socket.io/?EIO=4&transport=polling`, {
      headers: { Origin: address },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe(address);
    expect(answer.headers.get("access-control-allow-credentials")).toBe("true");
  });

  test("not a hundred strangers from one address, and the place of those who have gone is free again", async () => {
    const open = () => fetch(`${address}/socket.io/?EIO=4&transport=polling`);
    const sids = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const text = await (await open()).text();
        return (JSON.parse(text.slice(1)) as { sid: string }).sid;
      }),
    );
    expect((await open()).status).toBe(429);
    await Promise.all(
      sids.map((sid) =>
        fetch(`${address}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: "POST", body: "1" }),
      ),
    );
    expect((await open()).status).toBe(200);
  });
});

describe.each(modes)("over %s", (mode) => {
  test("a message reaches its reader once, greeting and ready before it", async () => {
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
    const conversationId = await openConversation(server, company);
    await server.bus.settled();
    using ana = await connect(company.agent, { mode, auth: { resume: true } });
    await addMessage(server, company, { conversationId, content: "oi" });
    await ana.waitFor("message_received");
    const seq = server.bus.head(company.id);
    expect(ana.of("message_received")[0]?.args[1]).toEqual({ seq, last: true });
  });

  test("a client that was away gets what it missed, in order, and nothing twice", async () => {
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
    using ana = await connect(company.agent, { mode });
    await ana.settled(mode);
    server.realtime.socketIo.stop();
    expect(await ana.waitForGoodbye()).toMatch(/^transport (close|error)$/);
    expect(ana.socket.active).toBe(true);
  });

  test("nothing stays of clients that have gone, however they went", async () => {
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

test("a token that has ended closes the transport: the client comes back, and is asked again", async () => {
  const token = server.tokenOf(company.agent, Date.now() + 50);
  using ana = new SocketClient(address, { auth: { token } });
  await ana.waitFor("ready");
  expect(await ana.waitForGoodbye()).toBe("transport close");
  await eventually("the return", () => ana.of("ready").length > 1);
}, 15_000);

describe("commands", () => {
  test("of another company's conversation are answered as those of none", async () => {
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
    using ana = await connect(company.agent);
    const answer: unknown = await ana.socket.emitWithAck(name as string, ...(args ?? []));
    expect(answer).toEqual({ success: false, error: "invalid_request" });
    expect(await ana.waitFor("error_told")).toEqual({ code: "invalid_request" });
    expect(ana.socket.connected).toBe(true);
  });

  test("that make no sense twenty times within ten seconds end the connection for good", async () => {
    using ana = await connect(company.agent);
    for (let count = 0; count < 20; count += 1) ana.socket.emit("nonsense", count);
    expect(await ana.waitForGoodbye()).toBe("io server disconnect");
    expect(ana.of("error_told").length).toBeLessThanOrEqual(20);
  });

  test("that are merely refused, however often, do not end it", async () => {
    using ana = await connect(company.agent);
    for (let count = 0; count < 30; count += 1) await ana.socket.emitWithAck("join", { id: "gone" });
    expect(ana.socket.connected).toBe(true);
  });

  test("of one client are obeyed in order", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => openConversation(server, company)));
    using ana = await connect(company.agent);
    for (const id of ids) ana.socket.emit("join", { id });
    await eventually("all answers", () => ana.of("joined").length === ids.length);
    expect(ana.of("joined").map(({ args }) => (args[0] as { id: unknown }).id)).toEqual(ids);
  });

  test("a fresh token of the same user renews", async () => {
    using ana = await connect(company.agent);
    const token = server.tokenOf(company.agent);
    expect(await ana.socket.emitWithAck("auth", { token })).toEqual({ user_id: company.agent.userId });
    await ana.waitFor("auth_ok");
  });

  test("a token of somebody else ends the connection for good", async () => {
    using ana = await connect(company.agent);
    ana.socket.emit("auth", { token: server.tokenOf(company.admin) });
    expect(await ana.waitForGoodbye()).toBe("io server disconnect");
  });
});

describe("two dialects on one connection", () => {
  /** Two namespaces that share what the client library calls a manager. */
  async function both() {
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
