import type { ConversationId } from "../../../contract/ids.ts";
import type { Delivery, Dialect, Room } from "../../dialect.ts";
import { isForOlder, olderStatus } from "../older.ts";

const nothing = (): readonly Delivery[] => [];

const roomOf = (conversationId: ConversationId): Room => ({ kind: "conversation", conversationId });

/** Everything goes to `conversation:{id}`: whoever has not joined it hears nothing. */
export const events: Dialect["events"] = {
  "message.created"({ message }) {
    if (!isForOlder(message)) return [];
    const payload = { ...message, status: olderStatus(message.status) };
    return [{ room: roomOf(message.conversation_id), name: "message:new", payload }];
  },
  "message.status"({ data, message, at }) {
    if (!isForOlder(message)) return [];
    const payload = { message_id: data.message_id, status: olderStatus(data.status), timestamp: at };
    return [{ room: roomOf(data.conversation_id), name: "message:status", payload }];
  },
  "message.updated": nothing,
  "message.deleted": nothing,
  "conversation.created": nothing,
  "conversation.updated": nothing,
  "conversation.assigned": nothing,
  "conversation.transferred": nothing,
  "conversation.status": nothing,
  "conversation.read": nothing,
  "conversation.deleted": nothing,
  "contact.created": nothing,
  "contact.updated": nothing,
  "contact.merged": nothing,
  "contact.deleted": nothing,
  "channel.created": nothing,
  "channel.updated": nothing,
  "channel.deleted": nothing,
  "channel.status": nothing,
  "channel.qr": nothing,
  "user.updated": nothing,
  "queue.updated": nothing,
  "label.updated": nothing,
  notification: nothing,
  "bulk.changed": nothing,
};

export const happenings: Dialect["happenings"] = {
  typing: ({ conversationId, by, typing }) => [
    {
      room: roomOf(conversationId),
      name: "user_typing",
      payload: { conversation_id: conversationId, user_id: by.id, typing },
    },
  ],
  presence: nothing,
  viewing: nothing,
  // For those who asked to resume: the others know no such event.
  tick: ({ seq }) => [{ room: { kind: "company" }, forms: ["sequenced"], name: "tick", payload: { seq } }],
};
