/** Engine.IO v4 on `Bun.serve`: answers the requests of one path, and keeps the sessions. */
import type { Server } from "bun";

import type { Clock } from "../../../lib/clock.ts";
import { randomToken } from "../../../lib/ids.ts";
import type { Tally } from "../../limits.ts";
import type { SocketData } from "../../socket.ts";
import { Answers } from "./answers.ts";
import { FirstSocket, UpgradeSocket } from "./engine-socket.ts";
import { type EngineHandshake, engineHandshake } from "./handshake.ts";
import type { EngineLimits } from "./options.ts";
import { packetTypes } from "./packets.ts";
import { PollingTransport } from "./polling-transport.ts";
import { takePoll, takeUpload } from "./polling.ts";
import { type CutReason, Session, type SessionHooks } from "./session.ts";
import { Topics } from "./topics.ts";
import type { Transport } from "./transport.ts";

export interface EngineOptions {
  /** Ends with a slash, with which and without it requests are answered. */
  readonly path: string;
  readonly limits: EngineLimits;
  readonly clock: Clock;
  /** Connections without a proven caller by address, shared with the other transports. */
  readonly strangers: Tally<string>;
  readonly peer: (
    request: Request,
    server: Server<SocketData>,
  ) => { readonly ip: string; readonly secure: boolean };
  /** Judged before any session is looked up. */
  readonly isForeign: (request: Request, server: Server<SocketData>) => boolean;
  readonly onSession: (session: Session) => void;
  readonly onCut?: (why: CutReason) => void;
}

type Answer = Response | undefined | Promise<Response>;

/** One request, looked at once. */
interface Asked {
  readonly request: Request;
  readonly server: Server<SocketData>;
  readonly url: URL;
  readonly answers: Answers;
  readonly transport: "polling" | "websocket";
}

export class Engine {
  readonly topics = new Topics();
  readonly #sessions = new Map<string, Session>();
  /** Over, but a last answer may still be fetched; by the time at which they are forgotten. */
  readonly #closing = new Map<Session, number>();
  readonly #timer: Timer;
  readonly #hooks: SessionHooks;
  #stopped = false;

  constructor(private readonly options: EngineOptions) {
    this.#timer = setInterval(() => this.#inspect(), options.limits.inspectEveryMs);
    this.#timer.unref();
    this.#hooks = {
      now: () => options.clock.now(),
      onEnd: (session, closing) => this.#ended(session, closing),
      onKnown: (session, known) => this.#known(session, known),
      onGone: (session) => this.#forget(session),
      onCut: (why) => options.onCut?.(why),
    };
  }

  /** Sessions, those included that wait for their last answer. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Null for a request of another path, undefined when a socket was made of it. */
  handle(request: Request, server: Server<SocketData>): Answer | null {
    const { path } = this.options;
    if (!request.url.includes(path.slice(0, -1))) return null;
    const url = new URL(request.url);
    if (url.pathname !== path && `${url.pathname}/` !== path) return null;
    if (this.options.isForeign(request, server)) return new Answers(request, null).refuse("forbidden");
    const answers = new Answers(request, request.headers.get("origin"));
    if (request.method === "OPTIONS") return answers.preflight();
    if (this.#stopped) return answers.refuse("restarting");
    const transport = url.searchParams.get("transport");
    if (transport !== "polling" && transport !== "websocket") return answers.refuse("unknownTransport");
    const asked: Asked = { request, server, url, answers, transport };
    if (isUpgrade(request) !== (transport === "websocket")) return answers.refuse("badRequest");
    const id = url.searchParams.get("sid");
    if (id === null) return this.#begin(asked);
    const session = this.#sessions.get(id);
    return session ? this.#goOn(asked, session) : answers.refuse("unknownSession");
  }

  /** Closes every session, so that the clients come back to whoever listens then; nothing is let in any more. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    for (const session of [...this.#sessions.values()]) session.close();
  }

  #begin({ request, server, url, answers, transport }: Asked): Answer {
    if (request.method !== "GET") return answers.refuse("badMethod");
    if (url.searchParams.get("EIO") !== "4") return answers.refuse("unsupportedProtocol");
    const peer = this.options.peer(request, server);
    if (this.options.strangers.of(peer.ip) >= this.options.limits.strangersPerAddress) {
      return answers.refuse("tooMany");
    }
    const handshake = engineHandshake(request, url, peer);
    if (transport === "websocket") {
      const handler = new FirstSocket(this.topics, (socket) => this.#open(handshake, socket));
      const upgraded = server.upgrade(request, { data: { handler }, headers: answers.headers });
      return upgraded ? undefined : answers.refuse("badRequest");
    }
    const polling = new PollingTransport(this.topics, {
      most: this.options.limits.pollingBytes,
      onTooMuch: () => session.fallBehind(),
    });
    const session = this.#open(handshake, polling);
    return takePoll(session, { request, server, answers });
  }

  #goOn(asked: Asked, session: Session): Answer {
    const { request, server, answers, transport } = asked;
    if (transport === "websocket") {
      const handler = new UpgradeSocket(this.topics, session);
      const upgraded = server.upgrade(request, { data: { handler }, headers: answers.headers });
      return upgraded ? undefined : answers.refuse("badRequest");
    }
    if (session.transport.name !== "polling") return answers.refuse("badRequest");
    if (request.method === "GET") return takePoll(session, asked);
    if (request.method === "POST") return takeUpload(session, asked, this.options.limits);
    return answers.refuse("badRequest");
  }

  #open(handshake: EngineHandshake, transport: Transport): Session {
    const { limits, strangers, onSession } = this.options;
    const session = new Session(randomToken(), handshake, { transport, limits, hooks: this.#hooks });
    this.#sessions.set(session.id, session);
    strangers.add(handshake.ip);
    session.send(packetTypes.open + this.#openData(session));
    onSession(session);
    return session;
  }

  #openData({ id, transport }: Session): string {
    const { pingEveryMs, pingTimeoutMs, inboundBytes } = this.options.limits;
    return JSON.stringify({
      sid: id,
      upgrades: transport.name === "polling" ? ["websocket"] : [],
      pingInterval: pingEveryMs,
      pingTimeout: pingTimeoutMs,
      maxPayload: inboundBytes,
    });
  }

  #known({ handshake }: Session, known: boolean): void {
    if (known) this.options.strangers.remove(handshake.ip);
    else this.options.strangers.add(handshake.ip);
  }

  #ended(session: Session, closing: boolean): void {
    if (session.strangerSince !== null) this.options.strangers.remove(session.handshake.ip);
    if (closing) this.#closing.set(session, this.options.clock.now() + this.options.limits.closeWithinMs);
    else this.#forget(session);
  }

  #forget(session: Session): void {
    this.#sessions.delete(session.id);
    this.#closing.delete(session);
  }

  #inspect(): void {
    const now = this.options.clock.now();
    for (const session of this.#sessions.values()) {
      if (session.open) session.inspect(now);
    }
    for (const [session, until] of this.#closing) {
      if (now < until) continue;
      session.transport.terminate(packetTypes.close);
      this.#forget(session);
    }
  }
}

function isUpgrade(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}
