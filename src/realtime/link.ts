/** Why the server ends a connection; each transport has its own words (close codes) for it. */
export type EndReason =
  | "unauthorized"
  | "forbidden"
  | "auth_timeout"
  | "rate_limited"
  | "too_far_behind"
  | "expired"
  | "restarting"
  | "gone";

/** How bytes leave to one connection; the transport behind it subscribes natively where it can. */
export interface Link {
  /** Sends to this connection alone. Sequenced events go out this way during a replay only, then by topics. */
  send(frame: string | Uint8Array<ArrayBuffer>): void;
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  /** Publishes to everybody in the topic but this connection. */
  publish(topic: string, frame: string | Uint8Array<ArrayBuffer>): void;
  /** Resolves when what was sent has left (below the low-water mark), or the connection has ended. */
  drained(): Promise<void>;
  end(reason: EndReason, error?: { readonly code: string; readonly message: string }): void;
  readonly open: boolean;
}

/** The server's own publish, and whether anybody listens (so that nothing is encoded for nobody). */
export interface Publisher {
  publish(topic: string, frame: string | Uint8Array<ArrayBuffer>): void;
  listeners(topic: string): number;
}
