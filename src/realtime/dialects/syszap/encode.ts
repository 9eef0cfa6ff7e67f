import type { Contact } from "../../../contract/entities.ts";
import type { Delivery, Dialect, Room } from "../../dialect.ts";
import { isForOlder } from "../older.ts";
import { sessionStatus, toClientUpdate, toMessage, toNewClient } from "./wire.ts";

const audience: Room = { kind: "audience" };
const company: Room = { kind: "company" };

const nothing = (): readonly Delivery[] => [];

/** What `client_update` shows: a name, a photo, a number, and that the client wrote. */
const clientFields: ReadonlySet<keyof Contact> = new Set([
  "name",
  "avatar_url",
  "phone",
  "identifiers",
  "last_contact_at",
]);

export const events: Dialect["events"] = {
  "message.created"({ message, conversation }) {
    if (!isForOlder(message)) return [];
    return [{ room: audience, name: "new_message", payload: toMessage(message, conversation) }];
  },
  "message.status": nothing,
  "message.updated": nothing,
  "message.deleted": nothing,
  "conversation.created": nothing,
  "conversation.updated": nothing,
  "conversation.assigned": nothing,
  "conversation.transferred": nothing,
  "conversation.status": nothing,
  "conversation.read": nothing,
  "conversation.deleted": nothing,
  "contact.created": ({ contact, companyId, at }) => [
    { room: audience, name: "new_client", payload: toNewClient(contact, { companyId, at }) },
  ],
  "contact.updated"({ contact, data, at }) {
    if (!data.fields.some((field) => clientFields.has(field))) return [];
    return [{ room: audience, name: "client_update", payload: toClientUpdate(contact, at) }];
  },
  "contact.merged": ({ contact, at }) => [
    { room: audience, name: "client_update", payload: toClientUpdate(contact, at) },
  ],
  "contact.deleted": nothing,
  "channel.created": ({ channel, at }) => [sessionDelivery(channel, at)],
  "channel.updated": nothing,
  "channel.deleted": ({ data, at }) => [sessionDelivery({ id: data.channel_id, status: "disconnected" }, at)],
  "channel.status": ({ channel, data, at }) => [sessionDelivery({ id: channel.id, status: data.status }, at)],
  "channel.qr": ({ channel, qr, at }) => [
    {
      room: { kind: "managers" },
      name: "qr_code",
      payload: { sessionId: channel.id, qrCode: qr, timestamp: at },
    },
  ],
  "user.updated": nothing,
  "queue.updated": nothing,
  "label.updated": nothing,
  notification: nothing,
  "bulk.changed": nothing,
};

function sessionDelivery(
  channel: { readonly id: string; readonly status: Parameters<typeof sessionStatus>[0] },
  at: string,
): Delivery {
  const payload = { sessionId: channel.id, status: sessionStatus(channel.status), timestamp: at };
  return { room: company, name: "session_status", payload };
}

export const happenings: Dialect["happenings"] = {
  typing: nothing,
  presence: nothing,
  viewing: nothing,
  tick: ({ seq }) => [{ room: company, name: "tick", payload: { seq } }],
};
