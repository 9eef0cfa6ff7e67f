/** What the business's own phone sends: echoes of its messages, and the history from before it was connected. */
import { z } from "zod";

import { type MessageStatus, messageStatuses } from "../../contract/entities.ts";
import type { BrokenItem, InboundItem, Person } from "../channel.ts";
import { type MessageSource, parseMessage } from "./parse-message.ts";
import { personOf } from "./people.ts";
import { firstError } from "./provider-error.ts";
import { idSchema, type Origin, readList, reasonOf, type WireMessage } from "./wire.ts";

type Value = Readonly<Record<string, unknown>>;

/** `field: "smb_message_echoes"`. */
export function parseEchoes(value: Value, origin: Origin): (InboundItem | BrokenItem)[] {
  const source: MessageSource = {
    origin,
    historyOf: () => null,
    sidesOf(message) {
      const person = recipientOf(message);
      return person && { mine: true, person };
    },
  };
  return readList(value, "message_echoes").map((message) => parseMessage(message, source));
}

const threadSchema = z.object({ id: idSchema, messages: z.array(z.unknown()) });

/**
 * `field: "history"`: threads by customer, files that follow their placeholders, and the owner's refusal to share.
 * A file that the business sent may name no recipient: its message is there already, so nobody is looked for.
 */
export function parseHistory(value: Value, origin: Origin): (InboundItem | BrokenItem)[] {
  const nobody: Person = { identifiers: [], name: null };
  const files: MessageSource = {
    origin,
    historyOf: historyStatus,
    sidesOf(message) {
      const mine = message.from !== undefined && message.from === origin.business;
      if (mine) return { mine, person: recipientOf(message) ?? nobody };
      const person = personOf({ waId: message.from, userId: message.from_user_id });
      return person && { mine, person };
    },
  };
  return [
    ...readList(value, "history").flatMap((chunk) => parseChunk(chunk, origin)),
    ...readList(value, "messages").map((message) => parseMessage(message, files)),
  ];
}

function parseChunk(chunk: unknown, origin: Origin): (InboundItem | BrokenItem)[] {
  const { route, at } = origin;
  if (typeof chunk !== "object" || chunk === null) {
    return [{ kind: "broken", route, reason: "history: not an object" }];
  }
  const error = firstError(readList({ ...chunk }, "errors"));
  const refusal: InboundItem[] = error
    ? [{ kind: "channel-state", route, at, status: null, detail: `${error.message} (${error.code})` }]
    : [];
  return [...refusal, ...readList({ ...chunk }, "threads").flatMap((thread) => parseThread(thread, origin))];
}

function parseThread(raw: unknown, origin: Origin): (InboundItem | BrokenItem)[] {
  const thread = threadSchema.safeParse(raw);
  if (!thread.success) {
    return [{ kind: "broken", route: origin.route, reason: reasonOf(thread.error, "history.threads") }];
  }
  const { id, messages } = thread.data;
  const person: Person = { identifiers: [{ kind: "wa_id", value: id }], name: null };
  const source: MessageSource = {
    origin,
    historyOf: historyStatus,
    sidesOf: (message) => ({ mine: message.from !== id, person }),
  };
  return messages.map((message) => parseMessage(message, source));
}

/** Meta's word in capitals; ERROR is our `failed`, and one that we don't know was at least delivered. */
function historyStatus(message: WireMessage): MessageStatus {
  const word = message.history_context?.status.toLowerCase();
  if (word === "error") return "failed";
  return messageStatuses.find((status) => status === word) ?? "delivered";
}

function recipientOf(message: WireMessage): Person | null {
  return personOf({ waId: message.to, userId: message.to_user_id });
}
