import type { Contact, Identifier, IdentifierKind } from "../../contract/entities.ts";
import type { CompanyId, ContactId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import type { Person } from "../inbound-item.ts";
import {
  findExact,
  findMatches,
  insertIdentifier,
  type Match,
  verifyIdentifier,
} from "./identifier-store.ts";
import { joinVouched } from "./join-vouched.ts";
import { phoneVariants } from "./phone-variants.ts";
import { insertContact, readContactRow, updateContact } from "./store.ts";

export interface Identified {
  readonly contactId: ContactId;
  readonly name: string;
  readonly created: boolean;
  /** What the person brought that was not known; the caller appends `contact.updated` with these. */
  readonly changed: readonly (keyof Contact)[];
}

/** What a channel vouches for, so that two contacts that share it are one person (channels.md). */
const vouched: ReadonlySet<IdentifierKind> = new Set(["wa_id", "bsuid", "lid", "telegram"]);

/**
 * Finds the contact of a person or makes it, and learns what is new of it. Two contacts that turn out to be one are merged.
 * Appends `contact.created` and `contact.merged`. `at` in milliseconds.
 * Throws a plain `Error` for a person without identifiers: the channel's parser should have refused it.
 */
export async function identify(
  tx: Tx,
  companyId: CompanyId,
  { person, at }: { readonly person: Person; readonly at: number },
): Promise<Identified> {
  const wellKnown = await findWellKnown(tx, companyId, person);
  const matches = wellKnown ?? (await findMatches(tx, companyId, lookupKeys(person.identifiers)));
  const contactId = await joinVouched(tx, companyId, { matches, at });
  const known = matches.find((match) => match.contact_id === contactId);
  if (!known) return createFrom(tx, companyId, { person, at });
  const { name, changed } = await learn(tx, companyId, { known, matches, person, at });
  return { contactId: known.contact_id, name, created: false, changed };
}

/**
 * The matches of somebody all of whose identifiers are known as they are written, vouched for and one contact's: then
 * other ways to write them can tell nothing new. Null for everybody else.
 */
async function findWellKnown(
  tx: Tx,
  companyId: CompanyId,
  { identifiers }: Person,
): Promise<readonly Match[] | null> {
  const matches: Match[] = [];
  for (const identifier of identifiers) {
    const match = await findExact(tx, companyId, identifier);
    const isOne = match?.contact_id === (matches[0] ?? match)?.contact_id;
    if (match?.verified !== 1 || !isOne) return null;
    matches.push(match);
  }
  return matches;
}

/** The contact of a person, or null: changes nothing. */
export async function findContact(tx: Tx, companyId: CompanyId, person: Person): Promise<ContactId | null> {
  const matches = await findMatches(tx, companyId, lookupKeys(person.identifiers));
  return (matches.find((match) => match.verified === 1) ?? matches[0])?.contact_id ?? null;
}

/**
 * Notes aliases of a contact that a channel told us (the `wa_id` of a send response). One that is vouched for and
 * belongs to another contact merges the two. Appends `contact.updated` where there is something new.
 */
export async function learnIdentifiers(
  tx: Tx,
  {
    companyId,
    contactId,
    identifiers,
    at,
  }: {
    readonly companyId: CompanyId;
    readonly contactId: ContactId;
    readonly identifiers: readonly Identifier[];
    readonly at: number;
  },
): Promise<void> {
  const row = await readContactRow(tx, companyId, contactId);
  if (!row || identifiers.length === 0) return;
  const matches = await findMatches(tx, companyId, lookupKeys(identifiers));
  const survivor = await joinVouched(tx, companyId, { matches, at, also: contactId });
  const known = { contact_id: survivor ?? contactId, name: row.name, name_typed: 1, phone: row.phone };
  const { changed } = await learn(tx, companyId, { known, matches, person: { identifiers, name: null }, at });
  if (changed.length === 0) return;
  await append(tx, companyId, {
    type: "contact.updated",
    data: { contact_id: known.contact_id, fields: changed },
    at,
  });
}

/** Where to look: every way to write a number, as the provider's id and as a phone; other ids as they are. */
export function lookupKeys(identifiers: readonly Identifier[]): readonly Identifier[] {
  return identifiers.flatMap((identifier): readonly Identifier[] => {
    const digits = digitsOf(identifier);
    if (digits === null) return [identifier];
    return phoneVariants(digits).flatMap((variant) => [
      { kind: "wa_id", value: variant },
      { kind: "phone", value: `+${variant}` },
    ]);
  });
}

/** The number behind an identifier, digits only; null where it is none. */
function digitsOf({ kind, value }: Identifier): string | null {
  if (kind === "wa_id" && /^\d{7,15}$/.test(value)) return value;
  if (kind === "phone" && /^\+\d{7,15}$/.test(value)) return value.slice(1);
  return null;
}

function phoneOf(identifiers: readonly Identifier[]): string | null {
  for (const identifier of identifiers) {
    const digits = digitsOf(identifier);
    if (digits !== null) return `+${digits}`;
  }
  return null;
}

async function createFrom(
  tx: Tx,
  companyId: CompanyId,
  { person, at }: { readonly person: Person; readonly at: number },
): Promise<Identified> {
  const [first] = person.identifiers;
  if (!first) throw new Error("a person without identifiers");
  const phone = phoneOf(person.identifiers);
  const contactId = newId<ContactId>();
  const name = person.name ?? phone ?? first.value;
  await insertContact(tx, companyId, {
    id: contactId,
    name,
    name_typed: 0,
    phone,
    email: null,
    avatar_url: null,
    custom: "{}",
    last_contact_at: null,
    created_at: at,
  });
  for (const identifier of withPhone(person.identifiers, phone)) {
    await insertIdentifier(tx, companyId, {
      ...identifier,
      contactId,
      verified: isVouched(identifier, person),
      at,
    });
  }
  await append(tx, companyId, { type: "contact.created", data: { contact_id: contactId }, at });
  return { contactId, name, created: true, changed: [] };
}

/** A phone number that stands behind a provider's id is as good as the id; a typed one is not. */
function isVouched(identifier: Identifier, { identifiers }: Pick<Person, "identifiers">): boolean {
  if (identifier.kind !== "phone") return vouched.has(identifier.kind);
  return identifiers.some(({ kind, value }) => kind === "wa_id" && `+${value}` === identifier.value);
}

function withPhone(identifiers: readonly Identifier[], phone: string | null): readonly Identifier[] {
  if (phone === null || identifiers.some(({ kind }) => kind === "phone")) return identifiers;
  return [...identifiers, { kind: "phone", value: phone }];
}

type Known = Pick<Match, "contact_id" | "name" | "name_typed" | "phone">;

/** Writes what is new and nothing else: a known person who says nothing new costs no statement. */
async function learn(
  tx: Tx,
  companyId: CompanyId,
  {
    known,
    matches,
    person,
    at,
  }: {
    readonly known: Known;
    readonly matches: readonly Match[];
    readonly person: Person;
    readonly at: number;
  },
): Promise<{ readonly name: string; readonly changed: readonly (keyof Contact)[] }> {
  const changed: (keyof Contact)[] = [];
  const phone = known.phone === null ? phoneOf(person.identifiers) : null;
  let gotPhone = false;
  for (const identifier of withPhone(person.identifiers, phone)) {
    const match = matches.find(({ kind, value }) => kind === identifier.kind && value === identifier.value);
    if (match) {
      if (match.verified === 0 && match.contact_id === known.contact_id && isVouched(identifier, person)) {
        await verifyIdentifier(tx, companyId, identifier);
      }
      continue;
    }
    const isNew = await insertIdentifier(tx, companyId, {
      ...identifier,
      contactId: known.contact_id,
      verified: isVouched(identifier, person),
      at,
    });
    if (!isNew) continue;
    if (!changed.includes("identifiers")) changed.push("identifiers");
    if (`${identifier.kind} ${identifier.value}` === `phone ${phone}`) gotPhone = true;
  }
  const name = known.name_typed === 0 && person.name !== null ? person.name : known.name;
  if (name !== known.name) changed.push("name");
  if (gotPhone) changed.push("phone");
  if (name !== known.name || gotPhone) {
    const row = await readContactRow(tx, companyId, known.contact_id);
    if (row) await updateContact(tx, companyId, { ...row, name, phone: gotPhone ? phone : row.phone });
  }
  return { name, changed };
}
