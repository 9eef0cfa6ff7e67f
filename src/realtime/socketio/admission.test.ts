import { describe, expect, test } from "bun:test";

import { SocketClient } from "../../../tests/support/socket-client.ts";
import { eventually } from "../../../tests/support/wait.ts";
import { stageForEachTest } from "./testing/stage.ts";

const minute = 60_000;
const stage = stageForEachTest();

describe("who comes in", () => {
  test("nobody without a token", async () => {
    const { address } = stage();
    using client = new SocketClient(address);
    const { message, code } = await client.waitForRefusal();
    expect(message).toContain("Unauthorized");
    expect(code).toBe("unauthorized");
  });

  test("nobody with a token that is none", async () => {
    const { address } = stage();
    using client = new SocketClient(`${address}/atendimento`, { auth: { token: "forged" } });
    expect(await client.waitForRefusal()).toEqual({ message: "Token inválido", code: "token_invalid" });
  });

  test("an agent with his token in a header", async () => {
    const { server, company, address } = stage();
    const extraHeaders = { Authorization: `Bearer ${server.tokenOf(company.agent)}` };
    using client = new SocketClient(address, { mode: "polling", settings: { extraHeaders } });
    expect(await client.waitFor("ready")).toMatchObject({ user_id: company.agent.userId });
  });

  test("an agent with a token in the query, if it ends within 15 minutes", async () => {
    const { server, company, address } = stage();
    const soon = server.tokenOf(company.agent, Date.now() + 14 * minute);
    using client = new SocketClient(address, { settings: { query: { token: soon } } });
    await client.waitFor("ready");
  });

  test.each([
    ["ends later", Date.now() + 60 * minute],
    ["never ends", undefined],
  ])("nobody with a token in the query that %s", async (_when, expiresAt) => {
    const { server, company, address } = stage();
    const token = server.tokenOf(company.agent, expiresAt);
    using client = new SocketClient(address, { settings: { query: { token } } });
    expect((await client.waitForRefusal()).code).toBe("token_invalid");
  });

  test("nobody whose session ends while he is being let in", async () => {
    const { server, company, address } = stage();
    const token = server.tokenOf(company.agent);
    server.change(company.agent, null);
    using client = new SocketClient(address, { auth: { token } });
    expect(await client.waitForGoodbye()).toBe("io server disconnect");
    expect(client.of("ready")).toEqual([]);
    await eventually("nobody", () => [...server.realtime.registry.all()].length === 0);
  });

  test("a user's 50 connections, but not one more", async () => {
    const { server, company, address, connect, untilNothingIsLeft } = stage();
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
    const { server, address } = stage();
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
    const { address } = stage();
    const answer = await fetch(`${address}/socket.io/?EIO=4&transport=polling`, {
      headers: { Origin: address },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe(address);
    expect(answer.headers.get("access-control-allow-credentials")).toBe("true");
  });

  test("not a hundred strangers from one address, and the place of those who have gone is free again", async () => {
    const { address } = stage();
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

test("a token that has ended closes the transport: the client comes back, and is asked again", async () => {
  const { server, company, address } = stage();
  const token = server.tokenOf(company.agent, Date.now() + 50);
  using ana = new SocketClient(address, { auth: { token } });
  await ana.waitFor("ready");
  expect(await ana.waitForGoodbye()).toBe("transport close");
  await eventually("the return", () => ana.of("ready").length > 1);
}, 15_000);
