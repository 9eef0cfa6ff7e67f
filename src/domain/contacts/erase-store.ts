import type { CompanyId, ContactId, ConversationId, InboundId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

/** The contact and everybody who was merged into it, however often. */
export async function readFamily(
  tx: Read,
  companyId: CompanyId,
  contactId: ContactId,
): Promise<readonly ContactId[]> {
  const rows = await tx.all<{ id: ContactId }>(
    `WITH RECURSIVE family (id) AS (
       SELECT id FROM contacts WHERE company_id = $1 AND id = $2
       UNION SELECT contacts.id FROM contacts JOIN family ON contacts.merged_into = family.id
     ) SELECT id FROM family`,
    [companyId, contactId],
  );
  return rows.map((row) => row.id);
}

export interface ErasedConversation {
  readonly id: ConversationId;
  readonly queue_id: QueueId | null;
  readonly assignee_id: UserId | null;
}

/** Deletes a contact's conversations with all that hangs on them; says where they stood. */
export function deleteConversations(
  tx: Tx,
  companyId: CompanyId,
  contactId: ContactId,
): Promise<ErasedConversation[]> {
  return tx.all<ErasedConversation>(
    `DELETE FROM conversations WHERE company_id = $1 AND contact_id = $2
     RETURNING id, queue_id, assignee_id`,
    [companyId, contactId],
  );
}

export async function deleteContacts(tx: Tx, companyId: CompanyId, ids: readonly ContactId[]): Promise<void> {
  const all = JSON.stringify(ids);
  // They refer to each other.
  await tx.run(
    "UPDATE contacts SET merged_into = NULL WHERE company_id = $1 AND id IN (SELECT value FROM json_each($2))",
    [companyId, all],
  );
  await tx.run("DELETE FROM contacts WHERE company_id = $1 AND id IN (SELECT value FROM json_each($2))", [
    companyId,
    all,
  ]);
}

/** The next webhooks of a company in order of arrival, to be looked through. */
export async function nextLogged(
  tx: Read,
  companyId: CompanyId,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly InboundId[]> {
  const rows = await tx.all<{ id: InboundId }>(
    "SELECT id FROM inbound_log WHERE company_id = $1 AND id > $2 ORDER BY id LIMIT $3",
    [companyId, after, limit],
  );
  return rows.map((row) => row.id);
}

/** Empties those of the webhooks `ids` that name any of `needles`: an empty one is not processed again. */
export async function scrubLogged(
  tx: Tx,
  companyId: CompanyId,
  { ids, needles }: { readonly ids: readonly InboundId[]; readonly needles: readonly string[] },
): Promise<void> {
  await tx.run(
    `UPDATE inbound_log SET raw = x'', state = 'done', error = NULL, due_at = NULL
     WHERE company_id = $1 AND id IN (SELECT value FROM json_each($2))
       AND EXISTS (SELECT 1 FROM json_each($3) AS needle WHERE instr(raw, CAST(needle.value AS BLOB)) > 0)`,
    [companyId, JSON.stringify(ids), JSON.stringify(needles)],
  );
}
