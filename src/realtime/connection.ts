import type { Caller } from "../auth/caller.ts";
import type { ConversationId, Id } from "../contract/ids.ts";
import type { Dialect } from "./dialect.ts";
import type { Link } from "./link.ts";

export type ConnectionId = Id<"connection">;

/** One authenticated connection, of whatever dialect and transport. */
export interface Connection {
  readonly id: ConnectionId;
  readonly dialect: Dialect;
  readonly form: string;
  readonly link: Link;
  /** Milliseconds. */
  readonly connectedAt: number;
  /** Who it is, with the rights of this moment; replaced when they change. */
  caller: Caller;
  /** When the token ends (milliseconds), null for what does not expire. */
  expiresAt: number | null;
  /** Conversations whose rooms it asked for. */
  readonly rooms: Set<ConversationId>;
  /** False until the replay has reached the head: before that it is in no topic. */
  live: boolean;
}

/** Sends one frame without a `seq` to one connection. */
export function tell(connection: Connection, name: string, payload: unknown): void {
  const { dialect, form, link } = connection;
  link.send(dialect.frame(form, { name, payload }, null));
}
