/** What a connection is asked for and what it tells; see `connection.ts`. */
import type { Frame, Signal } from "../contract/events.ts";

/** Where to go on from: a place in the log of one database. */
export interface Cursor {
  readonly since: number;
  readonly epoch: string;
}

export type ConnectionState =
  | { readonly at: "connecting" }
  | { readonly at: "connected"; readonly recovered: Recovery | null }
  | { readonly at: "reconnecting"; readonly since: number }
  | { readonly at: "polling" }
  | { readonly at: "closed" };

/** What a resume brought: how many messages of customers, and when everything was there (ms). */
export interface Recovery {
  readonly messages: number;
  readonly completeAt: number;
}

export interface ConnectionOptions {
  /** Address of the socket, `ws:` or `wss:`. */
  readonly address: string;
  /** A token that holds; null sends the person to the sign-in. `renew`: the last one was refused. */
  readonly token: (renew: boolean) => Promise<string | null>;
  readonly onFrame: (frame: Frame) => void;
  readonly onSignal: (signal: Signal) => void;
  /** Everything must be loaded anew; resolves to where that data was true. */
  readonly reload: () => Promise<Cursor>;
  /** One long poll from the cursor, for when no socket can be had; see `polling.ts`. */
  readonly poll: (cursor: Cursor, signal: AbortSignal) => Promise<Cursor | "reload">;
  /** Milliseconds before the attempt with this number; `backoffMs` unless a test hurries. */
  readonly delay?: (attempt: number) => number;
  /** How often it is looked whether there is a newer token, in milliseconds. */
  readonly renewEveryMs?: number;
}
