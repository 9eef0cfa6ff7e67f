import type { CompanyId, ConversationId, MessageId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

/** Puts a message back to `pending`, as if it had never been tried. */
export async function resetMessage(tx: Tx, companyId: CompanyId, id: MessageId): Promise<void> {
  await tx.run(
    `UPDATE messages SET status = 'pending', error_code = NULL, error_message = NULL, error_retryable = NULL
     WHERE company_id = $1 AND id = $2`,
    [companyId, id],
  );
}

/** Empties a message: what stays is that there was one, whose and when. `at` in milliseconds. */
export async function emptyMessage(
  tx: Tx,
  companyId: CompanyId,
  { id, at }: { readonly id: MessageId; readonly at: number },
): Promise<void> {
  await tx.run(
    `UPDATE messages SET content = '', metadata = '{}', error_code = NULL, error_message = NULL,
       error_retryable = NULL, deleted_at = $1
     WHERE company_id = $2 AND id = $3`,
    [at, companyId, id],
  );
  await tx.run("DELETE FROM attachments WHERE company_id = $1 AND message_id = $2", [companyId, id]);
  await tx.run("DELETE FROM reactions WHERE message_id = $1", [id]);
}

/** The message that a conversation's list entry shows: the newest that is neither internal nor still to be sent. */
export function findShown(
  tx: Read,
  conversationId: ConversationId,
): Promise<{ readonly id: MessageId } | undefined> {
  return tx.get(
    `SELECT id FROM messages WHERE conversation_id = $1 AND status <> 'scheduled'
       AND message_type NOT IN ('note', 'reaction', 'system')
     ORDER BY position DESC LIMIT 1`,
    [conversationId],
  );
}

/** Takes a message out of the outbox while no request has been made for it; false when it is too late. */
export async function withdraw(tx: Tx, companyId: CompanyId, id: MessageId): Promise<boolean> {
  const removed = await tx.run(
    "DELETE FROM outbox WHERE company_id = $1 AND message_id = $2 AND kind = 'message' AND state = 'due' AND attempts = 0",
    [companyId, id],
  );
  return removed > 0;
}

/** When the last request for a message was made, in milliseconds; null when none was. */
export async function readLastClaim(tx: Read, companyId: CompanyId, id: MessageId): Promise<number | null> {
  const row = await tx.get<{ claimed_at: number | null }>(
    `SELECT MAX(claimed_at) AS claimed_at FROM outbox
     WHERE company_id = $1 AND message_id = $2 AND kind = 'message'`,
    [companyId, id],
  );
  return row?.claimed_at ?? null;
}

/** Replaces the business's reaction to a message, whichever agent's it was; '' takes it back. False when it was that already. */
export async function replaceReaction(
  tx: Tx,
  messageId: MessageId,
  reaction: { readonly userId: UserId; readonly emoji: string; readonly at: number },
): Promise<boolean> {
  const { userId, emoji, at } = reaction;
  const was = await tx.all<{ sender_id: string; emoji: string }>(
    "SELECT sender_id, emoji FROM reactions WHERE message_id = $1 AND sender_type = 'agent'",
    [messageId],
  );
  if (emoji === "" ? was.length === 0 : was.length === 1 && was[0]?.emoji === emoji) return false;
  await tx.run("DELETE FROM reactions WHERE message_id = $1 AND sender_type = 'agent'", [messageId]);
  if (emoji === "") return true;
  await tx.run(
    "INSERT INTO reactions (message_id, sender_type, sender_id, emoji, created_at) VALUES ($1, 'agent', $2, $3, $4)",
    [messageId, userId, emoji, at],
  );
  return true;
}
