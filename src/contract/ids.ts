declare const brand: unique symbol;
/** An opaque string id (UUIDv7) that can't be mistaken for another entity's. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type CompanyId = Id<"company">;
export type UserId = Id<"user">;
export type ContactId = Id<"contact">;
export type ChannelId = Id<"channel">;
export type QueueId = Id<"queue">;
export type ConversationId = Id<"conversation">;
export type MessageId = Id<"message">;
export type AttachmentId = Id<"attachment">;
export type LabelId = Id<"label">;
export type SessionId = Id<"session">;
export type ApiKeyId = Id<"api_key">;
export type InvitationId = Id<"invitation">;
export type InboundId = Id<"inbound">;
export type NotificationId = Id<"notification">;

/** An instant as the API shows it: ISO 8601, UTC, milliseconds. */
export type Instant = string;
