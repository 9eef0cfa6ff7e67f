/** For every event type and dialect: which frames, and who gets them. A new event type or dialect needs its line here. */
import type { EventType } from "../../../contract/events.ts";
import type { DialectName } from "../../dialect.ts";

/** Where agents see their own queues, everybody who is told something different. */
export const people = [
  "admin",
  "member",
  "colleague",
  "outsider",
  "viewer",
  "strangeViewer",
  "stranger",
] as const;
export type Person = (typeof people)[number];

/** `member` is in the queue and in the room; `outsider` and `strangeViewer` are in no queue; `stranger` in another company. */
export const audiences = {
  company: ["admin", "member", "colleague", "outsider", "viewer", "strangeViewer"],
  mayManage: ["admin"],
  attending: ["admin", "member", "colleague", "outsider"],
  maySee: ["admin", "member", "colleague", "viewer"],
  maySeeAndAttend: ["admin", "member", "colleague"],
  room: ["member"],
  himself: ["member"],
} as const satisfies Record<string, readonly Person[]>;
type Audience = keyof typeof audiences;
export type Told = Readonly<Record<string, Audience>>;

const nothing: Told = {};
const none = { atendimento: nothing, pytake: nothing, syszap: nothing };
const client: Told = { client_update: "maySee" };
const session: Told = { session_status: "company" };

export const table: Readonly<Record<EventType, Readonly<Record<DialectName, Told>>>> = {
  "message.created": {
    conversations: { message_received: "maySee" },
    atendimento: {
      "mensagem:nova": "room",
      "mensagem:nao-atribuida": "maySeeAndAttend",
      nova_mensagem: "maySeeAndAttend",
    },
    pytake: { "message:new": "room" },
    syszap: { new_message: "maySee" },
  },
  "message.status": {
    conversations: { message_status_updated: "maySee" },
    atendimento: { message_delivered: "maySeeAndAttend" },
    pytake: { "message:status": "room" },
    syszap: nothing,
  },
  "message.updated": { ...none, conversations: { message_updated: "maySee" } },
  "message.deleted": { ...none, conversations: { message_deleted: "maySee" } },
  "conversation.created": {
    ...none,
    conversations: { conversation_created: "maySee" },
    atendimento: { "ticket:novo": "maySeeAndAttend", novo_ticket: "maySeeAndAttend" },
  },
  "conversation.updated": {
    ...none,
    conversations: { conversation_updated: "maySee" },
    atendimento: { "ticket:atualizado": "maySeeAndAttend", ticket_atualizado: "maySeeAndAttend" },
  },
  "conversation.assigned": {
    ...none,
    conversations: nothing,
    atendimento: { "ticket:atribuido": "himself" },
  },
  "conversation.transferred": {
    ...none,
    conversations: nothing,
    atendimento: { ticket_transferido: "maySeeAndAttend" },
  },
  "conversation.status": {
    ...none,
    conversations: nothing,
    atendimento: { "ticket:status": "room", ticket_encerrado: "maySeeAndAttend" },
  },
  "conversation.read": { ...none, conversations: { read: "maySee" } },
  "conversation.deleted": { ...none, conversations: { conversation_removed: "company" } },
  "contact.created": {
    ...none,
    conversations: { contact_created: "maySee" },
    syszap: { new_client: "maySee" },
  },
  "contact.updated": { ...none, conversations: { contact_updated: "maySee" }, syszap: client },
  "contact.merged": { ...none, conversations: { contact_merged: "maySee" }, syszap: client },
  "contact.deleted": { ...none, conversations: { contact_deleted: "company" } },
  "channel.created": { ...none, conversations: { channel_updated: "company" }, syszap: session },
  "channel.updated": { ...none, conversations: { channel_updated: "company" } },
  "channel.deleted": { ...none, conversations: { channel_updated: "company" }, syszap: session },
  "channel.status": { ...none, conversations: { channel_status: "company" }, syszap: session },
  "channel.qr": { ...none, conversations: { channel_qr: "mayManage" }, syszap: { qr_code: "mayManage" } },
  "user.updated": { ...none, conversations: { user_updated: "company" } },
  "queue.updated": { ...none, conversations: { queue_updated: "company" } },
  "label.updated": { ...none, conversations: { label_updated: "company" } },
  notification: {
    ...none,
    conversations: { notification: "himself" },
    atendimento: { notificacao: "himself" },
  },
  "bulk.changed": { ...none, conversations: { bulk_changed: "company" } },
};

export const contactTyping: Readonly<Record<DialectName, Told>> = {
  conversations: { typing_start: "maySee" },
  atendimento: { "mensagem:digitando": "room", user_typing: "maySeeAndAttend" },
  pytake: { user_typing: "room" },
  syszap: nothing,
};

/** What the member does now, on his connection of the `conversations` dialect, which hears nothing of it. */
export const agentTyping: Readonly<Record<DialectName, Told>> = { ...contactTyping, conversations: nothing };

export const presence: Readonly<Record<DialectName, Told>> = {
  ...none,
  conversations: { presence: "company" },
  atendimento: { "atendente:status": "attending" },
};
