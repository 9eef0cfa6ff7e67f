import type { NewEvent } from "../contract/events.ts";
import type { CompanyId } from "../contract/ids.ts";
import type { Tx } from "../db/sql.ts";
import { insertEvent, nextSeq } from "./store.ts";

/**
 * Appends one event to the company's log, inside the transaction that makes the change (realtime.md, "Domain events").
 * Nothing is published here: the bus reads the log after the commit. `at` is in milliseconds. Returns the event's `seq`.
 */
export async function append(
  tx: Tx,
  companyId: CompanyId,
  event: NewEvent & { readonly at: number },
): Promise<number> {
  const seq = await nextSeq(tx, companyId);
  const conversationId = "conversation_id" in event.data ? event.data.conversation_id : null;
  await insertEvent(tx, {
    companyId,
    seq,
    type: event.type,
    conversationId,
    data: JSON.stringify(event.data),
    at: event.at,
  });
  return seq;
}
