/** The raw WebSocket endpoints: Origin and address limits before the upgrade, then one `RawConnection` each. */
import type { Server, ServerWebSocket } from "bun";

import { type ErrorCode, errors } from "../../contract/errors.ts";
import { limits, type Tally } from "../limits.ts";
import { judgeOrigin, type OriginRules } from "../origin.ts";
import type { SocketData, SocketHandler } from "../socket.ts";
import { RawConnection, type RawDeps } from "./raw-connection.ts";
import type { Handshake, RawDialect } from "./raw-dialect.ts";
import { RawSocket } from "./raw-socket.ts";

/** How often every socket is looked at: dead peers, slow readers, pings due (milliseconds). */
const INSPECT_EVERY_MS = 1_000;

export interface RawServerOptions extends RawDeps {
  readonly dialects: readonly RawDialect[];
  readonly origins: OriginRules;
  /** The peer's address, through trusted proxies, and whether it came over TLS. */
  readonly peer: (
    request: Request,
    server: Server<SocketData>,
  ) => { readonly ip: string; readonly secure: boolean };
  /** Connections without a proven caller by address, over all transports. */
  readonly strangers: Tally<string>;
}

export class RawServer {
  readonly #sockets = new Set<RawSocket>();
  readonly #timer: Timer;

  constructor(private readonly options: RawServerOptions) {
    this.#timer = setInterval(() => this.#inspect(), INSPECT_EVERY_MS);
    this.#timer.unref();
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Addresses that have connections without a proven caller. */
  get strangers(): number {
    return this.options.strangers.size;
  }

  /** Answers an upgrade to one of the dialects' paths: undefined when the socket has been taken over, null when it is not for us. */
  upgrade(request: Request, server: Server<SocketData>): Response | undefined | null {
    const url = new URL(request.url);
    const raw = this.options.dialects.find(({ path }) => path === url.pathname);
    if (!raw) return null;
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return new Response(null, { status: 426, headers: { Upgrade: "websocket", Connection: "Upgrade" } });
    }
    const { ip, secure } = this.options.peer(request, server);
    const verdict = judgeOrigin(
      request.headers.get("origin"),
      { host: request.headers.get("host"), listening: `${server.hostname}:${server.port}`, secure },
      this.options.origins,
    );
    if (verdict === "foreign") return refusal("origin_not_allowed");
    if (this.options.strangers.of(ip) >= limits.unauthenticatedPerAddress) return refusal("connection_limit");
    const handshake = raw.handshake(request, verdict === "exact");
    const handler = this.#handler(raw, { handshake, ip });
    if (server.upgrade(request, { data: { handler } })) return undefined;
    return refusal("invalid_request");
  }

  /** Closes every socket with `restarting`; the clients come back to whoever listens then. */
  stop(): void {
    clearInterval(this.#timer);
    for (const socket of [...this.#sockets]) socket.end("restarting");
  }

  #handler(raw: RawDialect, peer: { readonly handshake: Handshake; readonly ip: string }): SocketHandler {
    let socket: RawSocket | undefined;
    let connection: RawConnection | undefined;
    const { clock, metrics } = this.options.options;
    const alive = () => {
      if (socket) socket.lastSeen = clock.now();
    };
    return {
      open: (ws) => {
        socket = this.#adopt(ws, raw);
        this.options.strangers.add(peer.ip);
        const onKnown = once(() => this.options.strangers.remove(peer.ip));
        connection = new RawConnection(this.options, raw, { socket, handshake: peer.handshake, onKnown });
      },
      message: (_ws, message) => {
        alive();
        connection?.receive(message);
      },
      drain: () => socket?.onDrain(),
      pong: alive,
      close: (_ws, code) => {
        if (!socket) return;
        this.#sockets.delete(socket);
        if (code === 1006 && !socket.ended) metrics.dropped("cut");
        socket.closed();
        connection?.closed();
      },
    };
  }

  #adopt(ws: ServerWebSocket<SocketData>, raw: RawDialect): RawSocket {
    const { clock, metrics } = this.options.options;
    const socket = new RawSocket(ws, {
      now: clock.now(),
      encodeError: (error) => raw.dialect.frame(raw.form, { name: "error", payload: error }, null),
      onEnd: (reason) => metrics.dropped(reason),
    });
    this.#sockets.add(socket);
    return socket;
  }

  #inspect(): void {
    const now = this.options.options.clock.now();
    for (const socket of [...this.#sockets]) socket.inspect(now);
  }
}

function refusal(code: ErrorCode): Response {
  const { status, message } = errors[code];
  return Response.json({ error: { code, message: message.en } }, { status });
}

function once(fn: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    fn();
  };
}
