/** The lines of a thread: messages in order, between them days and the place where the unread ones begin. */
import type { Message } from "../../contract/entities.ts";
import type { MessageId } from "../../contract/ids.ts";
import { daysBetween } from "../kit/format.ts";
import type { PendingSend } from "../pending.ts";

export type ThreadItem =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "unread"; readonly key: string }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: Message;
      /** Begins a group of one author: there is room and a name above it. */
      readonly first: boolean;
      readonly last: boolean;
    }
  | { readonly kind: "pending"; readonly key: string; readonly send: PendingSend; readonly first: boolean };

/** Messages of one author further apart than this do not group, in milliseconds. */
const GROUP = 5 * 60_000;

export function byPosition(messages: Iterable<Message>): readonly Message[] {
  return [...messages].toSorted((a, b) => a.position - b.position);
}

/** Lays out a thread. `pending` holds only what the server has not shown yet. */
export function layOut(
  messages: readonly Message[],
  pending: readonly PendingSend[],
  unreadFrom: MessageId | null,
): readonly ThreadItem[] {
  const items: ThreadItem[] = [];
  let before: Message | undefined;
  messages.forEach((message, index) => {
    const newDay = !before || daysBetween(before.created_at, Date.parse(message.created_at)) !== 0;
    if (newDay) items.push({ kind: "day", key: `day ${message.id}`, at: message.created_at });
    const unread = message.id === unreadFrom;
    if (unread) items.push({ kind: "unread", key: "unread" });
    const next = messages[index + 1];
    items.push({
      kind: "message",
      key: message.id,
      message,
      first: newDay || unread || !before || !together(before, message),
      last: !next || next.id === unreadFrom || !together(message, next),
    });
    before = message;
  });
  pending.forEach((send, index) => {
    const follows = index > 0 || (before?.direction === "out" && before.message_type !== "system");
    items.push({ kind: "pending", key: send.body.client_id, send, first: !follows });
  });
  return items;
}

function together(a: Message, b: Message): boolean {
  return (
    a.sender_type === b.sender_type &&
    a.sender_id === b.sender_id &&
    (a.message_type === "note") === (b.message_type === "note") &&
    Math.abs(Date.parse(b.created_at) - Date.parse(a.created_at)) < GROUP
  );
}

/** The first of the last `count` messages from the contact. */
export function firstUnread(messages: readonly Message[], count: number): MessageId | null {
  if (count <= 0) return null;
  const received = messages.filter((message) => message.direction === "in");
  return received.at(-count)?.id ?? received[0]?.id ?? null;
}
