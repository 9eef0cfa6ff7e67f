/** One Engine.IO session over its transports: heartbeat, upgrade, and the end that frees everything. */
import type { EngineHandshake } from "./handshake.ts";
import type { EngineLimits } from "./options.ts";
import { type Data, type Packet, packetTypes, readPacket } from "./packets.ts";
import { PollingTransport } from "./polling-transport.ts";
import type { Transport } from "./transport.ts";

/** Why a session ended, in the words of Socket.IO. */
export type CloseReason =
  "transport close" | "transport error" | "forced close" | "ping timeout" | "parse error";

/** What stands above the session. */
export interface SessionListener {
  onData(data: Data): void;
  onClose(reason: CloseReason): void;
}

/** What the engine wants to know of its sessions. */
export interface SessionHooks {
  readonly now: () => number;
  /** It is over; `closing` while a last answer is still to be taken. */
  onEnd(session: Session, closing: boolean): void;
  /** Nothing more can be fetched from it. */
  onGone(session: Session): void;
  /** Somebody has proved who he is, or nobody is here any more who has. */
  onKnown(session: Session, known: boolean): void;
  /** The engine cuts it, and why. */
  onCut(why: CutReason): void;
}

export type CutReason = "too_far_behind" | "gone" | "auth_timeout";

/** The socket of an upgrade that has begun. */
export interface Probe {
  /** Gives up: the socket closes. */
  abandon(): void;
}

export class Session {
  #transport: Transport;
  #listener: SessionListener | undefined;
  #open = true;
  /** It closes as soon as an upgrade that has begun is over. */
  #closing = false;
  /** How many on it have proved who they are: one in each namespace. */
  #members = 0;
  #lastPing: number;
  /** When the ping went out that has no answer yet. */
  #unanswered: number | null = null;
  #probe: { readonly socket: Probe; readonly since: number; answered: boolean } | undefined;
  /** Since when nobody here is known; null while somebody is. */
  strangerSince: number | null;
  /** The request that brings packets right now. */
  upload: { readonly since: number; readonly abort: () => void } | undefined;

  constructor(
    readonly id: string,
    readonly handshake: EngineHandshake,
    private readonly own: {
      readonly transport: Transport;
      readonly limits: EngineLimits;
      readonly hooks: SessionHooks;
    },
  ) {
    this.#transport = own.transport;
    this.#lastPing = this.now();
    this.strangerSince = this.#lastPing;
  }

  get open(): boolean {
    return this.#open;
  }

  get transport(): Transport {
    return this.#transport;
  }

  /** The engine's time, in milliseconds. */
  now(): number {
    return this.own.hooks.now();
  }

  listen(listener: SessionListener): void {
    this.#listener = listener;
  }

  /** Sends an encoded packet; nothing happens once the session is over. */
  send(packet: Packet): void {
    if (this.open) this.transport.send(packet);
  }

  subscribe(topic: string): void {
    if (this.open) this.transport.subscribe(topic);
  }

  unsubscribe(topic: string): void {
    if (this.open) this.transport.unsubscribe(topic);
  }

  /** To everybody in the topic but this session. */
  publish(topic: string, packet: Packet): void {
    if (this.open) this.transport.publish(topic, packet);
  }

  drained(): Promise<void> {
    return this.open ? this.transport.drained() : Promise.resolve();
  }

  /** A packet of the client; false when it was none, which ends the session. */
  receive(text: string | Uint8Array): boolean {
    if (!this.open) return false;
    if (this.#closing) return true;
    const packet = readPacket(text);
    this.#unanswered = null;
    switch (packet?.kind) {
      case undefined:
        this.end("parse error");
        return false;
      case "message":
        this.#listener?.onData(packet.data);
        return true;
      case "pong":
        return true;
      case "close":
        this.end("transport close");
        return true;
    }
  }

  /** A second transport wants to take over; false while another one tries, or when there is nothing to take over. */
  beginUpgrade(socket: Probe): boolean {
    if (!this.open || this.#probe || this.transport.name !== "polling") return false;
    this.#probe = { socket, since: this.now(), answered: false };
    return true;
  }

  /** The probe was answered: polls are let go from now on, so that the client can stop asking. */
  answerProbe(socket: Probe): void {
    if (this.#probe?.socket !== socket) return;
    this.#probe.answered = true;
    if (this.transport instanceof PollingTransport) this.transport.letGo();
  }

  get probed(): boolean {
    return this.#probe?.answered ?? false;
  }

  /** The new transport carries on: what waited leaves first, in order, and the topics move along. False if it may not. */
  upgrade(socket: Probe, transport: Transport): boolean {
    const before = this.transport;
    if (!this.open || this.#probe?.socket !== socket || !(before instanceof PollingTransport)) return false;
    this.#probe = undefined;
    this.#transport = transport;
    for (const topic of before.topics) transport.subscribe(topic);
    for (const packet of before.release()) transport.send(packet);
    if (this.#closing) this.close();
    return true;
  }

  /** The upgrade's socket has gone: polling goes on as if nothing had been. */
  abandonUpgrade(socket: Probe): void {
    if (this.#probe?.socket !== socket) return;
    this.#probe = undefined;
    if (this.#closing) this.close();
  }

  /** Somebody on this session has proved who he is. */
  joined(): void {
    this.#members += 1;
    if (this.#members === 1) this.#known(true);
  }

  left(): void {
    this.#members -= 1;
    if (this.#members === 0 && this.open) this.#known(false);
  }

  #known(known: boolean): void {
    this.strangerSince = known ? null : this.now();
    this.own.hooks.onKnown(this, known);
  }

  /** Closes after what waits has left: the client sees its transport close, and comes back by itself. */
  close(): void {
    // A client whose probe was answered may have left the old transport: what waits goes by the one that it changes to.
    this.#closing = true;
    if (this.#probe?.answered) return;
    this.#over("forced close", () => this.transport.close(), true);
  }

  /** Ends it at once. */
  end(reason: CloseReason): void {
    // A client that closes still has a poll waiting: it gets `noop`, every other learns of the end.
    const last = reason === "transport close" ? packetTypes.noop : packetTypes.close;
    this.#over(reason, () => this.transport.terminate(last), false);
  }

  /** The transport has really gone, whoever ended it. */
  gone(): void {
    this.end("transport close");
    this.own.hooks.onGone(this);
  }

  #over(reason: CloseReason, release: () => void, closing: boolean): void {
    if (!this.open) return;
    this.#open = false;
    this.#probe?.socket.abandon();
    this.#probe = undefined;
    this.upload?.abort();
    release();
    this.own.hooks.onEnd(this, closing);
    this.#listener?.onClose(reason);
  }

  /** One look at a time: pings, dead and slow peers, whatever takes too long. */
  inspect(now: number): void {
    const { limits } = this.own;
    const over = (since: number, most: number) => now - since >= most;
    if (this.upload && over(this.upload.since, limits.bodyWithinMs)) return this.end("transport error");
    if (this.#probe && over(this.#probe.since, limits.upgradeWithinMs)) this.#probe.socket.abandon();
    if (this.strangerSince !== null && over(this.strangerSince, limits.strangerForMs)) {
      return this.#cut("auth_timeout", () => this.close());
    }
    if (this.transport.name === "websocket" && this.transport.buffered >= limits.farBehindBytes) {
      return this.fallBehind();
    }
    this.#beat(now);
  }

  /** The client reads too slowly: it is sent away, to come back and resume. */
  fallBehind(): void {
    if (!this.open) return;
    this.#cut("too_far_behind", () => this.close());
  }

  #cut(why: CutReason, end: () => void): void {
    this.own.hooks.onCut(why);
    end();
  }

  #beat(now: number): void {
    const { pingEveryMs, pingTimeoutMs } = this.own.limits;
    if (this.#unanswered !== null) {
      if (now - this.#unanswered >= pingTimeoutMs) this.#cut("gone", () => this.end("ping timeout"));
      return;
    }
    if (now - this.#lastPing < pingEveryMs) return;
    this.#lastPing = now;
    this.#unanswered = now;
    this.send(packetTypes.ping);
  }
}
