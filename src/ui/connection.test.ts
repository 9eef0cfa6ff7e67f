import { afterEach, expect, test } from "bun:test";

import { eventually } from "../../tests/support/wait.ts";
import type { Frame } from "../contract/events.ts";
import type { Cursor } from "./connection-types.ts";
import { Connection } from "./connection.ts";
import { message } from "./testing/samples.ts";

type Auth = {
  readonly token: string;
  readonly since?: number;
  readonly epoch?: string;
  readonly rooms: string[];
};
type Socket = Bun.ServerWebSocket<undefined>;

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

/** A server that hands each `auth` to the test, which answers as the real one might. */
function serve(onAuth: (socket: Socket, auth: Auth, nth: number) => void) {
  const auths: Auth[] = [];
  const server = Bun.serve<undefined>({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, self) =>
      self.upgrade(request, { data: undefined }) ? undefined : new Response("", { status: 400 }),
    websocket: {
      message(socket, text) {
        const frame: { readonly type: string; readonly data: Auth } = JSON.parse(String(text));
        if (frame.type !== "auth") return;
        auths.push(frame.data);
        onAuth(socket, frame.data, auths.length);
      },
    },
  });
  ended.push(() => void server.stop(true));
  return { auths, address: `ws://127.0.0.1:${server.port}` };
}

function send(
  socket: Socket,
  frame: { readonly type: string; readonly data: unknown; readonly seq?: number },
): void {
  socket.send(JSON.stringify(frame));
}

function sendMessage(socket: Socket, seq: number): void {
  send(socket, { type: "message_received", data: message(`m${seq}`), seq });
}

function ready(socket: Socket, seq: number, resumed: boolean): void {
  send(socket, { type: "ready", data: { user_id: "u", epoch: "e", seq, resumed } });
}

function connect(address: string, options: { readonly cursors?: readonly Cursor[] } = {}) {
  const frames: Frame[] = [];
  const seen = { reloads: 0, renewals: 0 };
  const cursors = [...(options.cursors ?? [{ since: 10, epoch: "e" }])];
  const connection = new Connection({
    address,
    token: async (renew) => {
      if (renew) seen.renewals += 1;
      return "token";
    },
    onFrame: (frame) => frames.push(frame),
    onSignal: () => undefined,
    reload: async () => {
      seen.reloads += 1;
      return (cursors.length > 1 ? cursors.shift() : cursors[0]) ?? { since: 0, epoch: "e" };
    },
    poll: () => Promise.reject(new Error("not asked for")),
    delay: () => 5,
  });
  ended.push(() => connection.stop());
  void connection.start();
  return { connection, frames, seen };
}

test("resumes from where the pages were true, and later from the last event it got", async () => {
  const { auths, address } = serve((socket, auth, nth) => {
    if (nth === 1) {
      ready(socket, 10, true);
      sendMessage(socket, 14);
      socket.close(1012);
    } else ready(socket, auth.since ?? 0, true);
  });
  const { connection, seen } = connect(address);
  await eventually(
    "the state that the test waits for",
    () => auths.length === 2 && connection.value.at === "connected",
  );
  expect(auths.map(({ since, epoch }) => ({ since, epoch }))).toEqual([
    { since: 10, epoch: "e" },
    { since: 14, epoch: "e" },
  ]);
  expect(seen.reloads).toBe(1);
});

test("a fresh token goes over the same line before the old one ends", async () => {
  const { auths, address } = serve((socket, _auth, nth) => {
    if (nth === 1) ready(socket, 10, true);
  });
  let token = "first";
  const connection = new Connection({
    address,
    token: async () => token,
    onFrame: () => undefined,
    onSignal: () => undefined,
    reload: async () => ({ since: 10, epoch: "e" }),
    poll: () => Promise.reject(new Error("not asked for")),
    renewEveryMs: 5,
  });
  ended.push(() => connection.stop());
  void connection.start();
  await eventually("the connection", () => connection.value.at === "connected");
  token = "second";
  await eventually("the second token", () => auths.length === 2);
  expect(auths.map((auth) => auth.token)).toEqual(["first", "second"]);
  expect(connection.value.at).toBe("connected");
});

test("says after a cut how many messages it recovered", async () => {
  const { address } = serve((socket, _auth, nth) => {
    if (nth === 2) for (const seq of [11, 12, 13]) sendMessage(socket, seq);
    ready(socket, nth === 2 ? 13 : 10, true);
    if (nth === 1) socket.close(1012);
  });
  const { connection, frames } = connect(address);
  await eventually(
    "the state that the test waits for",
    () => connection.value.at === "connected" && connection.value.recovered !== null,
  );
  expect(connection.value).toMatchObject({ recovered: { messages: 3 } });
  expect(frames.map(({ seq }) => seq)).toEqual([11, 12, 13]);
});

test("a tick moves where it would resume from, so that an idle client misses nothing and asks for little", async () => {
  const { auths, address } = serve((socket, _auth, nth) => {
    ready(socket, 10, true);
    if (nth > 1) return;
    send(socket, { type: "tick", data: { seq: 400 } });
    socket.close(1012);
  });
  connect(address);
  await eventually("the state that the test waits for", () => auths.length === 2);
  expect(auths[1]?.since).toBe(400);
});

test("a cut in the middle of a replay goes on where the replay stopped", async () => {
  const { auths, address } = serve((socket, auth, nth) => {
    if (nth === 1) {
      sendMessage(socket, 11);
      socket.close(4409);
    } else {
      sendMessage(socket, 12);
      ready(socket, 12, true);
    }
    expect(auth.token).toBe("token");
  });
  const { frames } = connect(address);
  await eventually("the state that the test waits for", () => frames.length === 2);
  expect(auths[1]?.since).toBe(11);
  expect(frames.map(({ seq }) => seq)).toEqual([11, 12]);
});

test("loads everything anew when the server cannot resume, and when it says that rights have changed", async () => {
  const { address } = serve((socket) => {
    ready(socket, 10, false);
    send(socket, { type: "resync", data: { reason: "rights" } });
  });
  const { seen } = connect(address);
  // The first load, the one after `resumed: false`, the one after `resync`.
  await eventually("the state that the test waits for", () => seen.reloads === 3);
});

test("a refused token is renewed before the next attempt", async () => {
  const { auths, address } = serve((socket, _auth, nth) => {
    if (nth === 1) socket.close(4401);
    else ready(socket, 10, true);
  });
  const { seen } = connect(address);
  await eventually("the state that the test waits for", () => auths.length === 2);
  expect(seen.renewals).toBe(1);
});

test("conversations that are open are joined again with the reconnection", async () => {
  const { auths, address } = serve((socket, _auth, nth) => {
    ready(socket, 10, true);
    if (nth === 1) setTimeout(() => socket.close(1012), 30);
  });
  const { connection } = connect(address);
  connection.join(message("m1").conversation_id);
  await eventually("the state that the test waits for", () => auths.length === 2);
  expect(auths[1]?.rooms).toEqual(["c1"]);
});

test("polls where sockets can't be opened, and goes on from where the last answer ended", async () => {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response("no", { status: 400 }),
  });
  ended.push(() => void server.stop(true));
  const asked: Cursor[] = [];
  const connection = new Connection({
    address: `ws://127.0.0.1:${server.port}`,
    token: async () => "token",
    onFrame: () => undefined,
    onSignal: () => undefined,
    reload: async () => ({ since: 10, epoch: "e" }),
    poll: async (cursor, signal) => {
      asked.push(cursor);
      if (asked.length === 2) return "reload";
      if (asked.length > 3) await new Promise((_, reject) => signal.addEventListener("abort", reject));
      return { since: cursor.since + 5, epoch: "e" };
    },
    delay: () => 5,
  });
  ended.push(() => connection.stop());
  void connection.start();
  await eventually("four polls", () => asked.length === 4);
  expect(connection.value).toEqual({ at: "polling" });
  // From 10 to 15; told to load anew, which gives 10 again; then on to 15.
  expect(asked.map(({ since }) => since)).toEqual([10, 15, 10, 15]);
});

test("a server that was away for long is on the socket again with the first request that gets through", async () => {
  let away = true;
  const server = Bun.serve<undefined>({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, self) =>
      !away && self.upgrade(request, { data: undefined }) ? undefined : new Response("", { status: 400 }),
    websocket: { message: (socket) => ready(socket, 15, true) },
  });
  ended.push(() => void server.stop(true));
  const states: string[] = [];
  const connection = new Connection({
    address: `ws://127.0.0.1:${server.port}`,
    token: async () => "token",
    onFrame: () => undefined,
    onSignal: () => undefined,
    reload: async () => ({ since: 10, epoch: "e" }),
    poll: async (cursor) => {
      away = false;
      return { since: cursor.since + 5, epoch: "e" };
    },
    delay: () => 5,
  });
  ended.push(() => connection.stop());
  connection.subscribe(() => states.push(connection.value.at));
  void connection.start();
  await eventually("the socket", () => connection.value.at === "connected");
  expect(away).toBe(false);
  expect(states).not.toContain("polling");
});

test("waits with a growing, bounded and scattered delay", async () => {
  const { backoffMs } = await import("./backoff.ts");
  expect(backoffMs(0, () => 1)).toBe(300);
  expect(backoffMs(0, () => 0)).toBe(150);
  expect(backoffMs(20, () => 1)).toBe(10_000);
});
