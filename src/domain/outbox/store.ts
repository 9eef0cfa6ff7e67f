import type { MessageStatus, MessageType } from "../../contract/entities.ts";
import type { ChannelId, CompanyId, ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import type { NewOutboxRow } from "./enqueue.ts";

export async function insertRow(tx: Tx, row: NewOutboxRow): Promise<void> {
  await tx.run(
    `INSERT INTO outbox (id, company_id, channel_id, conversation_id, contact_id, message_id, kind, payload, state,
       due_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'due', $9, $10)`,
    [
      row.id,
      row.companyId,
      row.channelId,
      row.conversationId,
      row.contactId,
      row.messageId,
      row.payload.kind,
      JSON.stringify(row.payload),
      row.dueAt,
      row.at,
    ],
  );
}

export interface Candidate {
  readonly id: string;
  readonly contact_id: ContactId;
}

/**
 * What may leave now, at most one row per contact. A row waits while another of its contact is on its way, and while
 * an earlier one is due or is soon tried again (`holdUntil`): a contact's messages keep their order. What is
 * scheduled for later, or waits for long, holds nobody up. `without`: contacts that may not be written to yet.
 */
export function findCandidates(
  tx: Read,
  channelId: ChannelId,
  wanted: {
    readonly now: number;
    readonly holdUntil: number;
    readonly without: readonly ContactId[];
    readonly limit: number;
  },
): Promise<Candidate[]> {
  return tx.all<Candidate>(
    `SELECT id, contact_id FROM outbox
     WHERE channel_id = $1 AND state = 'due' AND due_at <= $2
       AND EXISTS (SELECT 1 FROM channels WHERE channels.id = $1 AND channels.paused_reason IS NULL)
       AND contact_id NOT IN (SELECT value FROM json_each($3))
       AND NOT EXISTS (
         SELECT 1 FROM outbox AS other
         WHERE other.channel_id = outbox.channel_id AND other.contact_id = outbox.contact_id
           AND other.state IN ('due', 'claimed') AND other.id <> outbox.id
           AND (other.state = 'claimed' OR (other.id < outbox.id
             AND (other.due_at <= $2 OR (other.attempts > 0 AND other.due_at <= $4)))))
     ORDER BY due_at, id LIMIT $5`,
    [channelId, wanted.now, JSON.stringify(wanted.without), wanted.holdUntil, wanted.limit],
  );
}

/** When the next row falls due, of those that are not due yet. Null when none waits. */
export async function findNextDue(tx: Read, channelId: ChannelId, now: number): Promise<number | null> {
  const row = await tx.get<{ due_at: number | null }>(
    "SELECT MIN(due_at) AS due_at FROM outbox WHERE channel_id = $1 AND state = 'due' AND due_at > $2",
    [channelId, now],
  );
  return row?.due_at ?? null;
}

/** A row with what is needed of its message to send it. */
export interface OutboxRow {
  readonly id: string;
  readonly company_id: CompanyId;
  readonly channel_id: ChannelId;
  readonly conversation_id: ConversationId;
  /** The conversation's: a merge may have moved it since the row was written. */
  readonly contact_id: ContactId;
  readonly message_id: MessageId;
  readonly kind: "message" | "reaction";
  /** JSON of `OutboxPayload`. */
  readonly payload: string;
  /** This try counted. */
  readonly attempts: number;
  readonly first_claimed_at: number;
  readonly message_type: MessageType;
  readonly content: string;
  /** JSON. */
  readonly metadata: string;
  readonly status: MessageStatus;
  readonly external_id: string | null;
  readonly reply_external_id: string | null;
  readonly deleted_at: number | null;
}

/**
 * Takes a row that is due, and counts the try. Undefined where it is no longer due, or the channel sends nothing.
 */
export async function claimRow(tx: Tx, id: string, now: number): Promise<OutboxRow | undefined> {
  const claimed = await tx.run(
    `UPDATE outbox SET state = 'claimed', claimed_at = $1, first_claimed_at = COALESCE(first_claimed_at, $1),
       attempts = attempts + 1
     WHERE id = $2 AND state = 'due' AND due_at <= $1
       AND EXISTS (SELECT 1 FROM channels WHERE channels.id = outbox.channel_id
         AND channels.deleted_at IS NULL AND channels.paused_reason IS NULL)`,
    [now, id],
  );
  if (claimed === 0) return undefined;
  return tx.get<OutboxRow>(
    `SELECT outbox.id, outbox.company_id, outbox.channel_id, outbox.conversation_id,
       conversations.contact_id, outbox.message_id, outbox.kind, outbox.payload, outbox.attempts, outbox.first_claimed_at,
       messages.message_type, messages.content, messages.metadata, messages.status, messages.external_id,
       COALESCE(quoted.external_id, messages.reply_external_id) AS reply_external_id, messages.deleted_at
     FROM outbox
     JOIN messages ON messages.id = outbox.message_id
     JOIN conversations ON conversations.id = outbox.conversation_id
     LEFT JOIN messages AS quoted ON quoted.id = messages.reply_to
     WHERE outbox.id = $1`,
    [id],
  );
}

export interface OutgoingFileRow {
  readonly name: string;
  readonly mime_type: string;
  readonly sha256: string | null;
}

/** The files of a message, in the order in which they were uploaded. */
export function findFiles(tx: Read, companyId: CompanyId, messageId: MessageId): Promise<OutgoingFileRow[]> {
  return tx.all<OutgoingFileRow>(
    "SELECT name, mime_type, sha256 FROM attachments WHERE company_id = $1 AND message_id = $2 ORDER BY rowid",
    [companyId, messageId],
  );
}

/** How the end of a try is written down; `due` puts the row back for `dueAt`. */
export interface RowEnd {
  readonly state: "due" | "done" | "failed" | "unknown";
  readonly dueAt: number;
  /** The provider's reason as `code: words`. */
  readonly error: string | null;
  /** False where the try shall not count: nothing was tried. */
  readonly counts: boolean;
}

/** Ends a claim. False where the row is not claimed (any more). */
export async function endClaim(tx: Tx, id: string, end: RowEnd): Promise<boolean> {
  const ended = await tx.run(
    `UPDATE outbox SET state = $1, due_at = CASE WHEN $1 = 'due' THEN $2 ELSE due_at END, last_error = $3,
       attempts = attempts - $4
     WHERE id = $5 AND state = 'claimed'`,
    [end.state, end.dueAt, end.error, end.counts ? 0 : 1, id],
  );
  return ended > 0;
}

export interface OpenRow {
  readonly id: string;
  readonly company_id: CompanyId;
  readonly message_id: MessageId;
  readonly kind: "message" | "reaction";
}

/** What a process that is gone had claimed: each of these requests may have left. */
export function findClaimed(tx: Read, limit: number): Promise<OpenRow[]> {
  return tx.all<OpenRow>(
    "SELECT id, company_id, message_id, kind FROM outbox WHERE state = 'claimed' ORDER BY id LIMIT $1",
    [limit],
  );
}

/** What waits on a channel, for when it goes away. */
export function findDue(
  tx: Read,
  companyId: CompanyId,
  of: { readonly channelId: ChannelId; readonly limit: number },
): Promise<OpenRow[]> {
  return tx.all<OpenRow>(
    `SELECT id, company_id, message_id, kind FROM outbox
     WHERE company_id = $1 AND channel_id = $2 AND state = 'due' ORDER BY id LIMIT $3`,
    [companyId, of.channelId, of.limit],
  );
}

export async function failDue(tx: Tx, id: string, error: string): Promise<void> {
  await tx.run("UPDATE outbox SET state = 'failed', last_error = $1 WHERE id = $2 AND state = 'due'", [
    error,
    id,
  ]);
}

export interface OutboxDepth {
  readonly waiting: number;
  /** When the oldest of them was written (ms); null where nothing waits. */
  readonly oldest_at: number | null;
}

/** How much waits on a channel. What is scheduled for later does not count. */
export async function readDepth(
  tx: Read,
  companyId: CompanyId,
  of: { readonly channelId: ChannelId; readonly now: number },
): Promise<OutboxDepth> {
  const row = await tx.get<OutboxDepth>(
    `SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest_at FROM outbox
     WHERE channel_id = $1 AND company_id = $2 AND state IN ('due', 'claimed')
       AND (state = 'claimed' OR due_at <= $3 OR attempts > 0)`,
    [of.channelId, companyId, of.now],
  );
  return row ?? { waiting: 0, oldest_at: null };
}

/** A scheduled message whose time has come. False where it is something else. */
export async function startScheduled(tx: Tx, companyId: CompanyId, messageId: MessageId): Promise<boolean> {
  const started = await tx.run(
    "UPDATE messages SET status = 'pending' WHERE company_id = $1 AND id = $2 AND status = 'scheduled'",
    [companyId, messageId],
  );
  return started > 0;
}

/** The newest reason why something on a channel is tried again; null where nothing is. */
export async function readLastError(
  tx: Read,
  companyId: CompanyId,
  channelId: ChannelId,
): Promise<string | null> {
  const row = await tx.get<{ last_error: string }>(
    `SELECT last_error FROM outbox
     WHERE company_id = $1 AND channel_id = $2 AND state = 'due' AND last_error IS NOT NULL
     ORDER BY claimed_at DESC LIMIT 1`,
    [companyId, channelId],
  );
  return row?.last_error ?? null;
}

/** The same over all channels of all companies, for the metrics. */
export async function readTotalDepth(tx: Read, now: number): Promise<OutboxDepth> {
  const row = await tx.get<OutboxDepth>(
    `SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest_at FROM outbox
     WHERE state IN ('due', 'claimed') AND (state = 'claimed' OR due_at <= $1 OR attempts > 0)`,
    [now],
  );
  return row ?? { waiting: 0, oldest_at: null };
}
