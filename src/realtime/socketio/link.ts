import type { Socket } from "socket.io";

import type { EndReason, Link } from "../link.ts";
import type { Session } from "./engine/session.ts";

/**
 * A socket of one namespace as a `Link`. Topics belong to the Engine.IO session, which natively subscribes its
 * WebSocket; two namespaces on one session never share one, since the names begin with the dialect's.
 */
export class SocketLink implements Link {
  readonly #topics = new Set<string>();

  constructor(
    private readonly socket: Socket,
    private readonly session: Session,
    private readonly onEnd: (reason: EndReason) => void,
  ) {}

  get open(): boolean {
    return this.socket.connected && this.session.open;
  }

  send(frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.open) this.session.send(frame);
  }

  subscribe(topic: string): void {
    if (!this.open) return;
    this.#topics.add(topic);
    this.session.subscribe(topic);
  }

  unsubscribe(topic: string): void {
    if (this.#topics.delete(topic)) this.session.unsubscribe(topic);
  }

  publish(topic: string, frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.open) this.session.publish(topic, frame);
  }

  drained(): Promise<void> {
    return this.open ? this.session.drained() : Promise.resolve();
  }

  /**
   * Where the client shall come back by itself, only the transport closes; otherwise it reads `io server disconnect`,
   * after which it does not. `error` has no place on this wire.
   */
  end(reason: EndReason): void {
    if (!this.open) return;
    this.onEnd(reason);
    this.leaveTopics();
    if (comesBack(reason)) this.session.close();
    else this.socket.disconnect();
  }

  /** The socket has left its namespace: nothing more is published to it, even if the session goes on in another. */
  leaveTopics(): void {
    for (const topic of this.#topics) this.session.unsubscribe(topic);
    this.#topics.clear();
  }
}

function comesBack(reason: EndReason): boolean {
  switch (reason) {
    case "restarting":
    case "too_far_behind":
    case "expired":
    case "gone":
      return true;
    case "unauthorized":
    case "forbidden":
    case "auth_timeout":
    case "rate_limited":
      return false;
  }
}
