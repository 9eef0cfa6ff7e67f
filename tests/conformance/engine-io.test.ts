/** The cases of the Engine.IO protocol, revision 4, in our words: github.com/socketio/engine.io-protocol. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { type OpenData, openPolling, Wire } from "./protocol-client.ts";
import { echoServer, type ProtocolServer, quick } from "./server.ts";

const bytes = new Uint8Array([1, 2, 3, 4]);

let server: ProtocolServer;
let endpoint: string;

beforeAll(() => {
  server = echoServer({ limits: quick });
  endpoint = `${server.url}/engine.io/`;
});
afterAll(() => server[Symbol.asyncDispose]());

async function openWire(): Promise<Wire> {
  const wire = new Wire(endpoint);
  await wire.next();
  return wire;
}

/** A polling session that has gone over to a socket. */
async function openUpgraded() {
  const poller = await openPolling(endpoint);
  const wire = await new Wire(endpoint, `EIO=4&transport=websocket&sid=${poller.sid}`).open();
  wire.send("2probe");
  expect(await wire.next()).toBe("3probe");
  wire.send("5");
  return { poller, wire };
}

function expectOpenPacket(packet: string, upgrades: readonly string[]): void {
  expect(packet[0]).toBe("0");
  const { sid, ...rest } = JSON.parse(packet.slice(1)) as OpenData;
  expect(sid.length).toBeGreaterThanOrEqual(20);
  expect(rest).toEqual({ upgrades: [...upgrades], pingInterval: 300, pingTimeout: 200, maxPayload: 65_536 });
}

describe("a handshake by polling", () => {
  test("opens a session", async () => {
    const answer = await fetch(`${endpoint}?EIO=4&transport=polling`);
    expect(answer.status).toBe(200);
    expectOpenPacket(await answer.text(), ["websocket"]);
  });

  test.each([
    ["no version", "transport=polling", "GET"],
    ["a version that is none", "EIO=abc&transport=polling", "GET"],
    ["the version before", "EIO=3&transport=polling", "GET"],
    ["no transport", "EIO=4", "GET"],
    ["a transport that is none", "EIO=4&transport=abc", "GET"],
    ["a POST", "EIO=4&transport=polling", "POST"],
    ["a PUT", "EIO=4&transport=polling", "PUT"],
    ["a session that nobody opened", "EIO=4&transport=polling&sid=abc", "GET"],
    ["the other transport's name", "EIO=4&transport=websocket", "GET"],
  ])("is refused with %s", async (_what, query, method) => {
    const answer = await fetch(`${endpoint}?${query}`, { method });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ code: expect.any(Number), message: expect.any(String) });
  });
});

describe("a handshake by WebSocket", () => {
  test("opens a session that can't be upgraded any further", async () => {
    using wire = new Wire(endpoint);
    expectOpenPacket(String(await wire.next()), []);
  });

  test.each([
    ["no version", "transport=websocket"],
    ["a version that is none", "EIO=abc&transport=websocket"],
    ["no transport", "EIO=4"],
    ["a transport that is none", "EIO=4&transport=abc"],
    ["the other transport's name", "EIO=4&transport=polling"],
  ])("is refused with %s", async (_what, query) => {
    using wire = new Wire(endpoint, query);
    await wire.untilClosed();
    expect(wire.heard).toEqual([]);
  });
});

describe("messages by polling", () => {
  test("several packets travel in one payload, and come back in order", async () => {
    const poller = await openPolling(endpoint);
    expect(await poller.push("4test1\x1e4test2\x1e4test3")).toEqual({ status: 200, body: "ok" });
    expect(await poller.poll()).toEqual({ status: 200, body: "4test1\x1e4test2\x1e4test3" });
  });

  test("text and bytes travel in one payload", async () => {
    const poller = await openPolling(endpoint);
    await poller.push("4hello\x1ebAQIDBA==");
    expect(await poller.poll()).toEqual({ status: 200, body: "4hello\x1ebAQIDBA==" });
  });

  test("a packet that is none ends the session", async () => {
    const poller = await openPolling(endpoint);
    expect((await poller.push("abc")).status).toBe(400);
    expect((await poller.poll()).status).toBe(400);
  });

  test("two polls at once end the session, and the first learns it", async () => {
    const poller = await openPolling(endpoint);
    const answers = await Promise.all([poller.poll(), poller.poll()]);
    const [first, second] = answers.toSorted((a, b) => a.status - b.status);
    expect(first).toEqual({ status: 200, body: "1" });
    expect(second?.status).toBe(400);
    expect((await poller.poll()).status).toBe(400);
  });
});

describe("messages by WebSocket", () => {
  test("text comes back as text", async () => {
    using wire = await openWire();
    wire.send("4hello");
    expect(await wire.next()).toBe("4hello");
  });

  test("bytes come back as bytes", async () => {
    using wire = await openWire();
    wire.send(bytes);
    expect(await wire.next()).toEqual(bytes);
  });

  test("a packet that is none ends the session", async () => {
    using wire = await openWire();
    wire.send("abc");
    await wire.untilClosed();
  });
});

describe("the heartbeat", () => {
  test("keeps a polling session that answers", async () => {
    const poller = await openPolling(endpoint);
    for (let beat = 0; beat < 3; beat += 1) {
      expect(await poller.poll()).toEqual({ status: 200, body: "2" });
      expect((await poller.push("3")).status).toBe(200);
    }
  });

  test("ends a polling session that does not answer", async () => {
    const poller = await openPolling(endpoint);
    expect((await poller.poll()).body).toBe("2");
    expect((await poller.poll()).body).toBe("1");
    expect((await poller.poll()).status).toBe(400);
  });

  test("keeps a socket that answers", async () => {
    using wire = await openWire();
    for (let beat = 0; beat < 3; beat += 1) {
      expect(await wire.next()).toBe("2");
      wire.send("3");
    }
  });

  test("ends a socket that does not answer", async () => {
    using wire = await openWire();
    await wire.untilClosed();
    expect(wire.heard).toEqual(["2"]);
  });
});

describe("closing", () => {
  test("by polling ends the session, and lets the waiting poll go", async () => {
    const poller = await openPolling(endpoint);
    const waiting = poller.poll();
    expect((await poller.push("1")).status).toBe(200);
    expect(await waiting).toEqual({ status: 200, body: "6" });
    expect((await poller.poll()).status).toBe(400);
  });

  test("by WebSocket closes the socket", async () => {
    using wire = await openWire();
    wire.send("1");
    await wire.untilClosed();
  });
});

describe("the upgrade from polling to WebSocket", () => {
  test("moves the session", async () => {
    using wire = (await openUpgraded()).wire;
    wire.send("4hello");
    expect(await wire.next()).toBe("4hello");
  });

  test("lets a waiting poll go, so that the client can stop asking", async () => {
    const poller = await openPolling(endpoint);
    const waiting = poller.poll();
    using wire = await new Wire(endpoint, `EIO=4&transport=websocket&sid=${poller.sid}`).open();
    wire.send("2probe");
    expect(await wire.next()).toBe("3probe");
    expect(await waiting).toEqual({ status: 200, body: "6" });
  });

  test("takes along what waits, before anything newer", async () => {
    const poller = await openPolling(endpoint);
    await poller.push("4one\x1e4two");
    using wire = await new Wire(endpoint, `EIO=4&transport=websocket&sid=${poller.sid}`).open();
    wire.send("2probe");
    expect(await wire.next()).toBe("3probe");
    wire.send("5");
    wire.send("4three");
    expect([await wire.next(), await wire.next(), await wire.next()]).toEqual(["4one", "4two", "4three"]);
  });

  test("leaves nothing to ask for by HTTP", async () => {
    const { poller, wire } = await openUpgraded();
    using _ = wire;
    wire.send("4hello");
    await wire.next();
    expect((await poller.poll()).status).toBe(400);
    expect((await poller.push("4abc")).status).toBe(400);
    wire.send("4still here");
    expect(await wire.next()).toBe("4still here");
  });

  test("happens once: a further socket is sent away, and the session goes on", async () => {
    const { poller, wire } = await openUpgraded();
    using _ = wire;
    using second = await new Wire(endpoint, `EIO=4&transport=websocket&sid=${poller.sid}`).open();
    await second.untilClosed();
    wire.send("4hello");
    expect(await wire.next()).toBe("4hello");
  });

  test("that fails leaves the session on polling, and may be tried again", async () => {
    const poller = await openPolling(endpoint);
    const query = `EIO=4&transport=websocket&sid=${poller.sid}`;
    const failed = await new Wire(endpoint, query).open();
    failed.send("nonsense");
    await failed.untilClosed();
    await poller.push("4hello");
    expect((await poller.poll()).body).toBe("4hello");
    using wire = await new Wire(endpoint, query).open();
    wire.send("2probe");
    expect(await wire.next()).toBe("3probe");
    wire.send("5");
    wire.send("4on");
    expect(await wire.next()).toBe("4on");
  });
});
