import type { ChannelId, CompanyId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";

/** Our id of a provider's message; undefined where it has not come (yet). */
export async function findByExternalId(
  tx: Read,
  companyId: CompanyId,
  of: { readonly channelId: ChannelId; readonly externalId: string },
): Promise<MessageId | undefined> {
  const row = await tx.get<{ id: MessageId }>(
    "SELECT id FROM messages WHERE company_id = $1 AND channel_id = $2 AND external_id = $3",
    [companyId, of.channelId, of.externalId],
  );
  return row?.id;
}

/** The taken positions of a thread from `from` up, at most `limit`, ascending. */
export async function takenPositions(
  tx: Read,
  of: { readonly conversationId: ConversationId; readonly from: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await tx.all<{ position: number }>(
    "SELECT position FROM messages WHERE conversation_id = $1 AND position >= $2 ORDER BY position LIMIT $3",
    [of.conversationId, of.from, of.limit],
  );
  return rows.map((row) => row.position);
}
