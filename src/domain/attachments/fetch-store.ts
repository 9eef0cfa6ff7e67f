import type { AttachmentId, ChannelId, CompanyId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

/** A file that the provider holds and we don't (yet). */
export interface PendingFile {
  readonly id: AttachmentId;
  readonly company_id: CompanyId;
  readonly message_id: MessageId;
  readonly conversation_id: ConversationId;
  readonly channel_id: ChannelId;
  /** JSON object of strings. */
  readonly source: string;
  /** How often it was tried before. */
  readonly attempts: number;
  /** Milliseconds. */
  readonly created_at: number;
}

/** What is due to be fetched for the longest time, of all companies, leaving out what `without` names. */
export function findPendingFile(
  tx: Read,
  wanted: {
    readonly now: number;
    readonly without: { readonly files: readonly AttachmentId[]; readonly channels: readonly ChannelId[] };
  },
): Promise<PendingFile | undefined> {
  return tx.get<PendingFile>(
    `SELECT attachments.id, attachments.company_id, attachments.message_id, messages.conversation_id,
       messages.channel_id, attachments.source, attachments.attempts, attachments.created_at
     FROM attachments JOIN messages ON messages.id = attachments.message_id
     WHERE attachments.state = 'pending' AND attachments.due_at <= $1
       AND attachments.id NOT IN (SELECT value FROM json_each($2))
       AND messages.channel_id NOT IN (SELECT value FROM json_each($3))
     ORDER BY attachments.due_at LIMIT 1`,
    [wanted.now, JSON.stringify(wanted.without.files), JSON.stringify(wanted.without.channels)],
  );
}

/** When the next file falls due (ms); null when none waits. */
export async function findNextPending(tx: Read, now: number): Promise<number | null> {
  const row = await tx.get<{ due_at: number | null }>(
    "SELECT MIN(due_at) AS due_at FROM attachments WHERE state = 'pending' AND due_at > $1",
    [now],
  );
  return row?.due_at ?? null;
}

export interface FetchedColumns {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly thumbnail_sha256: string | null;
  /** Pixels. */
  readonly width: number | null;
  readonly height: number | null;
}

/** False where the file is not waited for any more: its message was taken back. */
export async function markFetched(tx: Tx, file: PendingFile, columns: FetchedColumns): Promise<boolean> {
  const marked = await tx.run(
    `UPDATE attachments SET state = 'ready', sha256 = $1, size = $2, thumbnail_sha256 = $3, width = $4, height = $5,
       due_at = NULL, error = NULL
     WHERE company_id = $6 AND id = $7 AND state = 'pending'`,
    [
      columns.sha256,
      columns.size,
      columns.thumbnail_sha256,
      columns.width,
      columns.height,
      file.company_id,
      file.id,
    ],
  );
  return marked > 0;
}

/** `dueAt` (ms) null gives it up. False where the file is not waited for any more. */
export async function markUnfetched(
  tx: Tx,
  file: PendingFile,
  { error, dueAt }: { readonly error: string; readonly dueAt: number | null },
): Promise<boolean> {
  const marked = await tx.run(
    `UPDATE attachments SET state = CASE WHEN $1 IS NULL THEN 'failed' ELSE 'pending' END, due_at = $1, error = $2,
       attempts = attempts + 1
     WHERE company_id = $3 AND id = $4 AND state = 'pending'`,
    [dueAt, error, file.company_id, file.id],
  );
  return marked > 0;
}
