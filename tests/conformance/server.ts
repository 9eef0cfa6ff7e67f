/** The small servers that the protocols' cases are played against: our engine, nothing of the product above it. */
import type { Server as SocketServer } from "socket.io";

import { systemClock } from "../../src/lib/clock.ts";
import { Tally } from "../../src/realtime/limits.ts";
import { websocket } from "../../src/realtime/socket.ts";
import { Engine, type EngineOptions } from "../../src/realtime/socketio/engine/engine.ts";
import { type EngineLimits, engineLimits } from "../../src/realtime/socketio/engine/options.ts";
import { packetTypes } from "../../src/realtime/socketio/engine/packets.ts";
import type { Session } from "../../src/realtime/socketio/engine/session.ts";
import { bindSocketServer } from "../../src/realtime/socketio/server.ts";

export interface ProtocolServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly engine: Engine;
  readonly strangers: Tally<string>;
}

export interface SocketIoServer extends ProtocolServer {
  readonly io: SocketServer;
}

/** Pings often, so that heartbeats need no patience. Milliseconds. */
export const quick = {
  pingEveryMs: 300,
  pingTimeoutMs: 200,
  inspectEveryMs: 10,
} satisfies Partial<EngineLimits>;

export interface ServerOptions {
  readonly limits?: Partial<EngineLimits>;
  readonly isForeign?: EngineOptions["isForeign"];
  readonly connectTimeoutMs?: number;
  readonly port?: number;
}

/** An Engine.IO server that says back whatever it hears. */
export function echoServer(options: ServerOptions = {}): ProtocolServer {
  const onSession = (session: Session) =>
    session.listen({
      onData: (data) => session.send(typeof data === "string" ? packetTypes.message + data : data),
      onClose: () => undefined,
    });
  const common = engineOptions(options, "/engine.io/");
  return serve(new Engine({ ...common, onSession }), common.strangers, options.port);
}

/** A Socket.IO server; the test says what it does. */
export function socketIoServer(options: ServerOptions = {}): SocketIoServer {
  // Nobody has to prove anything here.
  const open = { strangersPerAddress: Infinity, strangerForMs: Infinity };
  const common = engineOptions({ ...options, limits: { ...open, ...options.limits } }, "/socket.io/");
  const { engine, io } = bindSocketServer(common, options.connectTimeoutMs ?? 45_000);
  return { ...serve(engine, common.strangers, options.port), io };
}

function engineOptions({ limits, isForeign }: ServerOptions, path: string): Omit<EngineOptions, "onSession"> {
  return {
    path,
    limits: { ...engineLimits, ...limits },
    clock: systemClock,
    strangers: new Tally<string>(),
    peer: () => ({ ip: "127.0.0.1", secure: false }),
    isForeign: isForeign ?? (() => false),
  };
}

function serve(engine: Engine, strangers: Tally<string>, port = 0): ProtocolServer {
  const server = Bun.serve({
    port,
    hostname: "127.0.0.1",
    websocket,
    fetch(request, self) {
      const answer = engine.handle(request, self);
      return answer === null ? new Response(null, { status: 404 }) : answer;
    },
  });
  engine.topics.attach(server);
  return {
    url: `http://127.0.0.1:${server.port}`,
    engine,
    strangers,
    async [Symbol.asyncDispose]() {
      engine.stop();
      await server.stop(true);
    },
  };
}
