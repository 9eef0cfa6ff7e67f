import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { RawClient } from "../../../tests/support/raw-client.ts";
import { openConversation, type RealtimeServer, realtimeServer } from "../../../tests/support/realtime.ts";
import { eventually } from "../../../tests/support/wait.ts";
import { newId } from "../../lib/ids.ts";

let server: RealtimeServer;
let company: SeededCompany;

beforeEach(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context);
});
afterEach(() => server[Symbol.asyncDispose]());

describe("at the door", () => {
  test("the reference's `auth`, with its fields at the top level, lets an agent in", async () => {
    const client = new RawClient(server.url);
    await eventually("the opening", () => client.socket.readyState === WebSocket.OPEN);
    const token = server.tokenOf(company.agent);
    client.sendText(JSON.stringify({ type: "auth", token, user_id: company.agent.userId }));
    const ready = await client.waitFor("ready");
    expect(ready.data["user_id"]).toBe(company.agent.userId);
  });

  test("an Authorization header lets an agent in without a message", async () => {
    const headers = { Authorization: `Bearer ${server.tokenOf(company.agent)}` };
    await new RawClient(server.url, { headers }).waitFor("ready");
  });

  test("a wrong token is told so and closed with 4401", async () => {
    const client = new RawClient(server.url, { auth: { token: "forged" } });
    expect((await client.waitForClose()).code).toBe(4401);
    expect(client.frames).toEqual([
      { type: "error", data: { code: "token_invalid", message: expect.any(String) } },
    ]);
  });

  test("somebody else's user id is closed with 4403", async () => {
    const token = server.tokenOf(company.agent);
    const client = new RawClient(server.url, { auth: { token, user_id: company.admin.userId } });
    expect((await client.waitForClose()).code).toBe(4403);
  });

  test("a foreign Origin is refused before the upgrade", async () => {
    const response = await fetch(server.url.replace("ws:", "http:"), {
      headers: {
        Origin: "https://evil.example",
        Upgrade: "websocket",
        Connection: "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      },
    });
    expect(response.status).toBe(403);
    expect(server.realtime.raw.size).toBe(0);
  });

  test("commands before `auth` are refused and change nothing", async () => {
    const client = new RawClient(server.url);
    await eventually("the opening", () => client.socket.readyState === WebSocket.OPEN);
    client.send("subscribe", { conversation_id: newId<string>() });
    expect((await client.waitFor("error")).data["code"]).toBe("unauthorized");
  });

  test("the 101st stranger of one address is refused", async () => {
    const strangers = Array.from({ length: 100 }, () => new RawClient(server.url));
    await eventually("100 open sockets", () => server.realtime.raw.size === 100);
    const late = new RawClient(server.url);
    await late.waitForClose();
    expect(server.realtime.raw.size).toBe(100);
    await Promise.all(strangers.map((client) => client[Symbol.asyncDispose]()));
    await eventually(
      "no socket left",
      () => server.realtime.raw.size === 0 && server.realtime.raw.strangers === 0,
    );
  });

  test("the 51st connection of a user is closed with 4429, and the 50 stay", async () => {
    const clients = await Promise.all(Array.from({ length: 50 }, () => server.connect(company.agent)));
    const late = new RawClient(server.url, { auth: { token: server.tokenOf(company.agent) } });
    expect((await late.waitForClose()).code).toBe(4429);
    expect(clients.every(({ closed }) => closed === undefined)).toBe(true);
    expect(server.realtime.registry.count("conversations")).toBe(50);
  });
});

describe("bad frames", () => {
  test.each([
    ["no JSON", "{"],
    ["not an object", "[]"],
    ["an unknown type", '{"type":"drop_table","data":{}}'],
    ["a missing field", '{"type":"subscribe","data":{}}'],
    ["a wrong type of field", '{"type":"read","data":{"conversation_id":7}}'],
    ["an array as a type", '{"type":["auth"],"data":{}}'],
    ["a prototype", '{"type":"__proto__","data":{"__proto__":{"admin":true}}}'],
  ])("%s is answered with an error, and the connection stays", async (_what, text) => {
    const client = await server.connect(company.agent);
    client.sendText(text);
    await client.waitFor("error");
    client.send("ping");
    await client.waitFor("pong");
  });

  test("twenty of them in ten seconds are too many", async () => {
    const client = await server.connect(company.agent);
    for (let n = 0; n < 20; n += 1) client.sendText("nonsense");
    expect((await client.waitForClose()).code).toBe(4429);
  });

  test("asking for many conversations that are not there is no mistake", async () => {
    const client = await server.connect(company.agent);
    for (let n = 0; n < 25; n += 1) client.send("subscribe", { conversation_id: newId<string>() });
    await eventually("25 answers", () => client.of("error").length === 25);
    client.send("ping");
    await client.waitFor("pong");
  });

  test("a frame above 64 KiB ends the connection with 1009, and a neighbour notices nothing", async () => {
    const neighbour = await server.connect(company.admin);
    const client = await server.connect(company.agent);
    client.send("ping", { padding: "x".repeat(70_000) });
    expect((await client.waitForClose()).code).toBeOneOf([1009, 1006]);
    neighbour.send("ping");
    await neighbour.waitFor("pong");
  });

  test("unknown extra fields are ignored", async () => {
    const client = await server.connect(company.agent);
    client.sendText('{"type":"ping","data":{"more":1},"id":9}');
    await client.waitFor("pong");
    expect(client.of("error")).toEqual([]);
  });
});

describe("rooms", () => {
  test("a foreign conversation and one that does not exist give the same answer", async () => {
    const other = await seedCompany(server.context);
    const foreign = await openConversation(server, other);
    const client = await server.connect(company.agent);
    client.send("subscribe", { conversation_id: foreign });
    client.send("subscribe", { conversation_id: newId<string>() });
    await eventually("two answers", () => client.of("error").length === 2);
    const [first, second] = client.of("error");
    expect(first).toEqual(second as never);
  });

  test("the 101st room is refused", async () => {
    const ids = await Promise.all(Array.from({ length: 101 }, () => openConversation(server, company)));
    const client = await server.connect(company.agent);
    for (const id of ids.slice(0, 50)) client.send("subscribe", { conversation_id: id });
    await eventually("50 rooms", () => client.of("subscribed").length === 50);
    for (const id of ids.slice(50)) client.send("subscribe", { conversation_id: id });
    expect((await client.waitFor("error")).data["code"]).toBe("room_limit");
    expect(client.of("subscribed")).toHaveLength(100);
  });

  test("who looks at a conversation is shown to the others in it", async () => {
    const id = await openConversation(server, company);
    const [ana, bruno] = [await server.connect(company.agent), await server.connect(company.admin)];
    ana.send("subscribe", { conversation_id: id });
    await ana.waitFor("subscribed");
    bruno.send("subscribe", { conversation_id: id });
    const both = [company.agent.userId, company.admin.userId];
    await ana.waitFor("viewing", ({ data }) => JSON.stringify(data["user_ids"]) === JSON.stringify(both));
    bruno.socket.close();
    const after = (data: Readonly<Record<string, unknown>>) => JSON.stringify(data["user_ids"]);
    await eventually("Bruno to be gone", () => {
      const last = ana.of("viewing").at(-1);
      return last !== undefined && after(last.data) === JSON.stringify([company.agent.userId]);
    });
  });

  test("an agent's own typing does not come back to him", async () => {
    const id = await openConversation(server, company);
    const [ana, bruno] = [await server.connect(company.agent), await server.connect(company.admin)];
    for (const client of [ana, bruno]) {
      client.send("subscribe", { conversation_id: id });
      await client.waitFor("subscribed");
    }
    ana.send("typing_start", { conversation_id: id });
    await bruno.waitFor("agent_typing");
    expect(ana.of("agent_typing")).toEqual([]);
  });
});

describe("the end of a session", () => {
  test("a revoked session is cut with 4401", async () => {
    const client = await server.connect(company.agent);
    const { credential } = company.agent;
    if (credential.kind !== "session") throw new Error("not a session");
    server.context.revocations.tell({ kind: "sessions", sessionIds: [credential.sessionId] });
    expect((await client.waitForClose()).code).toBe(4401);
    expect(server.realtime.registry.count("conversations")).toBe(0);
  });

  test("a fresh token of the same user renews, one of another user is refused with 4403", async () => {
    const client = await server.connect(company.agent);
    client.send("auth", { token: server.tokenOf(company.agent) });
    await client.waitFor("auth_ok");
    client.send("auth", { token: server.tokenOf(company.admin) });
    expect((await client.waitForClose()).code).toBe(4403);
  });

  test("an expired token is noticed", async () => {
    const token = server.tokenOf(company.agent, Date.now() + 50);
    const client = new RawClient(server.url, { auth: { token } });
    await client.waitFor("ready");
    expect((await client.waitForClose()).code).toBe(4401);
  });

  test("a restart is told with 1012", async () => {
    const client = await server.connect(company.agent);
    server.realtime.stop();
    expect((await client.waitForClose()).code).toBe(1012);
  });
});

describe("presence", () => {
  test("a user is online from his first connection until the last has been gone for the grace time", async () => {
    const watcher = await server.connect(company.admin);
    const first = await server.connect(company.agent);
    await watcher.waitFor(
      "presence",
      ({ data }) => data["presence"] === "online" && data["user_id"] === company.agent.userId,
    );
    const second = await server.connect(company.agent);
    await first[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    await watcher.waitFor("presence", ({ data }) => data["presence"] === "offline");
    const his = watcher.of("presence").filter(({ data }) => data["user_id"] === company.agent.userId);
    expect(his.map(({ data }) => data["presence"])).toEqual(["online", "offline"]);
    await eventually(
      "nothing left of him",
      () => server.realtime.registry.ofUser(company.agent.userId).length === 0,
    );
  });
});
