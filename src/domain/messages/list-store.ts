import type { CompanyId, ConversationId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { messageColumns, type MessageRow } from "./store.ts";

/** A stretch of a thread. Positions and instants (milliseconds) are exclusive bounds. */
export interface ThreadRange {
  readonly companyId: CompanyId;
  readonly conversationId: ConversationId;
  readonly beforePosition: number;
  readonly afterPosition: number;
  readonly beforeAt: number;
  readonly afterAt: number;
  /** Whether notes, reactions and what the system says are shown. */
  readonly internal: boolean;
  readonly limit: number;
  /** How many to leave out, counted from the end at which the page begins. */
  readonly offset: number;
}

const inRange = `m.company_id = $1 AND m.conversation_id = $2 AND m.position < $3 AND m.position > $4
  AND m.created_at < $5 AND m.created_at > $6
  AND ($7 = 1 OR m.message_type NOT IN ('note', 'reaction', 'system'))`;

/** The newest of a range, newest first. */
export function readNewest(tx: Read, range: ThreadRange): Promise<MessageRow[]> {
  return tx.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE ${inRange} ORDER BY m.position DESC LIMIT $8 OFFSET $9`,
    paramsOf(range),
  );
}

/** The oldest of a range, oldest first. */
export function readOldest(tx: Read, range: ThreadRange): Promise<MessageRow[]> {
  return tx.all<MessageRow>(
    `SELECT ${messageColumns} FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE ${inRange} ORDER BY m.position LIMIT $8 OFFSET $9`,
    paramsOf(range),
  );
}

function paramsOf(range: ThreadRange) {
  return [
    range.companyId,
    range.conversationId,
    range.beforePosition,
    range.afterPosition,
    range.beforeAt,
    range.afterAt,
    range.internal ? 1 : 0,
    range.limit,
    range.offset,
  ];
}
