import type { Identifier, IdentifierKind } from "../../contract/entities.ts";
import type { CompanyId, ContactId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

/** An identifier that is known, with what is needed of its contact to decide whether anything changes. */
export interface Match {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly contact_id: ContactId;
  /** 1 when a channel vouches for it. */
  readonly verified: number;
  readonly name: string;
  readonly name_typed: number;
  readonly phone: string | null;
}

/** Which of `keys` belong to whom, in the order of `keys`. */
export function findMatches(tx: Read, companyId: CompanyId, keys: readonly Identifier[]): Promise<Match[]> {
  return tx.all<Match>(
    `SELECT known.kind, known.value, known.contact_id, known.verified, contacts.name, contacts.name_typed, contacts.phone
     FROM json_each($1) AS wanted
     CROSS JOIN contact_identifiers AS known
       ON known.company_id = $2 AND known.kind = wanted.value ->> 0 AND known.value = wanted.value ->> 1
     JOIN contacts ON contacts.id = known.contact_id
     ORDER BY wanted.key`,
    [JSON.stringify(keys.map(({ kind, value }) => [kind, value])), companyId],
  );
}

/** The same for one identifier as it is written, which is what nearly every message needs: a tenth of the time. */
export function findExact(
  tx: Read,
  companyId: CompanyId,
  { kind, value }: Identifier,
): Promise<Match | undefined> {
  // The inner query keeps SQLite from preparing the join anew whenever other values are bound, which it does to plan it.
  return tx.get<Match>(
    `SELECT known.kind, known.value, known.contact_id, known.verified, contacts.name, contacts.name_typed, contacts.phone
     FROM (SELECT kind, value, contact_id, verified FROM contact_identifiers
       WHERE company_id = $1 AND kind = $2 AND value = $3 LIMIT 1) AS known
     JOIN contacts ON contacts.id = known.contact_id`,
    [companyId, kind, value],
  );
}

export interface NewIdentifier extends Identifier {
  readonly contactId: ContactId;
  readonly verified: boolean;
  /** Milliseconds. */
  readonly at: number;
}

/** False, and nothing changed, where the identifier is somebody's already. */
export async function insertIdentifier(tx: Tx, companyId: CompanyId, row: NewIdentifier): Promise<boolean> {
  const inserted = await tx.run(
    `INSERT INTO contact_identifiers (company_id, kind, value, contact_id, verified, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (company_id, kind, value) DO NOTHING`,
    [companyId, row.kind, row.value, row.contactId, row.verified ? 1 : 0, row.at],
  );
  return inserted === 1;
}

/** What a person typed turned out to be right: a channel vouches for it now. */
export async function verifyIdentifier(tx: Tx, companyId: CompanyId, identifier: Identifier): Promise<void> {
  await tx.run(
    "UPDATE contact_identifiers SET verified = 1 WHERE company_id = $1 AND kind = $2 AND value = $3",
    [companyId, identifier.kind, identifier.value],
  );
}

/** Forgets what a person typed; what a channel vouched for stays. */
export async function removeTypedIdentifiers(
  tx: Tx,
  companyId: CompanyId,
  which: { readonly contactId: ContactId; readonly kind: IdentifierKind },
): Promise<void> {
  await tx.run(
    "DELETE FROM contact_identifiers WHERE company_id = $1 AND contact_id = $2 AND kind = $3 AND verified = 0",
    [companyId, which.contactId, which.kind],
  );
}
