import type { NewEvent } from "../contract/events.ts";
import type { CompanyId } from "../contract/ids.ts";
import type { Tx } from "../db/sql.ts";
import { insertEvent, moveHead } from "./store.ts";

/**
 * Appends one event to the company's log, inside the transaction that makes the change (realtime.md, "Domain events").
 * Nothing is published here: the bus reads the log after the commit. `at` is in milliseconds. Returns the event's `seq`.
 */
export function append(
  tx: Tx,
  companyId: CompanyId,
  event: NewEvent & { readonly at: number },
): Promise<number> {
  return appendAll(tx, companyId, { events: [event], at: event.at });
}

/** The same for several events of one change, in their order. Returns the last one's `seq`. */
export async function appendAll(
  tx: Tx,
  companyId: CompanyId,
  { events, at }: { readonly events: readonly NewEvent[]; readonly at: number },
): Promise<number> {
  const head = await moveHead(tx, companyId, events.length);
  const first = head - events.length + 1;
  for (const [index, { type, data }] of events.entries()) {
    const conversationId = "conversation_id" in data ? data.conversation_id : null;
    const seq = first + index;
    await insertEvent(tx, { companyId, seq, type, conversationId, data: JSON.stringify(data), at });
  }
  return head;
}
