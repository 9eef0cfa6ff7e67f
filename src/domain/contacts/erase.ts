import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ContactId } from "../../contract/ids.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import { deleteContacts, deleteConversations, nextLogged, readFamily, scrubLogged } from "./erase-store.ts";
import { requireContact } from "./read.ts";

/** Webhooks looked through per transaction: others must not wait long. */
const CHUNK = 200;

/**
 * Erases a person: the contact, those who were merged into it, all conversations, and every stored webhook that names
 * one of its identifiers (channels.md, last line). Cut off half-way it can be asked for again.
 * Throws `forbidden`, `not_found`.
 */
export async function eraseContact(context: Context, caller: Caller, id: ContactId): Promise<void> {
  requirePermission(caller, "erase_contacts");
  const { companyId } = caller;
  const at = context.clock.now();
  const contact = await context.sql.read((tx) => requireContact(tx, caller, id));
  // Short ones could stand in anybody's webhook by chance.
  const needles = contact.identifiers
    .map(({ kind, value }) => (kind === "phone" ? value.slice(1) : value))
    .filter((value) => value.length >= 6);
  await scrubLog(context, caller, needles);
  await context.sql.transaction(async (tx) => {
    const family = await readFamily(tx, companyId, id);
    if (family.length === 0) throw new Refusal("not_found");
    const conversations = await deleteConversations(tx, companyId, id);
    await deleteContacts(tx, companyId, family);
    for (const { id: conversation_id, ...before } of conversations) {
      await append(tx, companyId, { type: "conversation.deleted", data: { conversation_id, before }, at });
    }
    await append(tx, companyId, { type: "contact.deleted", data: { contact_id: id }, at });
  });
}

async function scrubLog(context: Context, { companyId }: Caller, needles: readonly string[]): Promise<void> {
  if (needles.length === 0) return;
  for (let after = ""; ;) {
    const page = { after, limit: CHUNK };
    const ids = await context.sql.read((tx) => nextLogged(tx, companyId, page));
    if (ids.length > 0) await context.sql.transaction((tx) => scrubLogged(tx, companyId, { ids, needles }));
    const last = ids.at(-1);
    if (last === undefined || ids.length < CHUNK) return;
    after = last;
  }
}
