import type { Message } from "../../../contract/entities.ts";
import type { FrameData, FrameType, SignalData, SignalType } from "../../../contract/events.ts";
import type { Delivery, Dialect, Room } from "../../dialect.ts";

const audience: Room = { kind: "audience" };
const company: Room = { kind: "company" };

function frame<T extends FrameType>(room: Room, name: T, payload: FrameData[T]): readonly Delivery[] {
  return [{ room, name, payload }];
}

function signal<T extends SignalType>(room: Room, name: T, payload: SignalData[T]): readonly Delivery[] {
  return [{ room, name, payload }];
}

/** Direction decides: what came from the contact is received, everything else was sent. */
function received(message: Message): "message_received" | "message_sent" {
  return message.direction === "in" ? "message_received" : "message_sent";
}

/** `assigned`, `transferred` and `status` say nothing here: the `conversation.updated` that follows each is whole. */
export const events: Dialect["events"] = {
  "message.created": ({ message }) => frame(audience, received(message), message),
  "message.status": ({ data }) => frame(audience, "message_status_updated", data),
  "message.updated": ({ message }) => frame(audience, "message_updated", message),
  "message.deleted": ({ message, data, at }) =>
    frame(audience, "message_deleted", { ...data, deleted_at: message.deleted_at ?? at }),
  "conversation.created": ({ conversation }) => frame(audience, "conversation_created", conversation),
  "conversation.updated": ({ conversation }) => frame(audience, "conversation_updated", conversation),
  "conversation.assigned": () => [],
  "conversation.transferred": () => [],
  "conversation.status": () => [],
  "conversation.read": ({ conversation, data }) =>
    frame(audience, "read", {
      conversation_id: conversation.id,
      unread_count: conversation.unread_count,
      position: data.position,
    }),
  // To everybody: who saw it somewhere else before, and was away when it moved, is told here that it is gone.
  "conversation.deleted": ({ data }) =>
    frame(company, "conversation_removed", { conversation_id: data.conversation_id }),
  "contact.created": ({ contact }) => frame(audience, "contact_created", contact),
  "contact.updated": ({ contact }) => frame(audience, "contact_updated", contact),
  "contact.merged": ({ contact, data }) =>
    frame(audience, "contact_merged", { contact, merged_id: data.merged_id }),
  "contact.deleted": ({ data }) => frame(company, "contact_deleted", data),
  "channel.created": ({ channel }) => frame(company, "channel_updated", channel),
  "channel.updated": ({ channel }) => frame(company, "channel_updated", channel),
  "channel.deleted": ({ data }) => frame(company, "channel_updated", { id: data.channel_id, deleted: true }),
  "channel.status": ({ channel }) =>
    frame(company, "channel_status", {
      channel_id: channel.id,
      status: channel.status,
      status_detail: channel.status_detail,
    }),
  "channel.qr": ({ channel, qr }) =>
    frame({ kind: "managers" }, "channel_qr", { channel_id: channel.id, qr }),
  "user.updated": ({ user }) => frame(company, "user_updated", user),
  "queue.updated": ({ queue, data }) =>
    frame(company, "queue_updated", queue ?? { id: data.queue_id, deleted: true }),
  "label.updated": ({ label, data }) =>
    frame(company, "label_updated", label ?? { id: data.label_id, deleted: true }),
  notification: ({ notification }) =>
    frame(
      notification.user_id === null ? company : { kind: "user", userId: notification.user_id },
      "notification",
      notification,
    ),
  "bulk.changed": ({ data }) => frame(company, "bulk_changed", { kind: data.kind }),
};

/** `typing_start`/`typing_stop` are the contact's only; a colleague's typing is `agent_typing`, to the room. */
export const happenings: Dialect["happenings"] = {
  typing: ({ by, conversationId, typing }) =>
    by.kind === "contact"
      ? signal(audience, typing ? "typing_start" : "typing_stop", {
          conversation_id: conversationId,
          contact_id: by.id,
        })
      : signal({ kind: "conversation", conversationId }, "agent_typing", {
          conversation_id: conversationId,
          user_id: by.id,
          typing,
        }),
  presence: ({ userId, presence, lastSeenAt }) =>
    signal(company, "presence", { user_id: userId, presence, last_seen_at: lastSeenAt }),
  viewing: ({ conversationId, userIds }) =>
    signal({ kind: "conversation", conversationId }, "viewing", {
      conversation_id: conversationId,
      user_ids: userIds,
    }),
  tick: ({ seq }) => signal(company, "tick", { seq }),
};
