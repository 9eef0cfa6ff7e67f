import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { Contact, IdentifierKind } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ContactId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { requireLabels } from "../conversations/named.ts";
import { invalidField } from "../invalid-field.ts";
import { findMatches, insertIdentifier, removeTypedIdentifiers } from "./identifier-store.ts";
import { lookupKeys } from "./identify.ts";
import { normalizePhone } from "./normalize-phone.ts";
import { requireContact, seeContact } from "./read.ts";
import type { ContactChange, NewContact } from "./schema.ts";
import { insertContact, readContactRow, replaceLabels, updateContact } from "./store.ts";

/** Throws `forbidden`, `invalid_request`, and `already_exists` with the contact that has this phone or e-mail. */
export function createContact(context: Context, caller: Caller, input: NewContact): Promise<Contact> {
  requirePermission(caller, "attend");
  const { companyId } = caller;
  const at = context.clock.now();
  const contactId = newId<ContactId>();
  const phone = normalPhone(caller, input.phone) ?? null;
  const email = input.email?.toLowerCase() ?? null;
  return context.sql.transaction(async (tx) => {
    const labels = await requireLabels(tx, companyId, input.labels);
    await insertContact(tx, companyId, {
      id: contactId,
      name: input.name,
      name_typed: 1,
      phone,
      email,
      avatar_url: null,
      custom: JSON.stringify(input.custom),
      last_contact_at: null,
      created_at: at,
    });
    await type(tx, caller, { contactId, kind: "phone", value: phone, at });
    await type(tx, caller, { contactId, kind: "email", value: email, at });
    if (labels.length > 0) await replaceLabels(tx, companyId, { contactId, labels });
    await append(tx, companyId, { type: "contact.created", data: { contact_id: contactId }, at });
    return requireContact(tx, caller, contactId);
  });
}

/** Changes what is given. Throws `forbidden`, `not_found`, `invalid_request`, `already_exists`. */
export function updateContactFields(
  context: Context,
  caller: Caller,
  { id, ...change }: ContactChange & { readonly id: ContactId },
): Promise<Contact> {
  requirePermission(caller, "attend");
  const { companyId } = caller;
  const at = context.clock.now();
  const phone = normalPhone(caller, change.phone);
  const email = change.email?.toLowerCase() ?? change.email;
  return context.sql.transaction(async (tx) => {
    const before = await seeContact(tx, caller, id);
    const row = await readContactRow(tx, companyId, id);
    if (!row) throw new Refusal("not_found");
    await updateContact(tx, companyId, {
      ...row,
      name: change.name ?? row.name,
      name_typed: change.name === undefined ? row.name_typed : 1,
      phone: phone === undefined ? row.phone : phone,
      email: email === undefined ? row.email : email,
      custom: change.custom === undefined ? row.custom : JSON.stringify(change.custom),
    });
    if (phone !== undefined && phone !== row.phone) {
      await type(tx, caller, { contactId: id, kind: "phone", value: phone, at });
    }
    if (email !== undefined && email !== row.email) {
      await type(tx, caller, { contactId: id, kind: "email", value: email, at });
    }
    if (change.labels !== undefined) {
      const labels = await requireLabels(tx, companyId, change.labels);
      await replaceLabels(tx, companyId, { contactId: id, labels });
    }
    const after = await requireContact(tx, caller, id);
    const fields = differing(before, after);
    if (fields.length === 0) return after;
    await append(tx, companyId, { type: "contact.updated", data: { contact_id: id, fields }, at });
    return after;
  });
}

/** E.164; undefined where none was given, null to forget it. Throws `invalid_request`. */
function normalPhone(caller: Caller, phone: string | null | undefined): string | null | undefined {
  if (phone === undefined || phone === null) return phone;
  const normal = normalizePhone(phone, caller.locale);
  if (normal === null) throw invalidField("phone", "is no phone number");
  return normal;
}

/** A person typed an identifier, or (null) took it away: nobody vouches for it, so it merges nothing. */
async function type(
  tx: Tx,
  { companyId }: Caller,
  typed: {
    readonly contactId: ContactId;
    readonly kind: IdentifierKind;
    readonly value: string | null;
    readonly at: number;
  },
): Promise<void> {
  const { contactId, kind, value, at } = typed;
  await removeTypedIdentifiers(tx, companyId, { contactId, kind });
  if (value === null) return;
  const matches = await findMatches(tx, companyId, lookupKeys([{ kind, value }]));
  const other = matches.find((match) => match.contact_id !== contactId);
  if (other) throw new Refusal("already_exists", { field: kind, contact_id: other.contact_id });
  await insertIdentifier(tx, companyId, { contactId, kind, value, verified: false, at });
}

function differing(before: Contact, after: Contact): readonly (keyof Contact)[] {
  const fields: readonly (keyof Contact)[] = ["name", "phone", "email", "identifiers", "labels", "custom"];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
