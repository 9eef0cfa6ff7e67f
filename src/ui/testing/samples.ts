/** Entities for the tests of the UI's state; only what a test names matters. */
import type { Contact, Conversation, Message } from "../../contract/entities.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";

const at = "2026-11-21T12:00:00.000Z";

export const conversationId = "c1" as ConversationId;

export const contact: Contact = {
  id: "p1" as Contact["id"],
  name: "Camila Rocha",
  phone: "+5511987654321",
  email: null,
  avatar_url: null,
  identifiers: [],
  labels: [],
  custom: {},
  last_contact_at: at,
  created_at: at,
};

export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: conversationId,
    tenant_id: "t1" as Conversation["tenant_id"],
    number: 1,
    contact_id: contact.id,
    contact,
    channel_id: "h1" as Conversation["channel_id"],
    queue_id: null,
    assignee_id: null,
    status: "active",
    priority: "normal",
    subject: "",
    description: "",
    labels: [],
    unread_count: 0,
    last_message: "",
    last_message_time: at,
    window_expires_at: null,
    snoozed_until: null,
    created_at: at,
    updated_at: at,
    ...change,
  };
}

export function message(id: string, change: Partial<Message> = {}): Message {
  return {
    id: id as MessageId,
    conversation_id: conversationId,
    sender_type: "contact",
    sender_id: contact.id,
    sender_name: contact.name,
    direction: "in",
    message_type: "text",
    content: id,
    attachments: [],
    reply_to: null,
    reactions: [],
    client_id: null,
    external_id: null,
    status: "delivered",
    position: Number(id.replace(/\D/g, "")),
    error: null,
    metadata: {},
    edited_at: null,
    deleted_at: null,
    created_at: at,
    ...change,
  };
}
