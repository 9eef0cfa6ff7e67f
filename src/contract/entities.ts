/** The entities as the API and the events show them (http.md, "Entities"). Keys are on-the-wire names. */
import type {
  AttachmentId,
  ChannelId,
  CompanyId,
  ContactId,
  ConversationId,
  Instant,
  LabelId,
  MessageId,
  NotificationId,
  QueueId,
  UserId,
} from "./ids.ts";

export const roles = ["admin", "supervisor", "agent", "viewer"] as const;
export type Role = (typeof roles)[number];

export const presences = ["online", "busy", "away", "offline"] as const;
export type Presence = (typeof presences)[number];

export interface User {
  readonly id: UserId;
  readonly company_id: CompanyId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly avatar_url: string | null;
  readonly presence: Presence;
  readonly last_seen_at: Instant | null;
  readonly queue_ids: readonly QueueId[];
  readonly active: boolean;
}

export const visibilities = ["all", "queue", "assigned"] as const;
/** Which conversations agents and viewers see; admins and supervisors see all (realtime.md, "Rooms and visibility"). */
export type Visibility = (typeof visibilities)[number];

export interface Company {
  readonly id: CompanyId;
  readonly name: string;
  readonly locale: Locale;
  /** IANA name, such as America/Sao_Paulo. */
  readonly timezone: string;
  readonly visibility: Visibility;
  /** A contact's message within this many hours of the last one reopens a resolved conversation. */
  readonly reopen_hours: number;
  /** Life of an access token issued without `refresh`, in hours. */
  readonly token_hours: number;
}

export const locales = ["pt-BR", "en", "es"] as const;
export type Locale = (typeof locales)[number];

export const identifierKinds = ["phone", "wa_id", "bsuid", "lid", "email", "visitor", "telegram"] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

export interface Identifier {
  readonly kind: IdentifierKind;
  /** As the provider gives it; `phone` is E.164 with its plus sign. */
  readonly value: string;
}

export interface Contact {
  readonly id: ContactId;
  readonly name: string;
  /** E.164, or null where only an opaque identifier is known. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly avatar_url: string | null;
  readonly identifiers: readonly Identifier[];
  readonly labels: readonly LabelId[];
  readonly custom: Readonly<Record<string, string>>;
  readonly last_contact_at: Instant | null;
  readonly created_at: Instant;
}

export const channelKinds = ["whatsapp_cloud"] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const channelStatuses = [
  "connecting",
  "qr",
  "connected",
  "degraded",
  "disconnected",
  "error",
] as const;
export type ChannelStatus = (typeof channelStatuses)[number];

export interface Channel {
  readonly id: ChannelId;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly status: ChannelStatus;
  /** Why it is in that state, for a person; null when there is nothing to say. */
  readonly status_detail: string | null;
  readonly phone: string | null;
  readonly created_at: Instant;
}

export interface Queue {
  readonly id: QueueId;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly description: string;
  readonly member_ids: readonly UserId[];
}

export interface Label {
  readonly id: LabelId;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

export const conversationStatuses = ["active", "assigned", "waiting", "resolved", "closed"] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];

export const priorities = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];

export interface Conversation {
  readonly id: ConversationId;
  readonly tenant_id: CompanyId;
  /** Counts up per company from 1; what people say on the phone. */
  readonly number: number;
  readonly contact_id: ContactId;
  readonly contact: Contact;
  readonly channel_id: ChannelId;
  readonly queue_id: QueueId | null;
  readonly assignee_id: UserId | null;
  readonly status: ConversationStatus;
  readonly priority: Priority;
  readonly subject: string;
  readonly description: string;
  readonly labels: readonly LabelId[];
  readonly unread_count: number;
  readonly last_message: string;
  readonly last_message_time: Instant | null;
  /** End of WhatsApp's 24-hour window; null where the channel has none or it never opened. */
  readonly window_expires_at: Instant | null;
  readonly snoozed_until: Instant | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export type SenderType = "contact" | "agent" | "bot" | "system";
export type Direction = "in" | "out";

export const messageTypes = [
  "text",
  "image",
  "audio",
  "video",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
  "template",
  "reaction",
  "note",
  "system",
] as const;
export type MessageType = (typeof messageTypes)[number];

export const messageStatuses = [
  "scheduled",
  "pending",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
  "unknown",
] as const;
export type MessageStatus = (typeof messageStatuses)[number];

export interface Attachment {
  readonly id: AttachmentId;
  readonly name: string;
  readonly mime_type: string;
  /** Bytes; 0 until an inbound file has been fetched. */
  readonly size: number;
  /** Null until the bytes are in our own store (or for good, when the provider no longer has them). */
  readonly url: string | null;
  readonly thumbnail_url: string | null;
  /** Pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Seconds. */
  readonly duration: number | null;
}

export interface Reaction {
  readonly emoji: string;
  readonly sender_type: SenderType;
  readonly sender_id: string;
}

export interface MessageError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

export interface Message {
  readonly id: MessageId;
  readonly conversation_id: ConversationId;
  readonly sender_type: SenderType;
  /** A user's or a contact's id; null for system messages and for what was sent from the phone. */
  readonly sender_id: string | null;
  readonly sender_name: string;
  readonly direction: Direction;
  readonly message_type: MessageType;
  readonly content: string;
  readonly attachments: readonly Attachment[];
  readonly reply_to: MessageId | null;
  readonly reactions: readonly Reaction[];
  readonly client_id: string | null;
  readonly external_id: string | null;
  readonly status: MessageStatus;
  /** The thread's order, fixed at insert. Comparable within one conversation only. */
  readonly position: number;
  readonly error: MessageError | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly edited_at: Instant | null;
  readonly deleted_at: Instant | null;
  /** The provider's time, clamped to arrival. */
  readonly created_at: Instant;
}

/** Something a person should know now; `user_id` null means everybody in the company. */
export interface Notification {
  readonly id: NotificationId;
  readonly user_id: UserId | null;
  readonly kind: "assigned" | "transferred" | "mention" | "channel" | "system";
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
  readonly created_at: Instant;
}
