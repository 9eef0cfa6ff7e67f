import { tombstone } from "../../contract/apply.ts";
import type {
  Attachment,
  Direction,
  Message,
  MessageError,
  MessageStatus,
  MessageType,
  Reaction,
  SenderType,
} from "../../contract/entities.ts";
import type { ChannelId, CompanyId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import { toInstant, toInstantOrNull } from "../../lib/clock.ts";
import { groupBy } from "../../lib/group-by.ts";
import { loadAttachments } from "../attachments/store.ts";

/** A message's columns as read; instants in milliseconds. */
export interface MessageRow {
  readonly id: MessageId;
  readonly conversation_id: ConversationId;
  readonly channel_id: ChannelId;
  readonly sender_type: SenderType;
  readonly sender_id: string | null;
  readonly sender_name: string;
  readonly direction: Direction;
  readonly message_type: MessageType;
  readonly content: string;
  /** JSON object. */
  readonly metadata: string;
  readonly reply_to: MessageId | null;
  readonly external_id: string | null;
  readonly client_id: string | null;
  readonly client_hash: string | null;
  /** What came from the contact is `read` up to the conversation's `read_position`. */
  readonly status: MessageStatus;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly error_retryable: number | null;
  readonly position: number;
  readonly send_at: number | null;
  readonly edited_at: number | null;
  readonly deleted_at: number | null;
  readonly created_at: number;
}

/** Of `messages m JOIN conversations c`: reading a thread costs no write per message. */
export const messageColumns = `m.id, m.conversation_id, m.channel_id, m.sender_type, m.sender_id, m.sender_name, m.direction,
  m.message_type, m.content, m.metadata, m.reply_to, m.external_id, m.client_id, m.client_hash,
  CASE WHEN m.direction = 'in' AND m.status = 'delivered' AND m.position <= c.read_position
    THEN 'read' ELSE m.status END AS status,
  m.error_code, m.error_message, m.error_retryable, m.position, m.send_at, m.edited_at, m.deleted_at, m.created_at`;

/** A message to be written. Instants in milliseconds; what is left out is null. */
export interface NewMessage {
  readonly id: MessageId;
  readonly companyId: CompanyId;
  readonly conversationId: ConversationId;
  readonly channelId: ChannelId;
  readonly senderType: SenderType;
  readonly senderId: string | null;
  readonly senderName: string;
  readonly direction: Direction;
  readonly messageType: MessageType;
  readonly content: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status: MessageStatus;
  /** Unique in its conversation. */
  readonly position: number;
  readonly createdAt: number;
  readonly replyTo?: MessageId | null;
  readonly replyExternalId?: string | null;
  readonly externalId?: string | null;
  readonly clientId?: string | null;
  readonly clientHash?: string | null;
  readonly sendAt?: number | null;
}

/** Writes one message; the caller has found its position free and its external id new. */
export async function insertMessage(tx: Tx, row: NewMessage): Promise<void> {
  await tx.run(
    `INSERT INTO messages (id, company_id, conversation_id, channel_id, sender_type, sender_id, sender_name, direction,
       message_type, content, metadata, status, position, created_at, reply_to, reply_external_id, external_id,
       client_id, client_hash, send_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      row.id,
      row.companyId,
      row.conversationId,
      row.channelId,
      row.senderType,
      row.senderId,
      row.senderName,
      row.direction,
      row.messageType,
      row.content,
      JSON.stringify(row.metadata),
      row.status,
      row.position,
      row.createdAt,
      row.replyTo ?? null,
      row.replyExternalId ?? null,
      row.externalId ?? null,
      row.clientId ?? null,
      row.clientHash ?? null,
      row.sendAt ?? null,
    ],
  );
}

/** One message's row; undefined for a foreign or unknown one. */
export function readMessageRow(
  tx: Read,
  companyId: CompanyId,
  id: MessageId,
): Promise<MessageRow | undefined> {
  return tx.get<MessageRow>(
    `SELECT ${messageColumns} FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.company_id = $1 AND m.id = $2`,
    [companyId, id],
  );
}

/** Whole messages by id, in three statements however many; foreign or unknown ids have no entry. */
export async function loadMessages(
  tx: Read,
  companyId: CompanyId,
  ids: readonly MessageId[],
): Promise<Map<MessageId, Message>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.company_id = $1 AND m.id IN (SELECT value FROM json_each($2))`,
    [companyId, JSON.stringify(ids)],
  );
  const messages = await completeMessages(tx, companyId, rows);
  return new Map(messages.map((message) => [message.id, message]));
}

/** Makes rows of one company whole entities, in their order. */
export async function completeMessages(
  tx: Read,
  companyId: CompanyId,
  rows: readonly MessageRow[],
): Promise<readonly Message[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const attachments = await loadAttachments(tx, companyId, ids);
  const reactions = await loadReactions(tx, ids);
  return rows.map((row) =>
    toMessage(row, { attachments: attachments.get(row.id) ?? [], reactions: reactions.get(row.id) ?? [] }),
  );
}

function toMessage(
  row: MessageRow,
  parts: { readonly attachments: readonly Attachment[]; readonly reactions: readonly Reaction[] },
): Message {
  const message: Message = {
    id: row.id,
    conversation_id: row.conversation_id,
    sender_type: row.sender_type,
    sender_id: row.sender_id,
    sender_name: row.sender_name,
    direction: row.direction,
    message_type: row.message_type,
    content: row.content,
    attachments: parts.attachments,
    reply_to: row.reply_to,
    reactions: parts.reactions,
    client_id: row.client_id,
    external_id: row.external_id,
    status: row.status,
    position: row.position,
    error: errorOf(row),
    metadata: parseMetadata(row.metadata),
    edited_at: toInstantOrNull(row.edited_at),
    deleted_at: toInstantOrNull(row.deleted_at),
    created_at: toInstant(row.created_at),
  };
  return message.deleted_at === null ? message : tombstone(message, message.deleted_at);
}

/** Why a message failed, from its columns; null where it did not. */
export function errorOf(
  row: Pick<MessageRow, "error_code" | "error_message" | "error_retryable">,
): MessageError | null {
  if (row.error_code === null) return null;
  return { code: row.error_code, message: row.error_message ?? "", retryable: row.error_retryable === 1 };
}

/** Reads the `metadata` column, which is written by `insertMessage` only. */
function parseMetadata(text: string): Readonly<Record<string, unknown>> {
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

async function loadReactions(
  tx: Read,
  ids: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, readonly Reaction[]>> {
  const rows = await tx.all<Reaction & { readonly message_id: MessageId }>(
    `SELECT message_id, emoji, sender_type, sender_id FROM reactions
     WHERE message_id IN (SELECT value FROM json_each($1)) AND emoji <> ''
     ORDER BY message_id, created_at, sender_type, sender_id`,
    [JSON.stringify(ids)],
  );
  return groupBy(
    rows,
    (row) => row.message_id,
    ({ emoji, sender_type, sender_id }) => ({ emoji, sender_type, sender_id }),
  );
}
