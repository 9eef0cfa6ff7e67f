import type { ChannelKind } from "../../contract/entities.ts";
import type { ChannelId, CompanyId, ConversationId, MessageId, UserId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { messageColumns, type MessageRow } from "./store.ts";

/** Undefined where the channel is gone. */
export async function readChannelKind(
  tx: Read,
  companyId: CompanyId,
  id: ChannelId,
): Promise<ChannelKind | undefined> {
  const row = await tx.get<{ kind: ChannelKind }>(
    "SELECT kind FROM channels WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL",
    [companyId, id],
  );
  return row?.kind;
}

/** What a sender made with this client id before. */
export function findByClientId(
  tx: Read,
  conversationId: ConversationId,
  of: { readonly senderId: UserId; readonly clientId: string },
): Promise<{ readonly id: MessageId; readonly client_hash: string | null } | undefined> {
  return tx.get(
    "SELECT id, client_hash FROM messages WHERE conversation_id = $1 AND sender_id = $2 AND client_id = $3",
    [conversationId, of.senderId, of.clientId],
  );
}

/** Where a message stands in its conversation; undefined where it is not of this one. */
export async function findPosition(
  tx: Read,
  conversationId: ConversationId,
  id: MessageId,
): Promise<number | undefined> {
  const row = await tx.get<{ position: number }>(
    "SELECT position FROM messages WHERE conversation_id = $1 AND id = $2",
    [conversationId, id],
  );
  return row?.position;
}

/** What the contact wrote after a position and has not taken back, oldest first. */
export function findNewerFromContact(
  tx: Read,
  conversationId: ConversationId,
  after: { readonly position: number; readonly limit: number },
): Promise<MessageRow[]> {
  return tx.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.conversation_id = $1 AND m.position > $2 AND m.direction = 'in' AND m.deleted_at IS NULL
     ORDER BY m.position LIMIT $3`,
    [conversationId, after.position, after.limit],
  );
}
