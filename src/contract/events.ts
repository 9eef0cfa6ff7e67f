/**
 * Domain events (realtime.md, "Domain events") in two forms: `EventType` with what a row of the log holds,
 * and `Frame`, what the `conversations` dialect sends, which is what the agent UI and `apply.ts` read.
 */
import type {
  Channel,
  ChannelStatus,
  Contact,
  Conversation,
  ConversationStatus,
  Label,
  Message,
  MessageStatus,
  Notification,
  Presence,
  Queue,
  User,
} from "./entities.ts";
import type {
  ChannelId,
  ContactId,
  ConversationId,
  Instant,
  LabelId,
  MessageId,
  NotificationId,
  QueueId,
  UserId,
} from "./ids.ts";

/** Where a conversation stood: what decides who may see it. */
export interface Placement {
  readonly queue_id: QueueId | null;
  readonly assignee_id: UserId | null;
}

export type BulkKind = "conversations" | "messages" | "contacts" | "channels" | "users" | "queues" | "labels";

/**
 * What a row of `events` holds by type: ids and changed fields, never what a person wrote (erasure must reach replays).
 * `before` is there when the event may move the conversation out of somebody's view.
 */
export interface EventData {
  "message.created": { message_id: MessageId; conversation_id: ConversationId };
  "message.status": { message_id: MessageId; conversation_id: ConversationId; status: MessageStatus };
  "message.updated": {
    message_id: MessageId;
    conversation_id: ConversationId;
    change: "edit" | "reaction" | "attachment" | "error";
  };
  "message.deleted": { message_id: MessageId; conversation_id: ConversationId };
  "conversation.created": { conversation_id: ConversationId };
  /** `fields` are the entity's changed keys. */
  "conversation.updated": { conversation_id: ConversationId; fields: readonly (keyof Conversation)[] };
  "conversation.assigned": {
    conversation_id: ConversationId;
    assignee_id: UserId | null;
    by: UserId | null;
    before: Placement;
  };
  "conversation.transferred": {
    conversation_id: ConversationId;
    from: Placement;
    to: Placement;
    by: UserId | null;
    before: Placement;
    /** The reason is content: it stands in the system message with this id. */
    message_id: MessageId | null;
  };
  "conversation.status": {
    conversation_id: ConversationId;
    status: ConversationStatus;
    was: ConversationStatus;
  };
  /** `position`: up to which message; what came from the contact until there is `read`. */
  "conversation.read": { conversation_id: ConversationId; by: UserId | null; position: number };
  "conversation.deleted": { conversation_id: ConversationId; before: Placement };
  "contact.created": { contact_id: ContactId };
  /** `fields` are the entity's changed keys; `stood`, where its conversations stood before one of them moved. */
  "contact.updated": {
    contact_id: ContactId;
    fields: readonly (keyof Contact)[];
    stood?: readonly Placement[];
  };
  "contact.merged": { contact_id: ContactId; merged_id: ContactId };
  "contact.deleted": { contact_id: ContactId };
  "channel.created": { channel_id: ChannelId };
  "channel.updated": { channel_id: ChannelId };
  "channel.deleted": { channel_id: ChannelId };
  "channel.status": { channel_id: ChannelId; status: ChannelStatus };
  "channel.qr": { channel_id: ChannelId };
  /** `rights`: role, queues, visibility or activity changed, so connections must be re-roomed. */
  "user.updated": { user_id: UserId; rights: boolean };
  "queue.updated": { queue_id: QueueId; deleted: boolean };
  "label.updated": { label_id: LabelId; deleted: boolean };
  notification: { notification_id: NotificationId; user_id: UserId | null };
  /** `rights`: the company's visibility changed, so every connection must be re-roomed. */
  "bulk.changed": { kind: BulkKind; rights: boolean };
}

export type EventType = keyof EventData;

/** Every event type once; the table that tests walk so that a new type can't escape them. */
export const eventTypes = Object.keys({
  "message.created": 1,
  "message.status": 1,
  "message.updated": 1,
  "message.deleted": 1,
  "conversation.created": 1,
  "conversation.updated": 1,
  "conversation.assigned": 1,
  "conversation.transferred": 1,
  "conversation.status": 1,
  "conversation.read": 1,
  "conversation.deleted": 1,
  "contact.created": 1,
  "contact.updated": 1,
  "contact.merged": 1,
  "contact.deleted": 1,
  "channel.created": 1,
  "channel.updated": 1,
  "channel.deleted": 1,
  "channel.status": 1,
  "channel.qr": 1,
  "user.updated": 1,
  "queue.updated": 1,
  "label.updated": 1,
  notification: 1,
  "bulk.changed": 1,
} satisfies Record<EventType, 1>) as readonly EventType[];

/** A new event, before the log has given it a `seq`. */
export type NewEvent = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/** An event as the log holds it. */
export type LoggedEvent = NewEvent & { readonly seq: number; readonly at: Instant };

/** What each frame type of the `conversations` dialect carries, server to client, for events with a `seq`. */
export interface FrameData {
  message_received: Message;
  message_sent: Message;
  message_status_updated: { message_id: MessageId; status: MessageStatus; conversation_id: ConversationId };
  message_updated: Message;
  /** The message stays in the thread as `tombstone` shows it. */
  message_deleted: { message_id: MessageId; conversation_id: ConversationId; deleted_at: Instant };
  conversation_created: Conversation;
  conversation_updated: Conversation;
  conversation_removed: { conversation_id: ConversationId };
  /** What came from the contact up to `position` is `read`; unread is what came since. */
  read: { conversation_id: ConversationId; unread_count: number; position: number };
  contact_created: Contact;
  contact_updated: Contact;
  /** `contact` stays, `merged_id` is gone. */
  contact_merged: { contact: Contact; merged_id: ContactId };
  /** It is gone, or out of this person's view: every conversation of it is. */
  contact_deleted: { contact_id: ContactId };
  channel_updated: Channel | { id: ChannelId; deleted: true };
  channel_status: { channel_id: ChannelId; status: ChannelStatus; status_detail: string | null };
  channel_qr: { channel_id: ChannelId; qr: string };
  user_updated: User;
  queue_updated: Queue | { id: QueueId; deleted: true };
  label_updated: Label | { id: LabelId; deleted: true };
  notification: Notification;
  bulk_changed: { kind: BulkKind };
}
export type FrameType = keyof FrameData;

/** A frame of an event; `seq` is the event's. */
export type Frame = {
  [T in FrameType]: { readonly type: T; readonly seq: number; readonly data: FrameData[T] };
}[FrameType];

/** Frames without a `seq`: they describe the moment, or the connection. */
export interface SignalData {
  auth_ok: { user_id: UserId };
  ready: { user_id: UserId; epoch: string; seq: number; resumed: boolean | null };
  resync: { reason: string };
  tick: { seq: number };
  error: { code: string; message: string };
  pong: { timestamp: Instant };
  subscribed: { conversation_id: ConversationId };
  unsubscribed: { conversation_id: ConversationId };
  presence: { user_id: UserId; presence: Presence; last_seen_at: Instant | null };
  presence_snapshot: {
    users: readonly { user_id: UserId; presence: Presence; last_seen_at: Instant | null }[];
  };
  /** The contact's typing only. */
  typing_start: { conversation_id: ConversationId; contact_id: ContactId };
  typing_stop: { conversation_id: ConversationId; contact_id: ContactId };
  agent_typing: { conversation_id: ConversationId; user_id: UserId; typing: boolean };
  viewing: { conversation_id: ConversationId; user_ids: readonly UserId[] };
}
export type SignalType = keyof SignalData;
export type Signal = {
  [T in SignalType]: { readonly type: T; readonly seq?: number; readonly data: SignalData[T] };
}[SignalType];
