import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ChannelId } from "../../contract/ids.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import type { ChannelPort } from "./ports.ts";
import { reportCheck } from "./state.ts";
import { type ChannelChange, readChannel, updateChannelRow } from "./store.ts";

/**
 * Lets a channel that was paused or disconnected go on, and asks the provider whether it works; the answer becomes
 * its status. Throws `forbidden`, `not_found`.
 */
export async function connectChannel(
  context: Context,
  caller: Caller,
  { id, port }: { readonly id: ChannelId; readonly port: ChannelPort },
): Promise<void> {
  const { companyId } = caller;
  await setStatus(context, caller, {
    id,
    change: { status: "connecting", status_detail: null, paused_reason: null },
  });
  await reportCheck(context, { companyId, channelId: id }, await port.check(id));
}

/** Stops sending until it is connected again; the queue is kept. Throws `forbidden`, `not_found`. */
export function disconnectChannel(context: Context, caller: Caller, id: ChannelId): Promise<void> {
  return setStatus(context, caller, { id, change: { status: "disconnected", status_detail: null } });
}

async function setStatus(
  context: Context,
  caller: Caller,
  {
    id,
    change,
  }: {
    readonly id: ChannelId;
    readonly change: ChannelChange & { readonly status: "connecting" | "disconnected" };
  },
): Promise<void> {
  requirePermission(caller, "manage_channels");
  const { companyId } = caller;
  const at = context.clock.now();
  const { status } = change;
  await context.sql.transaction(async (tx) => {
    const row = await readChannel(tx, companyId, id);
    if (!row) throw new Refusal("not_found");
    await updateChannelRow(tx, row, change);
    await append(tx, companyId, { type: "channel.status", data: { channel_id: id, status }, at });
  });
}
