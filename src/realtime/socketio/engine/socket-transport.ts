import type { ServerWebSocket } from "bun";

import { limits } from "../../limits.ts";
import type { SocketData } from "../../socket.ts";
import { Waiters } from "../../waiters.ts";
import type { Packet } from "./packets.ts";
import type { Topics } from "./topics.ts";
import type { Transport } from "./transport.ts";

/** A WebSocket: topics are native, and Bun keeps what the peer has not read. */
export class SocketTransport implements Transport {
  readonly name = "websocket";
  readonly #drain = new Waiters();

  constructor(
    private readonly ws: ServerWebSocket<SocketData>,
    private readonly topics: Topics,
  ) {}

  get writable(): boolean {
    return this.ws.getBufferedAmount() === 0;
  }

  get buffered(): number {
    return this.ws.getBufferedAmount();
  }

  /** Past the limit Bun closes the socket itself (`closeOnBackpressureLimit`): a stream with a hole never goes on. */
  send(packet: Packet): void {
    this.ws.send(packet);
  }

  subscribe(topic: string): void {
    if (this.#isOpen()) this.ws.subscribe(topic);
  }

  unsubscribe(topic: string): void {
    if (this.#isOpen()) this.ws.unsubscribe(topic);
  }

  publish(topic: string, packet: Packet): void {
    if (this.#isOpen()) this.ws.publish(topic, packet, false);
    this.topics.polling.publish(topic, packet);
  }

  drained(): Promise<void> {
    if (!this.#isOpen() || this.buffered < limits.lowWaterBytes) return Promise.resolve();
    return this.#drain.wait();
  }

  /** Bun has written what waited. */
  onDrain(): void {
    if (!this.#isOpen() || this.buffered < limits.lowWaterBytes) this.#drain.release();
  }

  close(): void {
    this.#leaveTopics();
    this.ws.close();
    this.#drain.release();
  }

  terminate(): void {
    this.ws.terminate();
    this.#drain.release();
  }

  #leaveTopics(): void {
    if (!this.#isOpen()) return;
    for (const topic of this.ws.subscriptions) this.ws.unsubscribe(topic);
  }

  #isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }
}
