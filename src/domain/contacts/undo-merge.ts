import { z } from "zod";

import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { type Contact, identifierKinds } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ContactId, ConversationId, LabelId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import {
  markUndone,
  moveConversations,
  type Moved,
  moveIdentifiers,
  type Profile,
  readMerge,
  removeLabels,
  setMergedInto,
} from "./merge-store.ts";
import { tellMoved } from "./merge.ts";
import { requireContact, seeContact } from "./read.ts";
import { standsOf } from "./stands.ts";
import { type ContactRow, readContactRow, updateContact } from "./store.ts";

/** A merge can be undone for 30 days (channels.md). */
export const UNDO_MS = 30 * 24 * 60 * 60 * 1000;

const profileSchema = z.object({
  name: z.string(),
  name_typed: z.number(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  avatar_url: z.string().nullable(),
  custom: z.string(),
});
const movedSchema: z.ZodType<Moved> = z.object({
  identifiers: z.array(z.object({ kind: z.enum(identifierKinds), value: z.string() })),
  labels: z.array(z.custom<LabelId>((id) => typeof id === "string")),
  conversations: z.array(z.custom<ConversationId>((id) => typeof id === "string")),
  before: profileSchema,
  after: profileSchema,
});

/**
 * Takes a merge back: the one that was merged is a contact again, with its identifiers and conversations. What came
 * after the merge stays where it is. The two are not merged by themselves again.
 * Throws `forbidden`, `not_found`, `conflict` where it was undone, is too old, or the contact was itself merged since.
 */
export function undoMerge(
  context: Context,
  caller: Caller,
  { id, mergeId }: { readonly id: ContactId; readonly mergeId: string },
): Promise<Contact> {
  requirePermission(caller, "manage_contacts");
  const { companyId } = caller;
  const at = context.clock.now();
  return context.sql.transaction(async (tx) => {
    await seeContact(tx, caller, id);
    const merge = await readMerge(tx, companyId, mergeId);
    if (!merge || merge.winner_id !== id) throw new Refusal("not_found");
    if (merge.undone_at !== null || at - merge.created_at > UNDO_MS) throw new Refusal("conflict");
    const moved = movedSchema.parse(JSON.parse(merge.moved));
    const loserId = merge.loser_id;
    const back = { from: id, to: loserId };
    const stood = await standsOf(tx, companyId, id);
    await setMergedInto(tx, companyId, { contactId: loserId, into: null });
    await moveIdentifiers(tx, companyId, { ...back, items: moved.identifiers });
    await moveConversations(tx, companyId, { ...back, items: moved.conversations });
    await removeLabels(tx, id, moved.labels);
    await restoreProfile(tx, caller, { id, moved });
    await markUndone(tx, companyId, { id: mergeId, at });
    await append(tx, companyId, { type: "contact.created", data: { contact_id: loserId }, at });
    await tellMoved(tx, companyId, { conversations: moved.conversations, at });
    const fields = ["name", "phone", "email", "avatar_url", "custom", "identifiers", "labels"] as const;
    const data = { contact_id: id, fields, ...(stood && { stood }) };
    await append(tx, companyId, { type: "contact.updated", data, at });
    return requireContact(tx, caller, loserId);
  });
}

/** What the merge filled in goes, unless somebody has changed it since. */
async function restoreProfile(
  tx: Tx,
  { companyId }: Caller,
  { id, moved: { before, after } }: { readonly id: ContactId; readonly moved: Moved },
): Promise<void> {
  const row = await readContactRow(tx, companyId, id);
  if (!row) return;
  const pick = <Key extends keyof Profile>(key: Key): ContactRow[Key] | Profile[Key] =>
    row[key] === after[key] ? before[key] : row[key];
  await updateContact(tx, companyId, {
    id,
    name: pick("name"),
    name_typed: pick("name_typed"),
    phone: pick("phone"),
    email: pick("email"),
    avatar_url: pick("avatar_url"),
    custom: pick("custom"),
  });
}
