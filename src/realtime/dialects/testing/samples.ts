/**
 * One rendered event of each type, always the same: what the tests of the dialects encode, and what their documents
 * show. A new event type does not compile without its line.
 */
import type {
  Channel,
  Contact,
  Conversation,
  Label,
  Message,
  Notification,
  Queue,
  User,
} from "../../../contract/entities.ts";
import type { EventType } from "../../../contract/events.ts";
import type { CompanyId, QueueId, UserId } from "../../../contract/ids.ts";
import type { RenderedOf, Scope } from "../../rendered.ts";

const id = (last: string) => `01980000-0000-7000-8000-${last.padStart(12, "0")}`;

export const at = "2026-03-02T14:07:31.512Z";
export const companyId = id("1") as CompanyId;
export const agentId = id("2") as UserId;
export const queueId = id("3") as QueueId;

export const contact: Contact = {
  id: id("4") as Contact["id"],
  name: "Camila Rocha",
  phone: "+5511987654321",
  email: null,
  avatar_url: "/files/avatars/camila.webp",
  identifiers: [{ kind: "wa_id", value: "5511987654321" }],
  labels: [],
  custom: {},
  last_contact_at: at,
  created_at: "2026-03-01T09:00:00.000Z",
};

export const conversation: Conversation = {
  id: id("5") as Conversation["id"],
  tenant_id: companyId,
  number: 42,
  contact_id: contact.id,
  contact,
  channel_id: id("6") as Conversation["channel_id"],
  queue_id: queueId,
  assignee_id: null,
  status: "active",
  priority: "normal",
  subject: "Bolo de cenoura",
  description: "",
  labels: [],
  unread_count: 1,
  last_message: "Ainda tem bolo de cenoura?",
  last_message_time: at,
  window_expires_at: "2026-03-03T14:07:31.512Z",
  snoozed_until: null,
  created_at: "2026-03-02T14:07:31.000Z",
  updated_at: at,
};

export const message: Message = {
  id: id("7") as Message["id"],
  conversation_id: conversation.id,
  sender_type: "contact",
  sender_id: contact.id,
  sender_name: contact.name,
  direction: "in",
  message_type: "text",
  content: "Ainda tem bolo de cenoura?",
  attachments: [],
  reply_to: null,
  reactions: [],
  client_id: null,
  external_id: "wamid.HBgNNTUxMTk4NzY1NDMyMQ",
  status: "delivered",
  position: 1_772_460_451_512,
  error: null,
  metadata: {},
  edited_at: null,
  deleted_at: null,
  created_at: at,
};

/** What an agent wrote back. */
export const reply: Message = {
  ...message,
  id: id("8") as Message["id"],
  sender_type: "agent",
  sender_id: agentId,
  sender_name: "Ana",
  direction: "out",
  content: "Tem, sim!",
  status: "sent",
  position: message.position + 1,
};

export const channel: Channel = {
  id: conversation.channel_id,
  kind: "whatsapp_cloud",
  name: "WhatsApp",
  status: "connected",
  status_detail: null,
  phone: "+551133334444",
  created_at: "2026-03-01T08:00:00.000Z",
};

export const user: User = {
  id: agentId,
  company_id: companyId,
  name: "Ana",
  email: "ana@padaria.example",
  role: "agent",
  avatar_url: null,
  presence: "online",
  last_seen_at: null,
  queue_ids: [queueId],
  active: true,
};

const queue: Queue = {
  id: queueId,
  name: "Balcão",
  color: "#1f5fa8",
  description: "",
  member_ids: [agentId],
};
const label: Label = { id: id("9") as Label["id"], name: "Encomenda", color: "#b4530a" };
export const notification: Notification = {
  id: id("10") as Notification["id"],
  user_id: agentId,
  kind: "assigned",
  text: "Camila Rocha",
  data: { conversation_id: conversation.id },
  created_at: at,
};

const placed: Scope = {
  kind: "placed",
  visibility: "all",
  placement: { queue_id: queueId, assignee_id: null, assignee: null },
  attendingOnly: false,
};
const everywhere: Scope = { kind: "company" };
const head = { seq: 1815, at, companyId };
const aboutConversation = { conversation_id: conversation.id };
const aboutMessage = { message_id: message.id, ...aboutConversation };
const before = { queue_id: queueId, assignee_id: null };
const mine: Conversation = { ...conversation, status: "assigned", assignee_id: agentId };

export const samples: { readonly [T in EventType]: RenderedOf<T> } = {
  "message.created": {
    ...head,
    type: "message.created",
    scope: placed,
    data: aboutMessage,
    message,
    conversation,
  },
  "message.status": {
    ...head,
    type: "message.status",
    scope: placed,
    data: { ...aboutMessage, message_id: reply.id, status: "delivered" },
    message: { ...reply, status: "delivered" },
    conversation: mine,
  },
  "message.updated": {
    ...head,
    type: "message.updated",
    scope: placed,
    data: { ...aboutMessage, change: "edit" },
    message: { ...message, content: "Ainda tem bolo de fubá?", edited_at: at },
    conversation,
  },
  "message.deleted": {
    ...head,
    type: "message.deleted",
    scope: placed,
    data: aboutMessage,
    message: { ...message, content: "", deleted_at: at },
    conversation,
  },
  "conversation.created": {
    ...head,
    type: "conversation.created",
    scope: placed,
    data: aboutConversation,
    conversation,
  },
  "conversation.updated": {
    ...head,
    type: "conversation.updated",
    scope: placed,
    data: { ...aboutConversation, fields: ["status", "assignee_id"] },
    conversation: mine,
  },
  "conversation.assigned": {
    ...head,
    type: "conversation.assigned",
    scope: placed,
    data: { ...aboutConversation, assignee_id: agentId, by: agentId, before },
    conversation: mine,
  },
  "conversation.transferred": {
    ...head,
    type: "conversation.transferred",
    scope: placed,
    data: {
      ...aboutConversation,
      from: before,
      to: { queue_id: queueId, assignee_id: agentId },
      by: agentId,
      before,
      message_id: null,
    },
    conversation: mine,
    reason: "Quer falar com a Ana",
  },
  "conversation.status": {
    ...head,
    type: "conversation.status",
    scope: placed,
    data: { ...aboutConversation, status: "resolved", was: "assigned" },
    conversation: { ...mine, status: "resolved" },
  },
  "conversation.read": {
    ...head,
    type: "conversation.read",
    scope: placed,
    data: { ...aboutConversation, by: agentId, position: message.position },
    conversation: { ...conversation, unread_count: 0 },
  },
  "conversation.deleted": {
    ...head,
    type: "conversation.deleted",
    scope: placed,
    data: { ...aboutConversation, before },
  },
  "contact.created": {
    ...head,
    type: "contact.created",
    scope: placed,
    data: { contact_id: contact.id },
    contact,
  },
  "contact.updated": {
    ...head,
    type: "contact.updated",
    scope: placed,
    data: { contact_id: contact.id, fields: ["last_contact_at"] },
    contact,
  },
  "contact.merged": {
    ...head,
    type: "contact.merged",
    scope: placed,
    data: { contact_id: contact.id, merged_id: id("11") as Contact["id"] },
    contact,
  },
  "contact.deleted": {
    ...head,
    type: "contact.deleted",
    scope: everywhere,
    data: { contact_id: contact.id },
  },
  "channel.created": {
    ...head,
    type: "channel.created",
    scope: everywhere,
    data: { channel_id: channel.id },
    channel: { ...channel, status: "connecting" },
  },
  "channel.updated": {
    ...head,
    type: "channel.updated",
    scope: everywhere,
    data: { channel_id: channel.id },
    channel,
  },
  "channel.deleted": {
    ...head,
    type: "channel.deleted",
    scope: everywhere,
    data: { channel_id: channel.id },
  },
  "channel.status": {
    ...head,
    type: "channel.status",
    scope: everywhere,
    data: { channel_id: channel.id, status: "connected" },
    channel,
  },
  "channel.qr": {
    ...head,
    type: "channel.qr",
    scope: { kind: "managers" },
    data: { channel_id: channel.id },
    channel: { ...channel, status: "qr" },
    qr: "data:image/png;base64,iVBORw0KGgo…",
  },
  "user.updated": {
    ...head,
    type: "user.updated",
    scope: everywhere,
    data: { user_id: agentId, rights: false },
    user,
  },
  "queue.updated": {
    ...head,
    type: "queue.updated",
    scope: everywhere,
    data: { queue_id: queueId, deleted: false },
    queue,
  },
  "label.updated": {
    ...head,
    type: "label.updated",
    scope: everywhere,
    data: { label_id: label.id, deleted: false },
    label,
  },
  notification: {
    ...head,
    type: "notification",
    scope: { kind: "user", userId: agentId },
    data: { notification_id: notification.id, user_id: agentId },
    notification,
  },
  "bulk.changed": {
    ...head,
    type: "bulk.changed",
    scope: everywhere,
    data: { kind: "contacts", rights: false },
  },
};
