import type { ConversationStatus, Identifier } from "../../contract/entities.ts";
import type { ChannelId, CompanyId, ContactId, ConversationId, LabelId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

/** What a merge moved from the loser to the winner, and what it changed of the winner: enough to undo it. */
export interface Moved {
  readonly identifiers: readonly Identifier[];
  readonly labels: readonly LabelId[];
  readonly conversations: readonly ConversationId[];
  readonly before: Profile;
  readonly after: Profile;
}

/** The winner's columns that a merge may fill. */
export interface Profile {
  readonly name: string;
  readonly name_typed: number;
  readonly phone: string | null;
  readonly email: string | null;
  readonly avatar_url: string | null;
  /** JSON object of strings. */
  readonly custom: string;
}

export interface MergeRow {
  readonly id: string;
  readonly winner_id: ContactId;
  readonly loser_id: ContactId;
  /** JSON of `Moved`. */
  readonly moved: string;
  readonly created_at: number;
  readonly undone_at: number | null;
}

export async function insertMerge(tx: Tx, companyId: CompanyId, row: MergeRow): Promise<void> {
  await tx.run(
    `INSERT INTO contact_merges (id, company_id, winner_id, loser_id, moved, created_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [row.id, companyId, row.winner_id, row.loser_id, row.moved, row.created_at],
  );
}

export function readMerge(tx: Read, companyId: CompanyId, id: string): Promise<MergeRow | undefined> {
  return tx.get<MergeRow>(
    `SELECT id, winner_id, loser_id, moved, created_at, undone_at FROM contact_merges
     WHERE company_id = $1 AND id = $2`,
    [companyId, id],
  );
}

/** Merges into this contact since `since` (milliseconds) that stand, newest first, with the loser's name. */
export function listMerges(
  tx: Read,
  companyId: CompanyId,
  { contactId, since }: { readonly contactId: ContactId; readonly since: number },
): Promise<{ id: string; loser_id: ContactId; name: string; created_at: number }[]> {
  return tx.all(
    `SELECT merged.id, merged.loser_id, contacts.name, merged.created_at
     FROM contact_merges AS merged JOIN contacts ON contacts.id = merged.loser_id
     WHERE merged.company_id = $1 AND merged.winner_id = $2 AND merged.created_at >= $3 AND merged.undone_at IS NULL
     ORDER BY merged.id DESC LIMIT 100`,
    [companyId, contactId, since],
  );
}

export async function markUndone(
  tx: Tx,
  companyId: CompanyId,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<void> {
  await tx.run("UPDATE contact_merges SET undone_at = $1 WHERE company_id = $2 AND id = $3", [
    at,
    companyId,
    id,
  ]);
}

/** Whether somebody said that these two are not the same person. */
export async function wasMergeUndone(
  tx: Read,
  companyId: CompanyId,
  [one, other]: readonly [ContactId, ContactId],
): Promise<boolean> {
  const row = await tx.get<{ found: 1 }>(
    `SELECT 1 AS found FROM contact_merges
     WHERE company_id = $1 AND undone_at IS NOT NULL
       AND ((winner_id = $2 AND loser_id = $3) OR (winner_id = $3 AND loser_id = $2)) LIMIT 1`,
    [companyId, one, other],
  );
  return row !== undefined;
}

/** `into` null makes the contact one of its own again. */
export async function setMergedInto(
  tx: Tx,
  companyId: CompanyId,
  { contactId, into }: { readonly contactId: ContactId; readonly into: ContactId | null },
): Promise<void> {
  await tx.run("UPDATE contacts SET merged_into = $1 WHERE company_id = $2 AND id = $3", [
    into,
    companyId,
    contactId,
  ]);
}

export function identifiersOf(tx: Read, companyId: CompanyId, contactId: ContactId): Promise<Identifier[]> {
  return tx.all<Identifier>(
    "SELECT kind, value FROM contact_identifiers WHERE company_id = $1 AND contact_id = $2",
    [companyId, contactId],
  );
}

export interface Move<Item> {
  readonly from: ContactId;
  readonly to: ContactId;
  readonly items: readonly Item[];
}

export async function moveIdentifiers(tx: Tx, companyId: CompanyId, move: Move<Identifier>): Promise<void> {
  await tx.run(
    `UPDATE contact_identifiers SET contact_id = $1
     WHERE company_id = $2 AND contact_id = $3
       AND (kind, value) IN (SELECT value ->> 0, value ->> 1 FROM json_each($4))`,
    [move.to, companyId, move.from, JSON.stringify(move.items.map(({ kind, value }) => [kind, value]))],
  );
}

/** Gives the winner the loser's labels; returns those that were new to it. */
export async function copyLabels(
  tx: Tx,
  { from, to }: { readonly from: ContactId; readonly to: ContactId },
): Promise<LabelId[]> {
  const rows = await tx.all<{ label_id: LabelId }>(
    `INSERT INTO contact_labels (contact_id, label_id)
     SELECT $1, label_id FROM contact_labels WHERE contact_id = $2
     ON CONFLICT DO NOTHING RETURNING label_id`,
    [to, from],
  );
  return rows.map((row) => row.label_id);
}

export async function removeLabels(tx: Tx, contactId: ContactId, labels: readonly LabelId[]): Promise<void> {
  await tx.run(
    "DELETE FROM contact_labels WHERE contact_id = $1 AND label_id IN (SELECT value FROM json_each($2))",
    [contactId, JSON.stringify(labels)],
  );
}

export interface Standing {
  readonly id: ConversationId;
  readonly channel_id: ChannelId;
  readonly status: ConversationStatus;
  readonly activity_at: number;
}

export function conversationsOf(tx: Read, companyId: CompanyId, contactId: ContactId): Promise<Standing[]> {
  return tx.all<Standing>(
    `SELECT id, channel_id, status, activity_at FROM conversations
     WHERE company_id = $1 AND contact_id = $2 ORDER BY id`,
    [companyId, contactId],
  );
}

/** Moves conversations and what of them still has to be sent. */
export async function moveConversations(
  tx: Tx,
  companyId: CompanyId,
  move: Move<ConversationId>,
): Promise<void> {
  const ids = JSON.stringify(move.items);
  await tx.run(
    `UPDATE conversations SET contact_id = $1
     WHERE company_id = $2 AND contact_id = $3 AND id IN (SELECT value FROM json_each($4))`,
    [move.to, companyId, move.from, ids],
  );
  await tx.run(
    `UPDATE outbox SET contact_id = $1
     WHERE company_id = $2 AND contact_id = $3 AND conversation_id IN (SELECT value FROM json_each($4))`,
    [move.to, companyId, move.from, ids],
  );
}

/** Settles the older of two open conversations of one person on one channel: both stay in the timeline. */
export async function resolveConversation(
  tx: Tx,
  companyId: CompanyId,
  { id, at }: { readonly id: ConversationId; readonly at: number },
): Promise<void> {
  await tx.run(
    `UPDATE conversations SET status = 'resolved', resolved_at = $1, snoozed_until = NULL, updated_at = $1
     WHERE company_id = $2 AND id = $3`,
    [at, companyId, id],
  );
}
