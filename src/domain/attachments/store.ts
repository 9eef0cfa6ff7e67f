import type { Attachment, MessageType } from "../../contract/entities.ts";
import type { AttachmentId, CompanyId, MessageId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import { groupBy } from "../../lib/group-by.ts";
import { attachmentUrl, thumbnailUrl } from "./address.ts";
import { fileName } from "./file-name.ts";

/** What is kept of a file; sizes in bytes and pixels, duration in seconds, instants in milliseconds. */
export interface AttachmentRow {
  readonly id: AttachmentId;
  /** Null between the upload and the sending of the message. */
  readonly message_id: MessageId | null;
  readonly uploaded_by: UserId | null;
  readonly name: string;
  readonly mime_type: string;
  readonly size: number;
  /** Content hash; null until the bytes are here. */
  readonly sha256: string | null;
  readonly thumbnail_sha256: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration: number | null;
  readonly state: "ready" | "pending" | "failed";
  readonly created_at: number;
}

const columns =
  "id, message_id, uploaded_by, name, mime_type, size, sha256, thumbnail_sha256, width, height, duration, state, created_at";

export function toAttachment(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    name: row.name,
    mime_type: row.mime_type,
    size: row.size,
    url: row.sha256 === null ? null : attachmentUrl(row.id, row.name),
    thumbnail_url: row.thumbnail_sha256 === null ? null : thumbnailUrl(row.id),
    width: row.width,
    height: row.height,
    duration: row.duration,
  };
}

/** The attachments of these messages, in the order in which they were added; a message without any has no entry. */
export async function loadAttachments(
  tx: Read,
  companyId: CompanyId,
  messageIds: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, readonly Attachment[]>> {
  const rows = await tx.all<AttachmentRow & { readonly message_id: MessageId }>(
    `SELECT ${columns} FROM attachments
     WHERE company_id = $1 AND message_id IN (SELECT value FROM json_each($2)) ORDER BY created_at, id`,
    [companyId, JSON.stringify(messageIds)],
  );
  return groupBy(rows, (row) => row.message_id, toAttachment);
}

/** One attachment's row; undefined for a foreign or unknown one. */
export function readAttachment(
  tx: Read,
  companyId: CompanyId,
  id: AttachmentId,
): Promise<AttachmentRow | undefined> {
  return tx.get<AttachmentRow>(`SELECT ${columns} FROM attachments WHERE company_id = $1 AND id = $2`, [
    companyId,
    id,
  ]);
}

/** Keeps an uploaded file, which no message has yet. */
export async function insertUpload(
  tx: Tx,
  companyId: CompanyId,
  row: Omit<AttachmentRow, "message_id" | "state">,
): Promise<void> {
  await tx.run(
    `INSERT INTO attachments (id, company_id, uploaded_by, name, mime_type, size, sha256, thumbnail_sha256,
       width, height, duration, state, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'ready', $12)`,
    [
      row.id,
      companyId,
      row.uploaded_by,
      row.name,
      row.mime_type,
      row.size,
      row.sha256,
      row.thumbnail_sha256,
      row.width,
      row.height,
      row.duration,
      row.created_at,
    ],
  );
}

/** A file that the provider holds: to be fetched after the commit. */
export interface RemoteAttachment {
  readonly id: AttachmentId;
  readonly messageId: MessageId;
  readonly name: string;
  readonly mimeType: string;
  /** JSON of the channel: what its `fetchFile` needs. */
  readonly source: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Notes a file to be fetched, due at once. */
export async function insertRemoteAttachment(
  tx: Tx,
  companyId: CompanyId,
  file: RemoteAttachment,
): Promise<void> {
  await tx.run(
    `INSERT INTO attachments (id, company_id, message_id, name, mime_type, state, source, due_at, created_at)
     VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $7)`,
    [file.id, companyId, file.messageId, fileName(file.name), file.mimeType, file.source, file.at],
  );
}

/** Hands the caller's unsent uploads among `ids` to a message; returns how many there were. */
export function attachToMessage(
  tx: Tx,
  companyId: CompanyId,
  change: {
    readonly messageId: MessageId;
    readonly uploadedBy: UserId;
    readonly ids: readonly AttachmentId[];
  },
): Promise<number> {
  return tx.run(
    `UPDATE attachments SET message_id = $1
     WHERE company_id = $2 AND uploaded_by = $3 AND message_id IS NULL AND id IN (SELECT value FROM json_each($4))`,
    [change.messageId, companyId, change.uploadedBy, JSON.stringify(change.ids)],
  );
}

/** The uploads among `ids` that are this user's, ready, and in no message yet. */
export function findUploads(
  tx: Read,
  companyId: CompanyId,
  wanted: { readonly uploadedBy: UserId; readonly ids: readonly AttachmentId[] },
): Promise<AttachmentRow[]> {
  return tx.all<AttachmentRow>(
    `SELECT ${columns} FROM attachments
     WHERE company_id = $1 AND uploaded_by = $2 AND message_id IS NULL AND state = 'ready'
       AND id IN (SELECT value FROM json_each($3))`,
    [companyId, wanted.uploadedBy, JSON.stringify(wanted.ids)],
  );
}

/** An attachment and where its message's conversation stands; `message_type` is null where it is in no message. */
export interface PlacedAttachmentRow extends AttachmentRow {
  readonly message_type: MessageType | null;
  readonly queue_id: QueueId | null;
  readonly assignee_id: UserId | null;
}

const placedColumns = `a.id, a.message_id, a.uploaded_by, a.name, a.mime_type, a.size, a.sha256, a.thumbnail_sha256,
  a.width, a.height, a.duration, a.state, a.created_at`;

export function readPlacedAttachment(
  tx: Read,
  companyId: CompanyId,
  id: AttachmentId,
): Promise<PlacedAttachmentRow | undefined> {
  return tx.get<PlacedAttachmentRow>(
    `SELECT ${placedColumns}, m.message_type, c.queue_id, c.assignee_id FROM attachments a
     LEFT JOIN messages m ON m.id = a.message_id LEFT JOIN conversations c ON c.id = m.conversation_id
     WHERE a.company_id = $1 AND a.id = $2`,
    [companyId, id],
  );
}
