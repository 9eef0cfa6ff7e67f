/** Topics over both transports: WebSockets are subscribed natively, polling sessions have a list of ours. */
import type { Server } from "bun";

import type { Publisher } from "../../link.ts";
import type { SocketData } from "../../socket.ts";
import type { Packet } from "./packets.ts";

/** Who can be in a topic without a socket. */
export interface Listener {
  deliver(packet: Packet): void;
}

/** The topics of sessions that have no socket to subscribe. Empty topics are forgotten. */
export class PollingTopics {
  readonly #listeners = new Map<string, Set<Listener>>();

  get size(): number {
    return this.#listeners.size;
  }

  add(topic: string, listener: Listener): void {
    const listeners = this.#listeners.get(topic);
    if (listeners) listeners.add(listener);
    else this.#listeners.set(topic, new Set([listener]));
  }

  remove(topic: string, listener: Listener): void {
    const listeners = this.#listeners.get(topic);
    if (listeners?.delete(listener) && listeners.size === 0) this.#listeners.delete(topic);
  }

  count(topic: string): number {
    return this.#listeners.get(topic)?.size ?? 0;
  }

  publish(topic: string, packet: Packet, except?: Listener): void {
    for (const listener of this.#listeners.get(topic) ?? []) {
      if (listener !== except) listener.deliver(packet);
    }
  }
}

/** Publishes to everybody in a topic, whatever the transport. */
export class Topics implements Publisher {
  readonly polling = new PollingTopics();
  #server: Server<SocketData> | undefined;

  /** The server exists only after `Bun.serve`; until then no socket listens. */
  attach(server: Server<SocketData>): void {
    this.#server = server;
  }

  /** To all but a listener that is a polling session; a socket leaves itself out by its own `publish`. */
  publish(topic: string, packet: Packet, except?: Listener): void {
    this.#server?.publish(topic, packet, false);
    this.polling.publish(topic, packet, except);
  }

  listeners(topic: string): number {
    return (this.#server?.subscriberCount(topic) ?? 0) + this.polling.count(topic);
  }
}
