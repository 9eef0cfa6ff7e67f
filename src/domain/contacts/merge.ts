import type { CompanyId, ContactId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { isOpen } from "../conversations/status.ts";
import {
  conversationsOf,
  copyLabels,
  identifiersOf,
  insertMerge,
  moveConversations,
  type Moved,
  moveIdentifiers,
  type Profile,
  resolveConversation,
  setMergedInto,
  type Standing,
} from "./merge-store.ts";
import { contactMoved, standsOf } from "./stands.ts";
import { type ContactRow, parseCustom, readContactRow, touchContact, updateContact } from "./store.ts";

export interface Merge {
  /** Null takes a new one. */
  readonly mergeId: string | null;
  readonly winnerId: ContactId;
  readonly loserId: ContactId;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * Makes two contacts one: identifiers, labels and conversations go to the winner, which also takes what it lacks of the
 * loser's profile. Where both have an open conversation on a channel, the older one is resolved.
 * Appends `conversation.status` for those, `contact.merged`, `contact.deleted` of the loser, and `conversation.updated`
 * for each one that moved.
 * False, and nothing changed, where either does not exist.
 */
export async function mergeInside(tx: Tx, companyId: CompanyId, merge: Merge): Promise<boolean> {
  const { winnerId, loserId, at } = merge;
  const winner = await readContactRow(tx, companyId, winnerId);
  const loser = await readContactRow(tx, companyId, loserId);
  if (!winner || !loser || winnerId === loserId) return false;
  const theirs = await conversationsOf(tx, companyId, loserId);
  const ours = await conversationsOf(tx, companyId, winnerId);
  const stood = await standsOf(tx, companyId, winnerId);
  await settleRivals(tx, companyId, { ours, theirs, at });
  const identifiers = await identifiersOf(tx, companyId, loserId);
  const conversations = theirs.map(({ id }) => id);
  const move = { from: loserId, to: winnerId };
  await moveIdentifiers(tx, companyId, { ...move, items: identifiers });
  await moveConversations(tx, companyId, { ...move, items: conversations });
  const labels = await copyLabels(tx, move);
  const after = combine(winner, loser);
  await updateContact(tx, companyId, { id: winnerId, ...after });
  if (loser.last_contact_at !== null) {
    await touchContact(tx, companyId, { contactId: winnerId, at: loser.last_contact_at });
  }
  await setMergedInto(tx, companyId, { contactId: loserId, into: winnerId });
  const moved: Moved = { identifiers, labels, conversations, before: profileOf(winner), after };
  await insertMerge(tx, companyId, {
    id: merge.mergeId ?? newId<"merge">(),
    winner_id: winnerId,
    loser_id: loserId,
    moved: JSON.stringify(moved),
    created_at: at,
    undone_at: null,
  });
  await append(tx, companyId, {
    type: "contact.merged",
    data: { contact_id: winnerId, merged_id: loserId },
    at,
  });
  // Also for those who don't see the winner, and for replays after the winner itself is gone.
  await append(tx, companyId, { type: "contact.deleted", data: { contact_id: loserId }, at });
  await tellMoved(tx, companyId, { conversations, at });
  for (const event of contactMoved(winnerId, stood)) await append(tx, companyId, { ...event, at });
  return true;
}

/** Whose conversation it is has changed for each of these. */
export async function tellMoved(
  tx: Tx,
  companyId: CompanyId,
  { conversations, at }: { readonly conversations: Moved["conversations"]; readonly at: number },
): Promise<void> {
  for (const conversation_id of conversations) {
    await append(tx, companyId, {
      type: "conversation.updated",
      data: { conversation_id, fields: ["contact_id", "contact"] },
      at,
    });
  }
}

/** One open conversation per person and channel: the one with the newer activity stays open. */
async function settleRivals(
  tx: Tx,
  companyId: CompanyId,
  {
    ours,
    theirs,
    at,
  }: { readonly ours: readonly Standing[]; readonly theirs: readonly Standing[]; readonly at: number },
): Promise<void> {
  for (const their of theirs.filter(({ status }) => isOpen(status))) {
    const our = ours.find((each) => isOpen(each.status) && each.channel_id === their.channel_id);
    if (!our) continue;
    const older = our.activity_at < their.activity_at ? our : their;
    await resolveConversation(tx, companyId, { id: older.id, at });
    await append(tx, companyId, {
      type: "conversation.status",
      data: { conversation_id: older.id, status: "resolved", was: older.status },
      at,
    });
    await append(tx, companyId, {
      type: "conversation.updated",
      data: { conversation_id: older.id, fields: ["status", "snoozed_until", "updated_at"] },
      at,
    });
  }
}

/** The winner's profile, with the loser's where the winner's is empty; a typed name wins over a profile's. */
function combine(winner: ContactRow, loser: ContactRow): Profile {
  const takesName = winner.name_typed === 0 && loser.name_typed === 1;
  return {
    name: takesName ? loser.name : winner.name,
    name_typed: takesName ? 1 : winner.name_typed,
    phone: winner.phone ?? loser.phone,
    email: winner.email ?? loser.email,
    avatar_url: winner.avatar_url ?? loser.avatar_url,
    custom: JSON.stringify({ ...parseCustom(loser.custom), ...parseCustom(winner.custom) }),
  };
}

function profileOf({ name, name_typed, phone, email, avatar_url, custom }: ContactRow): Profile {
  return { name, name_typed, phone, email, avatar_url, custom };
}
