/** The unmodified socket.io server over our engine: the dialects that speak Socket.IO, on one path. */
import { EventEmitter } from "node:events";

import type { Server } from "bun";
import { Server as SocketServer } from "socket.io";

import type { Tally } from "../limits.ts";
import { judgeOrigin, type OriginRules } from "../origin.ts";
import type { SocketData } from "../socket.ts";
import { nativeAdapter } from "./adapter.ts";
import { EngineConnection } from "./engine-connection.ts";
import { Engine, type EngineOptions } from "./engine/engine.ts";
import type { EngineLimits } from "./engine/options.ts";
import { serveNamespace } from "./namespace.ts";
import type { SocketDeps } from "./socket-connection.ts";
import type { SocketDialect } from "./socket-dialect.ts";

/** Where clients of Socket.IO connect unless told otherwise. */
const PATH = "/socket.io/";

/** Puts a socket.io server on an engine of ours. */
export function bindSocketServer(
  options: Omit<EngineOptions, "onSession">,
  connectTimeoutMs: number,
): { readonly engine: Engine; readonly io: SocketServer } {
  const connections = new EventEmitter();
  const engine = new Engine({
    ...options,
    onSession: (session) => void connections.emit("connection", new EngineConnection(session)),
  });
  const io = new SocketServer({
    adapter: nativeAdapter(engine.topics),
    connectTimeout: connectTimeoutMs,
    serveClient: false,
  });
  io.bind(connections);
  return { engine, io };
}

export interface SocketIoOptions extends SocketDeps {
  readonly dialects: readonly SocketDialect[];
  readonly origins: OriginRules;
  readonly peer: EngineOptions["peer"];
  readonly limits: EngineLimits;
  /** Connections without a proven caller by address, shared with the raw endpoints. */
  readonly strangers: Tally<string>;
}

/** The endpoint of all Socket.IO dialects. */
export class SocketIo {
  readonly engine: Engine;

  constructor(options: SocketIoOptions) {
    const { clock, metrics } = options.options;
    const { engine, io } = bindSocketServer(
      {
        path: PATH,
        limits: options.limits,
        clock,
        strangers: options.strangers,
        peer: options.peer,
        isForeign: (request, server) => isForeign(options, request, server),
        onCut: (why) => metrics.dropped(why),
      },
      options.limits.strangerForMs,
    );
    this.engine = engine;
    for (const dialect of options.dialects) serveNamespace(io, dialect, options);
  }

  /** Answers a request to the endpoint; null for any other, undefined when a socket was made of it. */
  handle(request: Request, server: Server<SocketData>): Response | undefined | Promise<Response> | null {
    return this.engine.handle(request, server);
  }

  /** Closes the transports: clients come back by themselves. */
  stop(): void {
    this.engine.stop();
  }
}

function isForeign(
  { origins, peer }: SocketIoOptions,
  request: Request,
  server: Server<SocketData>,
): boolean {
  const { secure } = peer(request, server);
  const listening = `${server.hostname}:${server.port}`;
  const where = { host: request.headers.get("host"), listening, secure };
  return judgeOrigin(request.headers.get("origin"), where, origins) === "foreign";
}
