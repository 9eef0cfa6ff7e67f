import type { BrokenItem, InboundItem } from "./channel.ts";

/** A part of a webhook, in the order in which it stands there: its place names it in `inbound_failures`. */
export type ParsedItem = InboundItem | BrokenItem;

/** What taking webhooks in needs of a kind of channel. `secrets` are the channel's. */
export interface InboundKind {
  /** The answer to the provider's question before it sends webhooks; null where the token is wrong. */
  readonly challenge: (query: URLSearchParams, secrets: Readonly<Record<string, string>>) => string | null;
  /** Whether the provider signed these bytes. Compares in constant time. */
  readonly isSigned: (
    raw: Uint8Array,
    headers: Headers,
    secrets: Readonly<Record<string, string>>,
  ) => boolean;
  /** Whether webhooks for the one channel may come over the other's address: they are of one app. */
  readonly shareApp: (
    one: Readonly<Record<string, string>>,
    other: Readonly<Record<string, string>>,
  ) => boolean;
  /** Whether a part that names no channel is about the account that this one belongs to. `settings` are its own. */
  readonly answersTo: (settings: Readonly<Record<string, unknown>>, route: string) => boolean;
  /** Never throws; what can't be read is a broken item beside its siblings. `arrivedAt` in milliseconds. */
  readonly parse: (body: unknown, arrivedAt: number) => readonly ParsedItem[];
}
