import type { ServerWebSocket } from "bun";

import { limits } from "../limits.ts";
import { type EndReason, type Link } from "../link.ts";
import { Waiters } from "../waiters.ts";
import { closeCodes } from "./close-codes.ts";

/** A plain WebSocket as a `Link`: native topics, bounded buffer, dead peers noticed. */
export class RawSocket implements Link {
  #closing = false;
  readonly #drain = new Waiters();
  #cut: Timer | undefined;
  /** When the peer last showed life, and was last pinged (milliseconds). */
  lastSeen: number;
  lastPing: number;

  constructor(
    private readonly ws: ServerWebSocket<unknown>,
    private readonly options: {
      readonly now: number;
      readonly encodeError: (error: {
        readonly code: string;
        readonly message: string;
      }) => string | Uint8Array<ArrayBuffer>;
      readonly onEnd: (reason: EndReason) => void;
    },
  ) {
    this.lastSeen = options.now;
    this.lastPing = options.now;
  }

  get open(): boolean {
    return !this.#closing && this.ws.readyState === WebSocket.OPEN;
  }

  /** Whether we have ended it; else its end came without a word, by Bun's limit or by the network. */
  get ended(): boolean {
    return this.#closing;
  }

  send(frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.open) this.ws.send(frame);
  }

  subscribe(topic: string): void {
    if (this.open) this.ws.subscribe(topic);
  }

  unsubscribe(topic: string): void {
    if (this.open) this.ws.unsubscribe(topic);
  }

  publish(topic: string, frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.open) this.ws.publish(topic, frame, false);
  }

  drained(): Promise<void> {
    if (!this.open || this.ws.getBufferedAmount() < limits.lowWaterBytes) return Promise.resolve();
    return this.#drain.wait();
  }

  /** Bun has written what was waiting. */
  onDrain(): void {
    if (this.open && this.ws.getBufferedAmount() >= limits.lowWaterBytes) return;
    this.#drain.release();
  }

  /** Says why, closes with the code of the reason, and cuts a peer that does not let go. */
  end(reason: EndReason, error?: { readonly code: string; readonly message: string }): void {
    if (!this.open) return;
    if (error) this.ws.send(this.options.encodeError(error));
    this.#closing = true;
    for (const topic of this.ws.subscriptions) this.ws.unsubscribe(topic);
    this.#cut = setTimeout(() => this.ws.terminate(), limits.cutAfterMs);
    this.options.onEnd(reason);
    this.ws.close(closeCodes[reason], reason);
    this.#drain.release();
  }

  /** The socket has closed: nothing of it stays. */
  closed(): void {
    this.#closing = true;
    clearTimeout(this.#cut);
    this.#drain.release();
  }

  /** One look at a time: who is dead is cut, who reads too slowly is sent away to resume. */
  inspect(now: number): void {
    if (!this.open) return;
    if (now - this.lastSeen > limits.deadAfterMs) {
      this.#closing = true;
      this.options.onEnd("gone");
      this.ws.terminate();
      return;
    }
    if (this.ws.getBufferedAmount() >= limits.farBehindBytes) return this.end("too_far_behind");
    if (now - this.lastPing < limits.pingEveryMs) return;
    this.lastPing = now;
    this.ws.ping();
  }
}
