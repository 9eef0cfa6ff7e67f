/**
 * Who sees a contact follows from where its conversations stand. Where views are restricted, each move of a conversation
 * may bring its contact into somebody's view, or out of it, and the log has to say so.
 */
import type { NewEvent, Placement } from "../../contract/events.ts";
import type { CompanyId, ContactId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { readCompany } from "../companies/store.ts";
import { readStands } from "./list-store.ts";

/** Who has no conversation is seen by all who attend. */
const nowhere: Placement = { queue_id: null, assignee_id: null };

/** What comes after the events of the move. `stood`: see `standsOf`, asked before it. Nothing where all see everything. */
export function contactMoved(contactId: ContactId, stood: readonly Placement[] | null): readonly NewEvent[] {
  if (stood === null) return [];
  return [{ type: "contact.updated", data: { contact_id: contactId, fields: [], stood } }];
}

/** Where the contact's conversations stand; null in a company where everybody sees everything. */
export async function standsOf(
  tx: Read,
  companyId: CompanyId,
  contactId: ContactId,
): Promise<readonly Placement[] | null> {
  const company = await readCompany(tx, companyId);
  if (company === undefined || company.visibility === "all") return null;
  const stands = await readStands(tx, companyId, contactId);
  return stands.length > 0 ? stands : [nowhere];
}
