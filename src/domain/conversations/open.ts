import type { ChannelId, CompanyId, ContactId, ConversationId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { appendAll } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { contactMoved, standsOf } from "../contacts/stands.ts";
import { newRow } from "./new-row.ts";
import { insertConversation, readLatest, readOpen, readReopenHours, takeNumber } from "./open-store.ts";
import type { ConversationRow } from "./store.ts";

const HOUR_MS = 60 * 60 * 1000;

export interface Arrival {
  readonly companyId: CompanyId;
  readonly channelId: ChannelId;
  readonly contactId: ContactId;
  /** When it was written, milliseconds: what the reopen window is measured with. */
  readonly at: number;
  /** An import of what was said before: it opens nothing, and goes to the latest conversation whatever its state. */
  readonly history: boolean;
}

/**
 * The conversation that an arriving message belongs to: the open one, one that was resolved within the company's reopen
 * window (the caller reopens it with the message; a window of 0 reopens none), else a new one. `closed` is never taken up
 * again (channels.md, "Inbound" 6). Appends `conversation.created` for a new one.
 */
export async function conversationFor(tx: Tx, arrival: Arrival): Promise<ConversationRow> {
  const open = await readOpen(tx, arrival.companyId, arrival);
  if (open) return open;
  const latest = await readLatest(tx, arrival.companyId, arrival);
  if (latest && arrival.history) return latest;
  if (latest?.status === "resolved") {
    const hours = await readReopenHours(tx, arrival.companyId);
    const since = latest.resolved_at ?? latest.activity_at;
    // Providers count whole seconds: what seems older than the resolution may still have come after it.
    if (hours > 0 && arrival.at - since <= hours * HOUR_MS) return latest;
  }
  return create(tx, arrival);
}

async function create(tx: Tx, { companyId, channelId, contactId, at, history }: Arrival) {
  const id = newId<ConversationId>();
  const number = await takeNumber(tx, companyId);
  const fresh = newRow({ id, companyId, number, contactId, channelId, at });
  const row: ConversationRow = history ? { ...fresh, status: "resolved", resolved_at: at } : fresh;
  const stood = await standsOf(tx, companyId, contactId);
  await insertConversation(tx, row);
  const created = { type: "conversation.created", data: { conversation_id: row.id } } as const;
  await appendAll(tx, companyId, { events: [created, ...contactMoved(contactId, stood)], at });
  return row;
}
