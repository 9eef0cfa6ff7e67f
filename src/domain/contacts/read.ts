import type { Caller } from "../../auth/caller.ts";
import type { Contact, Conversation } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ContactId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { readSnapshot, type Snapshot } from "../../events/snapshot.ts";
import type { Context } from "../context.ts";
import { completeConversations } from "../conversations/store.ts";
import { listContactIds, listTimeline, maySeeContact } from "./list-store.ts";
import { loadContacts } from "./store.ts";

/** Conversations of one contact that are shown. */
const TIMELINE = 200;

export interface ContactList {
  readonly contacts: readonly Contact[];
  /** Where the next page begins; null where this is the last one. */
  readonly next: ContactId | null;
}

/** A page of the contacts that the caller sees, newest first; `search` is the beginning of a name or part of a number. */
export function listContacts(
  context: Context,
  caller: Caller,
  input: { readonly search: string | null; readonly cursor: string | null; readonly limit: number },
): Promise<Snapshot<ContactList>> {
  const { limit, cursor: before } = input;
  const search = input.search?.trim() ?? "";
  const digits = search.replaceAll(/\D/g, "");
  return readSnapshot(context.sql, caller.companyId, async (tx) => {
    const ids = await listContactIds(tx, caller, {
      name: search === "" ? null : search.toLowerCase(),
      digits: digits.length < 3 ? null : digits,
      before,
      // One more than asked for says whether there is a next page.
      limit: limit + 1,
    });
    const shown = ids.slice(0, limit);
    const contacts = await loadContacts(tx, caller.companyId, shown);
    return {
      contacts: shown.flatMap((id) => contacts.get(id) ?? []),
      next: ids.length > limit ? (shown.at(-1) ?? null) : null,
    };
  });
}

/** Throws `not_found`, the same for one that the caller may not see. */
export async function seeContact(tx: Read, caller: Caller, id: ContactId): Promise<Contact> {
  if (!(await maySeeContact(tx, caller, id))) throw new Refusal("not_found");
  return requireContact(tx, caller, id);
}

/** The whole entity of a contact that exists. Throws `not_found`. */
export async function requireContact(tx: Read, { companyId }: Caller, id: ContactId): Promise<Contact> {
  const contact = (await loadContacts(tx, companyId, [id])).get(id);
  if (!contact) throw new Refusal("not_found");
  return contact;
}

/** Throws `not_found`. */
export function getContact(context: Context, caller: Caller, id: ContactId): Promise<Snapshot<Contact>> {
  return readSnapshot(context.sql, caller.companyId, (tx) => seeContact(tx, caller, id));
}

/** The contact's conversations over all channels, newest activity first. Throws `not_found`. */
export function readTimeline(
  context: Context,
  caller: Caller,
  id: ContactId,
): Promise<Snapshot<readonly Conversation[]>> {
  return readSnapshot(context.sql, caller.companyId, async (tx) => {
    await seeContact(tx, caller, id);
    const rows = await listTimeline(tx, caller, { contactId: id, limit: TIMELINE });
    return completeConversations(tx, caller.companyId, rows);
  });
}
