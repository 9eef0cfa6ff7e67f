import { Waiters } from "../../waiters.ts";
import { encodePayload, type Packet, packetTypes, sizeOf } from "./packets.ts";
import type { Listener, Topics } from "./topics.ts";
import type { Transport } from "./transport.ts";

/** More packets in one answer are an error to python-socketio (`Payload.max_decode_packets`). */
const PACKETS_PER_ANSWER = 16;

/** Long polling: packets wait in order until the client asks for them. */
export class PollingTransport implements Transport, Listener {
  readonly name = "polling";
  readonly topics = new Set<string>();
  readonly #drain = new Waiters();
  readonly #queue: Packet[] = [];
  #bytes = 0;
  #poll: ((body: string) => void) | undefined;
  #flushing = false;
  /** The packet that ends it, once there is one. */
  #last: Packet | undefined;
  #finished = false;

  constructor(
    private readonly all: Topics,
    private readonly options: {
      /** Bytes that may wait for the next poll. */
      readonly most: number;
      readonly onTooMuch: () => void;
    },
  ) {}

  get writable(): boolean {
    return this.#poll !== undefined && !this.#flushing;
  }

  get buffered(): number {
    return this.#bytes;
  }

  get polled(): boolean {
    return this.#poll !== undefined;
  }

  /** The client has been told the end. */
  get finished(): boolean {
    return this.#finished;
  }

  send(packet: Packet): void {
    this.#queue.push(packet);
    this.#bytes += sizeOf(packet);
    if (this.#poll) this.#flushSoon();
    else if (this.#bytes > this.options.most) this.options.onTooMuch();
  }

  deliver(packet: Packet): void {
    this.send(packet);
  }

  subscribe(topic: string): void {
    this.topics.add(topic);
    this.all.polling.add(topic, this);
  }

  unsubscribe(topic: string): void {
    this.topics.delete(topic);
    this.all.polling.remove(topic, this);
  }

  publish(topic: string, packet: Packet): void {
    this.all.publish(topic, packet, this);
  }

  drained(): Promise<void> {
    return this.#queue.length === 0 ? Promise.resolve() : this.#drain.wait();
  }

  /** Gives what waits, now or as soon as there is something. One poll at a time. */
  poll(): Promise<string> {
    return new Promise((resolve) => {
      this.#poll = resolve;
      if (this.#queue.length > 0 || this.#last !== undefined) this.#flushSoon();
    });
  }

  /** Answers a waiting poll: with what waits and `noop`, so that the client may go on to its next transport. */
  letGo(): void {
    if (this.#poll) this.send(packetTypes.noop);
  }

  /** The poll's request has gone: whoever sent it does not wait any more. */
  forget(): void {
    this.#poll = undefined;
  }

  /** Hands over to another transport: what waits, in order. Nothing stays here. */
  release(): readonly Packet[] {
    const waiting = this.#queue.splice(0);
    this.#bytes = 0;
    this.#leaveTopics();
    this.letGo();
    this.#drain.release();
    return waiting;
  }

  close(): void {
    this.#endWith(packetTypes.close);
  }

  terminate(last: Packet): void {
    this.#queue.length = 0;
    this.#bytes = 0;
    this.#endWith(last);
    this.#drain.release();
  }

  #endWith(last: Packet): void {
    this.#leaveTopics();
    this.#last = last;
    if (this.#poll) this.#flushSoon();
  }

  #leaveTopics(): void {
    for (const topic of this.topics) this.all.polling.remove(topic, this);
    this.topics.clear();
  }

  /** Once per turn: what is published together leaves in one answer. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.#flush());
  }

  /** The end stands alone in its answer: clients obey it before the packets that came along. */
  #flush(): void {
    this.#flushing = false;
    const answer = this.#poll;
    if (!answer) return;
    const packets = this.#queue.splice(0, PACKETS_PER_ANSWER);
    if (packets.length === 0 && this.#last === undefined) return;
    this.#poll = undefined;
    this.#finished = packets.length === 0;
    for (const packet of packets) this.#bytes -= sizeOf(packet);
    answer(encodePayload(packets.length > 0 ? packets : [this.#last ?? packetTypes.noop]));
    if (this.#queue.length === 0) this.#drain.release();
  }
}
