import type { ChannelStatus } from "../../contract/entities.ts";
import type { ChannelId, CompanyId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import type { InboundItem } from "../inbound-item.ts";
import type { ChannelState } from "./ports.ts";
import { readChannel, updateChannelRow } from "./store.ts";
import { updateTemplateStatus } from "./template-store.ts";

export interface ChannelRef {
  readonly companyId: CompanyId;
  readonly channelId: ChannelId;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * Notes what is known of a channel's state, with an event where it changed. `status` null keeps the one that it has.
 * `phone` null keeps the number too. A channel that is gone is left alone.
 */
export async function reportStateInside(
  tx: Tx,
  { companyId, channelId, at }: ChannelRef,
  state: {
    readonly status: ChannelStatus | null;
    readonly detail: string | null;
    readonly phone?: string | null;
  },
): Promise<void> {
  const row = await readChannel(tx, companyId, channelId);
  if (!row) return;
  const status = state.status ?? row.status;
  const phone = state.phone ?? row.phone;
  if (status === row.status && state.detail === row.status_detail && phone === row.phone) return;
  await updateChannelRow(tx, row, { status, status_detail: state.detail, phone });
  if (phone !== row.phone) {
    await append(tx, companyId, { type: "channel.updated", data: { channel_id: channelId }, at });
  }
  if (status !== row.status || state.detail !== row.status_detail) {
    await append(tx, companyId, { type: "channel.status", data: { channel_id: channelId, status }, at });
  }
}

/** What a check of the credentials found, unless the channel was paused or disconnected in the meantime. */
export function reportCheck(
  context: Context,
  ref: Omit<ChannelRef, "at">,
  state: ChannelState,
): Promise<void> {
  const at = context.clock.now();
  return context.sql.transaction(async (tx) => {
    const row = await readChannel(tx, ref.companyId, ref.channelId);
    if (!row || row.paused_reason !== null || row.status === "disconnected") return;
    await reportStateInside(tx, { ...ref, at }, state);
  });
}

/** What the provider says of a template by webhook; one that was never synchronised comes with the next one. */
export async function applyTemplateItem(
  tx: Tx,
  { companyId, channelId, at }: ChannelRef,
  { name, language, status, category }: Extract<InboundItem, { kind: "template" }>,
): Promise<void> {
  const change = { channelId, name, language, status, category, at };
  if (!(await updateTemplateStatus(tx, companyId, change))) return;
  await append(tx, companyId, { type: "channel.updated", data: { channel_id: channelId }, at });
}
