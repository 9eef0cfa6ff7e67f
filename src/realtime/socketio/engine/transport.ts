import type { Packet } from "./packets.ts";

/** How the packets of a session leave at the moment. Exactly two exist: `PollingTransport` and `SocketTransport`. */
export interface Transport {
  readonly name: "polling" | "websocket";
  /** Whether a packet would leave at once: what is volatile is sent only then. */
  readonly writable: boolean;
  /** Bytes that wait. */
  readonly buffered: number;
  send(packet: Packet): void;
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  /** To everybody in the topic but this session. */
  publish(topic: string, packet: Packet): void;
  /** The client has taken what waited, or enough of it. */
  drained(): Promise<void>;
  /** Ends it after what waits has left. */
  close(): void;
  /** Ends it now; `last` answers a poll that waits. */
  terminate(last: Packet): void;
}
