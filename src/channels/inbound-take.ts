import type { Tx } from "../db/sql.ts";
import type { ChannelRecord } from "../domain/channels/record.ts";
import { reportStateInside } from "../domain/channels/state.ts";
import { arrive, type ContactTyping } from "../domain/messages/arrive.ts";
import { firstRetryAt } from "./inbound-backoff.ts";
import type { RoutedItem } from "./inbound-route.ts";
import { insertFailure, insertLog, type LogRow, noteHeard, updateLog } from "./inbound-store.ts";

/** What is kept of an error of ours: its own words may hold a customer's. */
export const ourFault = "could not be processed; the server's log says why";

/** Something went wrong with one item; the transaction was rolled back and runs again without it. */
export class ItemFailure extends Error {
  constructor(
    readonly place: number,
    options: ErrorOptions,
  ) {
    super("an inbound item failed", options);
  }
}

/** A webhook's row with what it parses to. */
export interface Job {
  readonly log: LogRow;
  readonly address: ChannelRecord;
  readonly items: readonly RoutedItem[];
  /** Whether the row has still to be written. */
  readonly isNew: boolean;
}

export interface Piece {
  readonly items: readonly RoutedItem[];
  readonly isLast: boolean;
}

/** One transaction of it. */
export interface Work {
  readonly job: Job;
  readonly piece: Piece;
  /** Places of items that can't be processed, with the reason. */
  readonly failed: ReadonlyMap<number, string>;
  readonly heard: readonly ChannelRecord[];
}

/**
 * Writes the items of a piece with all that follows from them, and settles the webhook's row with its last piece.
 * Throws `ItemFailure` for the first item that can't be processed. Returns what is to be told after the commit.
 */
export async function takeIn(tx: Tx, { job, piece, failed, heard }: Work): Promise<readonly ContactTyping[]> {
  const { log } = job;
  const at = log.received_at;
  if (job.isNew) await insertLog(tx, { ...log, state: stateOf(job) });
  for (const channel of heard) await noteChannel(tx, channel, at);
  const signals: ContactTyping[] = [];
  for (const routed of piece.items) {
    const reason = failed.get(routed.place);
    if (reason === undefined) {
      const signal = await takeItem(tx, routed, at);
      if (signal) signals.push(signal);
    } else await noteFailure(tx, { log, routed, reason });
  }
  if (piece.isLast && !job.isNew) {
    await updateLog(tx, { ...log, state: stateOf(job), error: null, due_at: null });
  }
  return signals;
}

/** A first webhook proves that the provider reaches us; what it says of the channel itself comes after. */
async function noteChannel(
  tx: Tx,
  { companyId, id: channelId, status }: ChannelRecord,
  at: number,
): Promise<void> {
  await noteHeard(tx, companyId, { channelId, at });
  if (status !== "connecting") return;
  await reportStateInside(tx, { companyId, channelId, at }, { status: "connected", detail: null });
}

async function takeItem(tx: Tx, { item, channel, place }: RoutedItem, at: number) {
  if (channel === null || item.kind === "broken") return null;
  try {
    return await arrive(tx, channel, { item, at });
  } catch (cause) {
    throw new ItemFailure(place, { cause });
  }
}

async function noteFailure(
  tx: Tx,
  failure: { readonly log: LogRow; readonly routed: RoutedItem; readonly reason: string },
): Promise<void> {
  const { log, routed, reason } = failure;
  await insertFailure(tx, {
    inbound_id: log.id,
    item: routed.place,
    company_id: log.company_id,
    channel_id: routed.channel?.id ?? log.channel_id,
    state: "pending",
    error: reason,
    attempts: 1,
    due_at: firstRetryAt(log.received_at),
    created_at: log.received_at,
  });
}

/** A webhook with anything for nobody stays to be looked at. */
function stateOf({ items }: Job): "done" | "unrouted" {
  return items.some(({ channel }) => channel === null) ? "unrouted" : "done";
}
