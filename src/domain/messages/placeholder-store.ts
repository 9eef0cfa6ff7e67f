import type { MessageType } from "../../contract/entities.ts";
import type { CompanyId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";

/** Gives a placeholder its content; undefined where the message is none (any more), or was revoked. */
export function fillPlaceholder(
  tx: Tx,
  companyId: CompanyId,
  row: {
    readonly id: MessageId;
    readonly messageType: MessageType;
    readonly content: string;
    /** JSON object. */
    readonly metadata: string;
  },
): Promise<{ conversation_id: ConversationId } | undefined> {
  return tx.get<{ conversation_id: ConversationId }>(
    `UPDATE messages SET message_type = $1, content = $2, metadata = $3
     WHERE company_id = $4 AND id = $5 AND deleted_at IS NULL AND metadata ->> 'media_placeholder' = 1
     RETURNING conversation_id`,
    [row.messageType, row.content, row.metadata, companyId, row.id],
  );
}
