import type { ConversationId, LabelId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import type { ConversationRow } from "./store.ts";

/** Writes all that changes in a conversation's life. The row was read in the same transaction. */
export async function saveConversation(tx: Tx, row: ConversationRow): Promise<void> {
  await tx.run(
    `UPDATE conversations SET queue_id = $1, assignee_id = $2, status = $3, priority = $4, subject = $5,
       description = $6, unread_count = $7, last_message = $8, last_message_at = $9, activity_at = $10,
       last_position = $11, read_position = $12, window_expires_at = $13, snoozed_until = $14, resolved_at = $15,
       updated_at = $16
     WHERE company_id = $17 AND id = $18`,
    [
      row.queue_id,
      row.assignee_id,
      row.status,
      row.priority,
      row.subject,
      row.description,
      row.unread_count,
      row.last_message,
      row.last_message_at,
      row.activity_at,
      row.last_position,
      row.read_position,
      row.window_expires_at,
      row.snoozed_until,
      row.resolved_at,
      row.updated_at,
      row.company_id,
      row.id,
    ],
  );
}

/** The columns that nearly every change is confined to: what a message moves. */
export const activityColumns: ReadonlySet<keyof ConversationRow> = new Set([
  "unread_count",
  "last_message",
  "last_message_at",
  "activity_at",
  "last_position",
  "window_expires_at",
  "updated_at",
]);

/** Writes `activityColumns` only: without the indexes of the others, in less than half the time. */
export async function saveActivity(tx: Tx, row: ConversationRow): Promise<void> {
  await tx.run(
    `UPDATE conversations SET unread_count = $1, last_message = $2, last_message_at = $3, activity_at = $4,
       last_position = $5, window_expires_at = $6, updated_at = $7
     WHERE company_id = $8 AND id = $9`,
    [
      row.unread_count,
      row.last_message,
      row.last_message_at,
      row.activity_at,
      row.last_position,
      row.window_expires_at,
      row.updated_at,
      row.company_id,
      row.id,
    ],
  );
}

export async function readLabelIds(tx: Read, id: ConversationId): Promise<readonly LabelId[]> {
  const rows = await tx.all<{ label_id: LabelId }>(
    "SELECT label_id FROM conversation_labels WHERE conversation_id = $1 ORDER BY label_id",
    [id],
  );
  return rows.map((row) => row.label_id);
}

/** Gives a conversation exactly these labels, which are the company's. */
export async function replaceLabels(tx: Tx, id: ConversationId, labels: readonly LabelId[]): Promise<void> {
  await tx.run("DELETE FROM conversation_labels WHERE conversation_id = $1", [id]);
  await tx.run(
    "INSERT INTO conversation_labels (conversation_id, label_id) SELECT $1, value FROM json_each($2)",
    [id, JSON.stringify(labels)],
  );
}
