/** What a message that arrived does to its conversation. Pure; `receive.ts` writes what it says. */
import type { ChannelKind } from "../../contract/entities.ts";
import type { ConversationPatch } from "../conversations/change.ts";
import { attendedStatus, statusAfterReply } from "../conversations/status.ts";
import type { ConversationRow } from "../conversations/store.ts";
import { preview } from "./preview.ts";
import type { NewMessage } from "./store.ts";

/** Milliseconds after a contact's message in which free text may be sent; null where the kind has no such rule. */
const windows: Readonly<Record<ChannelKind, number | null>> = { whatsapp_cloud: 24 * 60 * 60 * 1000 };

export interface Received {
  readonly message: NewMessage;
  readonly history: boolean;
  readonly kind: ChannelKind;
  /** Of the file that came with it; "" where there is none. */
  readonly fileName: string;
}

/**
 * History only fills the timeline. A contact's message counts as unread, ends a snooze and takes `waiting` or `resolved`
 * back to whoever attends; a reply from the phone makes it wait (realtime.md, "Status").
 */
export function afterMessage(conversation: ConversationRow, received: Received): ConversationPatch {
  const { message, history, kind, fileName } = received;
  const said =
    message.position > conversation.last_position ? asLast(conversation, { message, fileName }) : {};
  if (history) return said;
  if (message.direction === "out") return { ...said, status: statusAfterReply(conversation.status) };
  const window = windows[kind];
  return {
    ...said,
    status: statusAfterContact(conversation),
    unread_count: conversation.unread_count + 1,
    snoozed_until: null,
    ...(window === null
      ? {}
      : { window_expires_at: Math.max(conversation.window_expires_at ?? 0, message.createdAt + window) }),
  };
}

function asLast(
  conversation: ConversationRow,
  { message, fileName }: Pick<Received, "message" | "fileName">,
): ConversationPatch {
  return {
    last_position: message.position,
    last_message: preview(message.messageType, message.content, fileName),
    last_message_at: message.createdAt,
    activity_at: Math.max(conversation.activity_at, message.createdAt),
  };
}

function statusAfterContact({ status, assignee_id }: ConversationRow) {
  return status === "waiting" || status === "resolved" ? attendedStatus(assignee_id) : status;
}
