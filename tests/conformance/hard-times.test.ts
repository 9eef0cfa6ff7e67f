/** Limits and bad peers of the engine: what no protocol document says, but a public server meets. */
import { afterEach, describe, expect, test } from "bun:test";
import { connect, type Socket as TcpSocket } from "node:net";

import type { EngineLimits } from "../../src/realtime/socketio/engine/options.ts";
import { SocketClient } from "../support/socket-client.ts";
import { eventually } from "../support/wait.ts";
import { openPolling, Wire } from "./protocol-client.ts";
import { echoServer, type ProtocolServer, type ServerOptions, socketIoServer } from "./server.ts";

const kib = 1024;
let server: ProtocolServer;

afterEach(() => server[Symbol.asyncDispose]());

function start(limits: Partial<EngineLimits> = {}, options: ServerOptions = {}): string {
  server = echoServer({ ...options, limits: { inspectEveryMs: 10, ...limits } });
  return `${server.url}/engine.io/`;
}

async function untilNothingIsLeft(): Promise<void> {
  const { engine, strangers } = server;
  await eventually("the baseline", () => engine.size + engine.topics.polling.size + strangers.size === 0);
}

/** A request over a bare connection, so that it can be slow, wrong or never read. */
function rawRequest(text: string): TcpSocket {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(text);
  return socket;
}

describe("what comes in is bounded:", () => {
  test.each([
    ["an announced body", (body: string) => body],
    ["a body in chunks", (body: string) => new Blob([body]).stream()],
  ])("%s of more than 64 KiB ends the session", async (_what, bodyOf) => {
    const poller = await openPolling(start());
    const answer = await fetch(`${server.url}/engine.io/?EIO=4&transport=polling&sid=${poller.sid}`, {
      method: "POST",
      body: bodyOf(`4${"x".repeat(64 * kib)}`),
    });
    expect(answer.status).toBe(413);
    await untilNothingIsLeft();
  });

  test("a body of exactly 64 KiB is taken", async () => {
    const poller = await openPolling(start());
    const body = `4${"x".repeat(64 * kib - 1)}`;
    expect((await poller.push(body)).status).toBe(200);
    expect((await poller.poll()).body).toBe(body);
  });

  test("more packets than a client would send at once end the session", async () => {
    const poller = await openPolling(start());
    expect((await poller.push("4\x1e".repeat(10_000))).status).toBe(400);
    await untilNothingIsLeft();
  });

  test("a body that takes for ever ends the session", async () => {
    const poller = await openPolling(start({ bodyWithinMs: 50 }));
    const slow = rawRequest(
      `POST /engine.io/?EIO=4&transport=polling&sid=${poller.sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n4a`,
    );
    await untilNothingIsLeft();
    slow.destroy();
  });

  test("two bodies at once end the session", async () => {
    const poller = await openPolling(start());
    const slow = rawRequest(
      `POST /engine.io/?EIO=4&transport=polling&sid=${poller.sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n4a`,
    );
    await eventually("a refusal", async () => (await poller.push("4b")).status === 400);
    await untilNothingIsLeft();
    slow.destroy();
  });

  test("a client that goes away while it sends leaves nothing behind", async () => {
    const poller = await openPolling(start());
    const gone = rawRequest(
      `POST /engine.io/?EIO=4&transport=polling&sid=${poller.sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n4a`,
    );
    gone.end();
    await poller.push("1");
    await untilNothingIsLeft();
  });

  test("a frame of more than 64 KiB ends the session", async () => {
    using wire = await new Wire(start()).open();
    wire.send(`4${"x".repeat(64 * kib)}`);
    await wire.untilClosed();
    await untilNothingIsLeft();
  });
});

describe("what goes out is bounded:", () => {
  test("a client that never polls is sent away, told so at its last poll, and then forgotten", async () => {
    const poller = await openPolling(start({ pollingBytes: 256 * kib, closeWithinMs: 200 }));
    const bodies = Array.from({ length: 5 }, () => `4${"x".repeat(60 * kib)}`);
    for (const body of bodies) await poller.push(body);
    expect((await poller.poll()).body.length).toBeGreaterThan(256 * kib);
    expect((await poller.poll()).body).toBe("1");
    expect((await poller.poll()).status).toBe(400);
    await untilNothingIsLeft();
  });

  test("a client that never polls again is forgotten after a while", async () => {
    const poller = await openPolling(start({ pollingBytes: 10 * kib, closeWithinMs: 50 }));
    await poller.push(`4${"x".repeat(60 * kib)}`);
    await untilNothingIsLeft();
  });

  test("a socket that never reads is cut, and its neighbours hear everything", async () => {
    const quiet = socketIoServer({ limits: { inspectEveryMs: 10, closeWithinMs: 100 } });
    server = quiet;
    using neighbour = new SocketClient(quiet.url, { mode: "websocket" });
    await eventually("the neighbour", () => neighbour.socket.connected);
    const deaf = rawRequest(
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    deaf.pause();
    await eventually("the deaf one's session", () => quiet.engine.size === 2);
    // A masked text frame: `40`, with a mask of zeroes.
    deaf.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]));
    await eventually("both", () => quiet.io.of("/").sockets.size === 2);
    const text = "x".repeat(4 * kib);
    let sent = 0;
    while (quiet.engine.size > 1 && sent < 20_000) {
      for (let burst = 0; burst < 50; burst += 1) quiet.io.emit("number", sent++, text);
      await eventually("the neighbour to follow", () => neighbour.of("number").length === sent);
    }
    expect(quiet.engine.size).toBe(1);
    expect(neighbour.of("number").map(({ args }) => args[0])).toEqual(
      Array.from({ length: sent }, (_, n) => n),
    );
    deaf.destroy();
  }, 30_000);
});

describe("peers that say nothing", () => {
  test("cannot hold an upgrade: the session stays on polling, and may try again", async () => {
    const poller = await openPolling(start({ upgradeWithinMs: 50 }));
    using silent = await new Wire(
      `${server.url}/engine.io/`,
      `EIO=4&transport=websocket&sid=${poller.sid}`,
    ).open();
    await silent.untilClosed();
    await poller.push("4hello");
    expect((await poller.poll()).body).toBe("4hello");
  });

  test("are let go of while they prepare the upgrade, at every poll", async () => {
    const poller = await openPolling(start());
    using wire = await new Wire(
      `${server.url}/engine.io/`,
      `EIO=4&transport=websocket&sid=${poller.sid}`,
    ).open();
    wire.send("2probe");
    await wire.next();
    for (let again = 0; again < 3; again += 1) expect((await poller.poll()).body).toBe("6");
  });

  test("and never prove who they are may not stay", async () => {
    start({ strangerForMs: 50, closeWithinMs: 50 });
    using wire = await new Wire(`${server.url}/engine.io/`).open();
    await wire.untilClosed();
    await openPolling(`${server.url}/engine.io/`);
    await untilNothingIsLeft();
  });

  test("are at most so many from one address", async () => {
    const endpoint = start({ strangersPerAddress: 3 });
    for (let one = 0; one < 3; one += 1) await openPolling(endpoint);
    expect((await fetch(`${endpoint}?EIO=4&transport=polling`)).status).toBe(429);
    using wire = new Wire(endpoint);
    await wire.untilClosed();
    expect(wire.opened).toBe(false);
  });

  test("and go away while they poll leave nothing behind", async () => {
    const poller = await openPolling(start());
    const gone = rawRequest(
      `GET /engine.io/?EIO=4&transport=polling&sid=${poller.sid} HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    const session = () => server.engine.size;
    expect(session()).toBe(1);
    await eventually("the request to be there", () => gone.bytesWritten > 0 && !gone.pending);
    gone.destroy();
    await untilNothingIsLeft();
  });
});

describe("browsers and proxies", () => {
  test("a foreign page is refused before anything is looked up", async () => {
    const endpoint = start(
      {},
      { isForeign: (request) => request.headers.get("origin") === "https://evil.example" },
    );
    const poller = await openPolling(endpoint);
    const headers = { Origin: "https://evil.example" };
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const answer = await fetch(`${endpoint}?EIO=4&transport=polling&sid=${poller.sid}`, {
        method,
        headers,
      });
      expect([answer.status, await answer.json()]).toEqual([403, { code: 4, message: "Forbidden" }]);
    }
    await poller.push("4still here");
    expect((await poller.poll()).body).toBe("4still here");
  });

  test("a page that may is told so, for requests with credentials too", async () => {
    const endpoint = start();
    const headers = {
      Origin: "https://app.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization",
    };
    const preflight = await fetch(`${endpoint}?EIO=4&transport=polling`, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "https://app.example",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization",
      vary: "Origin",
    });
  });

  test("whoever asks to close the connection is told that it closes", async () => {
    const endpoint = start();
    const answer = await fetch(`${endpoint}?EIO=4&transport=polling`, { headers: { Connection: "close" } });
    expect(answer.headers.get("connection")).toBe("close");
  });

  test("other upgrades and other paths are not ours", async () => {
    const endpoint = start();
    const upgrade = await fetch(`${endpoint}?EIO=4&transport=websocket`, {
      headers: { Upgrade: "h2c", Connection: "Upgrade" },
    });
    expect(upgrade.status).toBe(400);
    expect((await fetch(`${server.url}/engine.iox?EIO=4&transport=polling`)).status).toBe(404);
  });

  test("a stopped server lets nobody in, and its clients' polls end", async () => {
    const poller = await openPolling(start());
    const waiting = poller.poll();
    await eventually("the poll", () => server.engine.size === 1);
    server.engine.stop();
    expect((await waiting).status).toBeOneOf([200, 503]);
    expect((await poller.poll()).status).toBe(503);
  });
});
