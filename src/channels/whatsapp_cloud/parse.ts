import type { BrokenItem, InboundItem } from "../channel.ts";
import { parseAccountChange } from "./parse-account.ts";
import { parseEchoes, parseHistory } from "./parse-history.ts";
import { fromCustomers, parseMessage } from "./parse-message.ts";
import { parseStatus } from "./parse-status.ts";
import { readPeople } from "./people.ts";
import { firstError } from "./provider-error.ts";
import {
  changeSchema,
  entrySchema,
  envelopeSchema,
  metadataSchema,
  type Origin,
  readList,
  readTime,
  reasonOf,
} from "./wire.ts";

type Items = (InboundItem | BrokenItem)[];

/**
 * Meta's webhook in our own terms, in the order in which it stands there; never throws. A piece that can't be
 * read is a broken item beside its siblings, and a field that we don't use is an ignored one, so nothing is silently dropped.
 * `arrivedAt` (milliseconds) stands in where the provider tells no time. Source: channels.md, "whatsapp_cloud facts".
 */
export function parseWebhook(body: unknown, arrivedAt: number): readonly (InboundItem | BrokenItem)[] {
  // Meta's samples show a list around some webhooks.
  const envelopes = Array.isArray(body) ? body : [body];
  return envelopes.flatMap((envelope) => {
    const parsed = envelopeSchema.safeParse(envelope);
    if (!parsed.success) return broken("", reasonOf(parsed.error, "webhook"));
    return parsed.data.entry.flatMap((entry) => parseEntry(entry, arrivedAt));
  });
}

function parseEntry(raw: unknown, arrivedAt: number): Items {
  const entry = entrySchema.safeParse(raw);
  if (!entry.success) return broken("", reasonOf(entry.error, "entry"));
  const at = readTime(entry.data.time, arrivedAt);
  return entry.data.changes.flatMap((raw) => {
    const change = changeSchema.safeParse(raw);
    if (!change.success) return broken("", reasonOf(change.error, "change"));
    return parseChange(change.data, { at, account: entry.data.id });
  });
}

function parseChange(
  { field, value }: { readonly field: string; readonly value: Record<string, unknown> },
  { at, account }: { readonly at: number; readonly account: string | undefined },
): Items {
  const metadata = metadataSchema.safeParse(value.metadata);
  const origin: Origin = {
    route: metadata.success ? metadata.data.phone_number_id : accountRoute(account),
    business: (metadata.success && metadata.data.display_phone_number?.replaceAll(/\D/g, "")) || null,
    at,
  };
  switch (field) {
    case "messages":
      return parseMessages(value, origin);
    case "smb_message_echoes":
      return parseEchoes(value, origin);
    case "history":
      return parseHistory(value, origin);
    default:
      return [parseAccountChange(field, value, origin)];
  }
}

function parseMessages(value: Readonly<Record<string, unknown>>, origin: Origin): Items {
  const source = fromCustomers(origin, readPeople(value));
  const error = firstError(readList(value, "errors"));
  return [
    ...readList(value, "messages").map((message) => parseMessage(message, source)),
    ...readList(value, "statuses").map((status) => parseStatus(status, origin)),
    ...(error ? [failureOf(origin, `${error.message} (${error.code})`)] : []),
  ];
}

/** What names no number is about the account, where one is named. */
export function accountRoute(account: string | undefined): string {
  return account === undefined ? "" : `account:${account}`;
}

/** An error of the whole number: the channel goes on, and somebody should know. */
function failureOf({ route, at }: Origin, detail: string): InboundItem {
  return { kind: "channel-state", route, at, status: null, detail };
}

function broken(route: string, reason: string): Items {
  return [{ kind: "broken", route, reason }];
}
