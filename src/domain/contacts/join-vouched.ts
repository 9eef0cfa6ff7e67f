import type { CompanyId, ContactId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import type { Match } from "./identifier-store.ts";
import { wasMergeUndone } from "./merge-store.ts";
import { mergeInside } from "./merge.ts";

/**
 * Merges the contacts that vouched identifiers of one person belong to, the younger into the older, unless somebody
 * undid that merge before. What was only typed is no proof and merges nothing.
 * Returns whom the person is; null where nobody is known. `also` is a contact that the person is known to be.
 */
export async function joinVouched(
  tx: Tx,
  companyId: CompanyId,
  {
    matches,
    at,
    also,
  }: { readonly matches: readonly Match[]; readonly at: number; readonly also?: ContactId },
): Promise<ContactId | null> {
  const proven = matches.filter((match) => match.verified === 1).map((match) => match.contact_id);
  const people = [...new Set(also === undefined ? proven : [also, ...proven])];
  const [first, ...others] = people;
  if (first === undefined) return matches[0]?.contact_id ?? null;
  let survivor = first;
  for (const other of others) {
    if (await wasMergeUndone(tx, companyId, [survivor, other])) continue;
    // Ids sort by time of creation.
    const [winnerId, loserId] = survivor < other ? [survivor, other] : [other, survivor];
    await mergeInside(tx, companyId, { mergeId: null, winnerId, loserId, at });
    survivor = winnerId;
  }
  return survivor;
}
