/** The cases of the Socket.IO protocol, revision 5, in our words: github.com/socketio/socket.io-protocol. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { openPolling, Wire } from "./protocol-client.ts";
import { quick, type SocketIoServer, socketIoServer } from "./server.ts";

const CONNECT_TIMEOUT_MS = 400;
const bytes = new Uint8Array([1, 2, 3]);

let server: SocketIoServer;
let endpoint: string;

beforeAll(() => {
  // Quiet enough that no ping gets in between.
  server = socketIoServer({
    limits: { ...quick, pingEveryMs: 5_000 },
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  });
  endpoint = `${server.url}/socket.io/`;
  for (const name of ["/", "/custom"]) {
    server.io.of(name).on("connection", (socket) => {
      socket.emit("auth", socket.handshake.auth);
      socket.on("message", (...args: unknown[]) => socket.emit("message-back", ...args));
      socket.on("message-with-ack", (...args: unknown[]) => {
        const ack = args.pop() as (...args: unknown[]) => void;
        ack(...args);
      });
      socket.on("ask-me", async () => {
        socket.emit("told", await socket.emitWithAck("question", "?"));
      });
    });
  }
});
afterAll(() => server[Symbol.asyncDispose]());

/** An open Engine.IO session without any namespace. */
async function openWire(): Promise<Wire> {
  const wire = new Wire(endpoint);
  expect(String(await wire.next())[0]).toBe("0");
  return wire;
}

/** In the default namespace, greeting and all read. */
async function connected(): Promise<Wire> {
  const wire = await openWire();
  wire.send("40");
  expect(String(await wire.next())).toStartWith("40{");
  expect(await wire.next()).toBe('42["auth",{}]');
  return wire;
}

describe("connecting", () => {
  test("to the default namespace is answered with an id", async () => {
    using wire = await openWire();
    wire.send("40");
    const answer = String(await wire.next());
    expect(answer).toStartWith("40");
    expect(JSON.parse(answer.slice(2))).toEqual({ sid: expect.any(String) });
  });

  test("to the default namespace hands over what the client brings", async () => {
    using wire = await openWire();
    wire.send('40{"token":"123"}');
    expect(String(await wire.next())).toStartWith('40{"sid":"');
    expect(await wire.next()).toBe('42["auth",{"token":"123"}]');
  });

  test("to another namespace is answered in it", async () => {
    using wire = await openWire();
    wire.send("40/custom,");
    expect(String(await wire.next())).toStartWith('40/custom,{"sid":"');
    expect(await wire.next()).toBe('42/custom,["auth",{}]');
  });

  test("to another namespace hands over what the client brings", async () => {
    using wire = await openWire();
    wire.send('40/custom,{"token":"abc"}');
    expect(String(await wire.next())).toStartWith('40/custom,{"sid":"');
    expect(await wire.next()).toBe('42/custom,["auth",{"token":"abc"}]');
  });

  test("to a namespace that is none is refused", async () => {
    using wire = await openWire();
    wire.send("40/random");
    expect(await wire.next()).toBe('44/random,{"message":"Invalid namespace"}');
  });

  test("with anything but a connect packet closes the session", async () => {
    using wire = await openWire();
    wire.send("4abc");
    await wire.untilClosed();
  });

  test("must not take too long", async () => {
    using wire = await openWire();
    await wire.untilClosed();
    expect(wire.heard).toEqual([]);
  });

  test("works by polling as well", async () => {
    const poller = await openPolling(endpoint);
    expect(await poller.push("40")).toEqual({ status: 200, body: "ok" });
    const [answer, greeting, ...rest] = (await poller.poll()).body.split("\x1e");
    expect(answer).toStartWith('40{"sid":"');
    expect([greeting, ...rest]).toEqual(['42["auth",{}]']);
  });
});

describe("disconnecting", () => {
  test("from one namespace leaves the others", async () => {
    using wire = await connected();
    wire.send("40/custom,");
    await wire.next();
    await wire.next();
    wire.send("41/custom,");
    wire.send('42["message","still here"]');
    expect(await wire.next()).toBe('42["message-back","still here"]');
  });

  test("and coming back on the same session is allowed", async () => {
    using wire = await connected();
    wire.send("41");
    wire.send("40");
    expect(String(await wire.next())).toStartWith('40{"sid":"');
  });

  test("by the server is told by a packet, in that namespace only", async () => {
    using wire = await connected();
    for (const socket of await server.io.fetchSockets()) socket.disconnect();
    expect(await wire.next()).toBe("41");
  });
});

describe("events", () => {
  test("carry text", async () => {
    using wire = await connected();
    wire.send('42["message",1,"2",{"3":[true]}]');
    expect(await wire.next()).toBe('42["message-back",1,"2",{"3":[true]}]');
  });

  test("carry bytes, in order after the packet that announces them", async () => {
    using wire = await connected();
    wire.send('452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]');
    wire.send(bytes);
    wire.send(new Uint8Array([4, 5, 6]));
    expect(await wire.next()).toBe(
      '452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
    );
    expect(await wire.next()).toEqual(bytes);
    expect(await wire.next()).toEqual(new Uint8Array([4, 5, 6]));
  });

  test("carry bytes by polling", async () => {
    const poller = await openPolling(endpoint);
    await poller.push("40");
    await poller.poll();
    await poller.push('451-["message",{"_placeholder":true,"num":0}]\x1ebAQID');
    expect((await poller.poll()).body).toBe('451-["message-back",{"_placeholder":true,"num":0}]\x1ebAQID');
  });

  test("are acknowledged with the id that the client gave", async () => {
    using wire = await connected();
    wire.send('42456["message-with-ack",1,"2",{"3":[false]}]');
    expect(await wire.next()).toBe('43456[1,"2",{"3":[false]}]');
  });

  test("are acknowledged with bytes", async () => {
    using wire = await connected();
    wire.send('451-789["message-with-ack",{"_placeholder":true,"num":0}]');
    wire.send(bytes);
    expect(await wire.next()).toBe('461-789[{"_placeholder":true,"num":0}]');
    expect(await wire.next()).toEqual(bytes);
  });

  test("of the server are acknowledged by the client", async () => {
    using wire = await connected();
    wire.send('42["ask-me"]');
    const asked = /^42(\d+)\["question","\?"\]$/.exec(String(await wire.next()));
    wire.send(`43${asked?.[1]}["answer"]`);
    expect(await wire.next()).toBe('42["told","answer"]');
  });
});

describe("nonsense closes the session:", () => {
  test.each([
    ["a packet type that is none", "4abc"],
    ["an event that is no array", "42{}"],
    ["an event with a name that is none", "42[{}]"],
    ["an event with the name of one of ours", '42["disconnect"]'],
    ["JSON that is none", '42["message'],
    ["an ack with an id that is none", '42abc["message-with-ack"]'],
    ["an ack that is no array", "431{}"],
    ["attachments without a number", '45abc-["message"]'],
    ["a million attachments", '451000000-["message",{"_placeholder":true,"num":0}]'],
    ["text where bytes were announced", '451-["message",{"_placeholder":true,"num":0}]\n4text'],
  ])("%s", async (_what, packets) => {
    using wire = await connected();
    for (const packet of packets.split("\n")) wire.send(packet);
    await wire.untilClosed();
    expect(wire.heard).toEqual([]);
  });

  test("bytes that nobody announced", async () => {
    using wire = await connected();
    wire.send(bytes);
    await wire.untilClosed();
  });

  test("a frame of more than 64 KiB", async () => {
    using wire = await connected();
    wire.send(`42["message","${"x".repeat(65_536)}"]`);
    await wire.untilClosed();
  });
});
