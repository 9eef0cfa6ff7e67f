import type { ChannelId, CompanyId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import type { Context } from "../context.ts";
import { applyChange } from "./apply-change.ts";
import { deleteEarlyBefore, insertEarly, takeEarly } from "./early-store.ts";
import { type MessageChange, readChange } from "./message-change.ts";

/** A change came before its message: it waits (channels.md, "Inbound" 4). `at`: arrival, milliseconds. */
export async function keepEarly(
  tx: Tx,
  early: {
    readonly channelId: ChannelId;
    readonly externalId: string;
    readonly change: MessageChange;
    readonly at: number;
  },
): Promise<void> {
  await insertEarly(tx, { ...early, item: JSON.stringify(early.change) });
}

/** Applies, in the provider's order, what waited for the message that has this provider's id now. */
export async function applyEarly(
  tx: Tx,
  late: {
    readonly companyId: CompanyId;
    readonly channelId: ChannelId;
    readonly externalId: string;
    readonly messageId: MessageId;
    readonly at: number;
  },
): Promise<void> {
  const items = await takeEarly(tx, late);
  const changes = items.map(readChange).toSorted((one, other) => one.at - other.at);
  for (const change of changes) await applyChange(tx, late, change);
}

/** Forgets what waited since before `before` (milliseconds): its message was never on this channel. */
export async function forgetEarly(context: Pick<Context, "sql">, before: number): Promise<void> {
  await context.sql.transaction((tx) => deleteEarlyBefore(tx, before));
}
