import { z } from "zod";

import type { Contact, Identifier, IdentifierKind } from "../../contract/entities.ts";
import type { CompanyId, ContactId, LabelId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import { toInstant, toInstantOrNull } from "../../lib/clock.ts";
import { groupBy } from "../../lib/group-by.ts";

const customSchema = z.record(z.string(), z.string());

/** A contact's own columns; `name_typed` is 1 when a person, not a profile, gave the name. Instants in milliseconds. */
export interface ContactRow {
  readonly id: ContactId;
  readonly name: string;
  readonly name_typed: number;
  readonly phone: string | null;
  readonly email: string | null;
  readonly avatar_url: string | null;
  /** JSON object of strings. */
  readonly custom: string;
  readonly last_contact_at: number | null;
  readonly created_at: number;
}

/** The contacts that exist among `ids`, whole. Losers of a merge and other companies' are left out. Three statements. */
export async function loadContacts(
  tx: Read,
  companyId: CompanyId,
  ids: readonly ContactId[],
): Promise<Map<ContactId, Contact>> {
  if (ids.length === 0) return new Map();
  const wanted = JSON.stringify(ids);
  const rows = await tx.all<ContactRow>(
    `SELECT id, name, name_typed, phone, email, avatar_url, custom, last_contact_at, created_at
     FROM contacts
     WHERE company_id = $1 AND id IN (SELECT value FROM json_each($2)) AND merged_into IS NULL`,
    [companyId, wanted],
  );
  const identifiers = await loadIdentifiers(tx, wanted);
  const labels = await loadLabels(tx, wanted);
  return new Map(
    rows.map((row) => [
      row.id,
      toContact(row, { identifiers: identifiers.get(row.id) ?? [], labels: labels.get(row.id) ?? [] }),
    ]),
  );
}

function toContact(
  row: ContactRow,
  parts: { readonly identifiers: readonly Identifier[]; readonly labels: readonly LabelId[] },
): Contact {
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    avatar_url: row.avatar_url,
    identifiers: parts.identifiers,
    labels: parts.labels,
    custom: parseCustom(row.custom),
    last_contact_at: toInstantOrNull(row.last_contact_at),
    created_at: toInstant(row.created_at),
  };
}

/** Reads the `custom` column, which only this folder writes. */
export function parseCustom(text: string): Readonly<Record<string, string>> {
  // By far the most contacts have nothing there.
  return text === "{}" ? {} : customSchema.parse(JSON.parse(text));
}

/** Newest first within a kind: after a number change the first `wa_id` is the one to answer to. */
async function loadIdentifiers(
  tx: Read,
  wanted: string,
): Promise<ReadonlyMap<ContactId, readonly Identifier[]>> {
  const rows = await tx.all<{ contact_id: ContactId; kind: IdentifierKind; value: string }>(
    `SELECT contact_id, kind, value FROM contact_identifiers
     WHERE contact_id IN (SELECT value FROM json_each($1))
     ORDER BY contact_id, kind, created_at DESC, value`,
    [wanted],
  );
  return groupBy(
    rows,
    (row) => row.contact_id,
    ({ kind, value }) => ({ kind, value }),
  );
}

async function loadLabels(tx: Read, wanted: string): Promise<ReadonlyMap<ContactId, readonly LabelId[]>> {
  const rows = await tx.all<{ contact_id: ContactId; label_id: LabelId }>(
    `SELECT contact_id, label_id FROM contact_labels
     WHERE contact_id IN (SELECT value FROM json_each($1)) ORDER BY contact_id, label_id`,
    [wanted],
  );
  return groupBy(
    rows,
    (row) => row.contact_id,
    (row) => row.label_id,
  );
}

/** A contact's own row; undefined for a foreign, merged or unknown one. */
export function readContactRow(
  tx: Read,
  companyId: CompanyId,
  contactId: ContactId,
): Promise<ContactRow | undefined> {
  return tx.get<ContactRow>(
    `SELECT id, name, name_typed, phone, email, avatar_url, custom, last_contact_at, created_at
     FROM contacts WHERE company_id = $1 AND id = $2 AND merged_into IS NULL`,
    [companyId, contactId],
  );
}

export async function insertContact(tx: Tx, companyId: CompanyId, row: ContactRow): Promise<void> {
  await tx.run(
    `INSERT INTO contacts (id, company_id, name, name_typed, phone, email, avatar_url, custom, last_contact_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      companyId,
      row.name,
      row.name_typed,
      row.phone,
      row.email,
      row.avatar_url,
      row.custom,
      row.last_contact_at,
      row.created_at,
    ],
  );
}

/** Writes the columns that a person or a profile may change. */
export async function updateContact(
  tx: Tx,
  companyId: CompanyId,
  row: Omit<ContactRow, "last_contact_at" | "created_at">,
): Promise<void> {
  await tx.run(
    `UPDATE contacts SET name = $1, name_typed = $2, phone = $3, email = $4, avatar_url = $5, custom = $6
     WHERE company_id = $7 AND id = $8`,
    [row.name, row.name_typed, row.phone, row.email, row.avatar_url, row.custom, companyId, row.id],
  );
}

/** Moves `last_contact_at` on, never back; false where it was there already. */
export async function touchContact(
  tx: Tx,
  companyId: CompanyId,
  touch: { readonly contactId: ContactId; readonly at: number },
): Promise<boolean> {
  const moved = await tx.run(
    `UPDATE contacts SET last_contact_at = $1
     WHERE company_id = $2 AND id = $3 AND (last_contact_at IS NULL OR last_contact_at < $1)`,
    [touch.at, companyId, touch.contactId],
  );
  return moved === 1;
}

/** Replaces a contact's labels; ids that are not labels of the company are ignored, so check them before. */
export async function replaceLabels(
  tx: Tx,
  companyId: CompanyId,
  change: { readonly contactId: ContactId; readonly labels: readonly LabelId[] },
): Promise<void> {
  await tx.run("DELETE FROM contact_labels WHERE contact_id = $1", [change.contactId]);
  await tx.run(
    `INSERT INTO contact_labels (contact_id, label_id)
     SELECT $1, id FROM labels WHERE company_id = $2 AND id IN (SELECT value FROM json_each($3))`,
    [change.contactId, companyId, JSON.stringify(change.labels)],
  );
}
