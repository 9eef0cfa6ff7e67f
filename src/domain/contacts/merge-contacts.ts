import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { Contact } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ContactId } from "../../contract/ids.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { listMerges } from "./merge-store.ts";
import { mergeInside } from "./merge.ts";
import { requireContact, seeContact } from "./read.ts";
import { UNDO_MS } from "./undo-merge.ts";

/**
 * Makes `otherId` part of `id`, for as long as nobody undoes it. Throws `forbidden`, `not_found` (either),
 * `invalid_request` for a contact and itself.
 */
export function mergeContacts(
  context: Context,
  caller: Caller,
  { id, otherId }: { readonly id: ContactId; readonly otherId: ContactId },
): Promise<{ readonly mergeId: string; readonly contact: Contact }> {
  requirePermission(caller, "manage_contacts");
  if (id === otherId) throw invalidField("contact_id", "is the same contact");
  const at = context.clock.now();
  const mergeId = newId<"merge">();
  return context.sql.transaction(async (tx) => {
    await seeContact(tx, caller, id);
    await seeContact(tx, caller, otherId);
    const merged = await mergeInside(tx, caller.companyId, { mergeId, winnerId: id, loserId: otherId, at });
    if (!merged) throw new Refusal("not_found");
    return { mergeId, contact: await requireContact(tx, caller, id) };
  });
}

/** Merges into a contact that can be undone still, newest first. Throws `not_found`. */
export function readMerges(context: Context, caller: Caller, id: ContactId) {
  const since = context.clock.now() - UNDO_MS;
  return context.sql.read(async (tx) => {
    await seeContact(tx, caller, id);
    return listMerges(tx, caller.companyId, { contactId: id, since });
  });
}
