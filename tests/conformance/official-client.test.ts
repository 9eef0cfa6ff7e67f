/** What the unmodified socket.io-client must be able to do, over each of its transports. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { modes, SocketClient } from "../support/socket-client.ts";
import { eventually } from "../support/wait.ts";
import { behave } from "./behaviour.ts";
import { type SocketIoServer, socketIoServer } from "./server.ts";

let server: SocketIoServer;

beforeEach(() => {
  server = socketIoServer();
  behave(server.io);
});
afterEach(() => server[Symbol.asyncDispose]());

function connect(mode: (typeof modes)[number], namespace = ""): SocketClient {
  return new SocketClient(server.url + namespace, { mode });
}

async function untilNothingIsLeft(): Promise<void> {
  const { engine, io, strangers } = server;
  await eventually(
    "the baseline",
    () =>
      engine.size === 0 &&
      engine.topics.polling.size === 0 &&
      strangers.size === 0 &&
      io.of("/").adapter.rooms.size === 0 &&
      io.of("/").sockets.size === 0,
  );
}

const numbers = (client: SocketClient) => client.of("number").map(({ args }) => args[0]);
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

describe.each(modes)("over %s", (mode) => {
  test("a client reaches the transport of its mode", async () => {
    using client = connect(mode);
    await client.settled(mode);
  });

  test("acks go both ways, with whatever JSON can say", async () => {
    using client = connect(mode, "/atendimento");
    const said = { text: "olá 👋", list: [1, null, { deep: [true] }] };
    expect(await client.socket.emitWithAck("echo", said)).toEqual(said);
    client.socket.on("question", (ack: (answer: string) => void) => ack("sim"));
    expect(await server.io.of("/atendimento").timeout(5_000).emitWithAck("question")).toEqual(["sim"]);
  });

  test("bytes arrive as bytes, both ways", async () => {
    using client = connect(mode);
    const bytes = new Uint8Array(1_000).map((_, index) => index % 256);
    const back: unknown = await client.socket.emitWithAck("echo", {
      name: "foto",
      bytes: Buffer.from(bytes),
    });
    const { name, bytes: returned } = back as { name: string; bytes: Uint8Array };
    expect(name).toBe("foto");
    expect(new Uint8Array(returned)).toEqual(bytes);
  });

  test("a room's bytes reach all of its members whole", async () => {
    using ana = connect(mode);
    using bruno = connect(mode);
    for (const { socket } of [ana, bruno]) await socket.emitWithAck("join", "sala");
    server.io.to("sala").emit("file", Buffer.from([1, 2]), "between", Buffer.from([3]));
    for (const client of [ana, bruno]) {
      await client.waitFor("file");
      const [first, between, last] = client.of("file")[0]?.args ?? [];
      expect([new Uint8Array(first as Uint8Array), between, new Uint8Array(last as Uint8Array)]).toEqual([
        new Uint8Array([1, 2]),
        "between",
        new Uint8Array([3]),
      ]);
    }
  });

  test("what is sent while the transport changes arrives in order, once", async () => {
    using client = connect(mode);
    await eventually("the connection", () => client.socket.connected);
    let sent = 0;
    while (sent < 300 || client.transport !== (mode === "polling" ? "polling" : "websocket")) {
      server.io.emit("number", sent);
      sent += 1;
      if (sent % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually("all of it", () => client.of("number").length >= sent);
    expect(numbers(client)).toEqual(upTo(sent));
  });

  test("a thousand events of one turn arrive in order", async () => {
    using client = connect(mode);
    client.socket.emit("numbers", 1_000);
    await eventually("all of it", () => client.of("number").length >= 1_000);
    expect(numbers(client)).toEqual(upTo(1_000));
  });

  test("many events of the client arrive in order", async () => {
    const heard: unknown[] = [];
    server.io.on("connection", (socket) => socket.on("count", (number: unknown) => void heard.push(number)));
    using client = connect(mode);
    for (const number of upTo(500)) client.socket.emit("count", number);
    await eventually("all of it", () => heard.length >= 500);
    expect(heard).toEqual(upTo(500));
  });

  test("a room reaches its members and nobody else; the sender is left out", async () => {
    using ana = connect(mode);
    using bruno = connect(mode);
    using carla = connect(mode);
    await ana.socket.emitWithAck("join", "sala");
    await bruno.socket.emitWithAck("join", "sala");
    await carla.socket.emitWithAck("join", "outra");
    await ana.settled(mode);
    ana.socket.emit("others", "sala", "olá");
    await bruno.waitFor("said");
    server.io.emit("end");
    for (const client of [ana, bruno, carla]) await client.waitFor("end");
    expect([ana, bruno, carla].map((client) => client.of("said").length)).toEqual([0, 1, 0]);
  });

  test("whoever has left a room, or was taken out, hears nothing of it", async () => {
    using ana = connect(mode);
    using bruno = connect(mode);
    using carla = connect(mode);
    for (const { socket } of [ana, bruno, carla]) await socket.emitWithAck("join", "sala");
    await ana.socket.emitWithAck("leave", "sala");
    server.io.in(bruno.socket.id ?? "").socketsLeave("sala");
    server.io.to("sala").emit("said", "segredo");
    server.io.emit("end");
    for (const client of [ana, bruno, carla]) await client.waitFor("end");
    expect([ana, bruno, carla].map((client) => client.of("said").length)).toEqual([0, 0, 1]);
  });

  test("several rooms and any exception reach each socket once", async () => {
    using ana = connect(mode);
    using bruno = connect(mode);
    using carla = connect(mode);
    for (const { socket } of [ana, bruno, carla]) await socket.emitWithAck("join", "sala");
    for (const { socket } of [ana, bruno]) await socket.emitWithAck("join", "outra");
    await carla.socket.emitWithAck("join", "surda");
    server.io.to("sala").to("outra").except("surda").emit("said");
    server.io.emit("end");
    for (const client of [ana, bruno, carla]) await client.waitFor("end");
    expect([ana, bruno, carla].map((client) => client.of("said").length)).toEqual([1, 1, 0]);
  });

  test("a client that is thrown out of a namespace hears nothing of its rooms, and goes on in the other", async () => {
    using client = connect(mode);
    const other = client.socket.io.socket("/atendimento");
    const heard: string[] = [];
    other.onAny((name: string) => void heard.push(name));
    other.connect();
    await client.socket.emitWithAck("join", "sala");
    await other.emitWithAck("join", "sala");
    server.io.of("/atendimento").disconnectSockets();
    await eventually("the namespace to close", () => other.disconnected);
    server.io.of("/atendimento").to("sala").emit("said");
    server.io.of("/atendimento").emit("said");
    server.io.to("sala").emit("end");
    await client.waitFor("end");
    expect(heard).toEqual([]);
    expect(other.active).toBe(false);
  });

  test("a client that is thrown out for good does not come back", async () => {
    using client = connect(mode);
    await client.settled(mode);
    server.io.disconnectSockets(true);
    expect(await client.waitForGoodbye()).toBe("io server disconnect");
    expect(client.socket.active).toBe(false);
    await untilNothingIsLeft();
  });

  test("a client whose network breaks comes back", async () => {
    using client = connect(mode);
    await client.settled(mode);
    await client.drop();
    await eventually("the return", () => client.goodbyes.length === 1 && client.socket.connected);
  });

  test("what is volatile is sent when it can leave at once", async () => {
    using client = connect(mode);
    await client.settled(mode);
    await eventually("a volatile event", () => {
      server.io.volatile.emit("now");
      return client.of("now").length > 0;
    });
  });
});

test("a client outlives many heartbeats, and notices when there are none", async () => {
  await server[Symbol.asyncDispose]();
  server = socketIoServer({ limits: { pingEveryMs: 50, pingTimeoutMs: 2_000, inspectEveryMs: 10 } });
  using client = new SocketClient(server.url, { mode: "default" });
  let beats = 0;
  client.socket.io.on("ping", () => {
    beats += 1;
  });
  await eventually("ten beats", () => beats >= 10);
  expect(client.goodbyes).toEqual([]);
});

test("clients come back to a server that was restarted", async () => {
  const clients = modes.map((mode) => connect(mode));
  await eventually("all", () => clients.every(({ socket }) => socket.connected));
  const port = Number(new URL(server.url).port);
  await server[Symbol.asyncDispose]();
  await eventually("nobody", () => clients.every(({ socket }) => !socket.connected));
  server = socketIoServer({ port });
  await eventually("all again", () => clients.every(({ socket }) => socket.connected));
  for (const client of clients) client[Symbol.dispose]();
  await untilNothingIsLeft();
});

test("when a thousand clients are cut at once they all come back, and nothing of before is left", async () => {
  const count = 1_000;
  const clients = upTo(count).map((index) => connect(modes[index % modes.length] ?? "default"));
  await eventually("all", () => clients.every(({ socket }) => socket.connected), 30_000);
  await Promise.all(clients.map((client) => client.drop()));
  await eventually(
    "all again",
    () => clients.every(({ socket, goodbyes }) => goodbyes.length === 1 && socket.connected),
    30_000,
  );
  await eventually(
    "one session each",
    () => server.engine.size === count && server.io.of("/").sockets.size === count,
  );
  for (const client of clients) client[Symbol.dispose]();
  await untilNothingIsLeft();
}, 60_000);
