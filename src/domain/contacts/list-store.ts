import type { Caller } from "../../auth/caller.ts";
import type { Placement } from "../../contract/events.ts";
import type { CompanyId, ContactId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { conversationColumns, type ConversationRow, viewParams, visible } from "../conversations/store.ts";

/** A contact is seen by who sees any of its conversations; one without any by all who attend. */
const seen = `FROM contacts k WHERE k.company_id = $1 AND k.merged_into IS NULL AND ($2 = 1
    OR EXISTS (SELECT 1 FROM conversations c WHERE c.contact_id = k.id AND (c.assignee_id = $3
      OR (c.queue_id IS NULL AND $4 = 1) OR c.queue_id IN (SELECT value FROM json_each($5))))
    OR ($4 = 1 AND NOT EXISTS (SELECT 1 FROM conversations x WHERE x.contact_id = k.id)))`;

export interface ContactPage {
  /** Lower case: the beginning of a word of the name. Null lets every name through. */
  readonly name: string | null;
  /** Digits from within a number. Null lets every number through. */
  readonly digits: string | null;
  /** The last id of the page before. */
  readonly before: string | null;
  readonly limit: number;
}

/** Ids of contacts that the caller sees, newest first; with a search those whose name or number fits. */
export async function listContactIds(
  tx: Read,
  caller: Caller,
  page: ContactPage,
): Promise<readonly ContactId[]> {
  const rows = await tx.all<{ id: ContactId }>(
    `SELECT k.id ${seen} AND k.id < $6
       AND (($7 IS NULL AND $8 IS NULL)
         OR instr(' ' || lower(k.name), ' ' || $7) > 0
         OR EXISTS (SELECT 1 FROM contact_identifiers i WHERE i.contact_id = k.id
           AND i.kind IN ('phone', 'wa_id') AND instr(i.value, $8) > 0))
     ORDER BY k.id DESC LIMIT $9`,
    // Above every id.
    [...viewParams(caller), page.before ?? "~", page.name, page.digits, page.limit],
  );
  return rows.map((row) => row.id);
}

/** Whether the caller may see the contact: it exists, and its latest conversation is in view. */
export async function maySeeContact(tx: Read, caller: Caller, id: ContactId): Promise<boolean> {
  const row = await tx.get<{ found: 1 }>(`SELECT 1 AS found ${seen} AND k.id = $6`, [
    ...viewParams(caller),
    id,
  ]);
  return row !== undefined;
}

/** A contact's conversations that the caller sees, newest activity first. */
export function listTimeline(
  tx: Read,
  caller: Caller,
  of: { readonly contactId: ContactId; readonly limit: number },
): Promise<ConversationRow[]> {
  return tx.all<ConversationRow>(
    `SELECT ${conversationColumns} FROM conversations c
     WHERE ${visible} AND c.contact_id = $6 ORDER BY c.activity_at DESC, c.id DESC LIMIT $7`,
    [...viewParams(caller), of.contactId, of.limit],
  );
}

/** Where the contact's conversations stand, each place once; empty where it has none. */
export function readStands(tx: Read, companyId: CompanyId, contactId: ContactId): Promise<Placement[]> {
  return tx.all<Placement>(
    "SELECT DISTINCT queue_id, assignee_id FROM conversations WHERE +company_id = $1 AND contact_id = $2",
    [companyId, contactId],
  );
}
