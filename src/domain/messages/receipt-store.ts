import type { ChannelId, CompanyId, ConversationId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";

/** A contact's newest message in a conversation: what a read receipt or a typing indicator names. */
export interface NewestInbound {
  readonly channel_id: ChannelId;
  readonly external_id: string;
  /** Milliseconds. */
  readonly created_at: number;
}

/** Undefined where the contact never wrote, or nothing that the provider knows. */
export function findNewestInbound(
  tx: Read,
  companyId: CompanyId,
  conversationId: ConversationId,
): Promise<NewestInbound | undefined> {
  return tx.get<NewestInbound>(
    `SELECT channel_id, external_id, created_at FROM messages
     WHERE company_id = $1 AND conversation_id = $2 AND direction = 'in' AND external_id IS NOT NULL
     ORDER BY position DESC LIMIT 1`,
    [companyId, conversationId],
  );
}
