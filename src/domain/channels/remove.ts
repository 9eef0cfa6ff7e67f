import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ChannelId } from "../../contract/ids.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import { failWaiting } from "../outbox/fail-waiting.ts";
import { readChannel, removeChannel } from "./store.ts";

/**
 * Takes a channel away: its secrets are gone, its conversations stay, and what waited to be sent fails and says why.
 * Throws `forbidden`, `not_found`.
 */
export async function deleteChannel(context: Context, caller: Caller, id: ChannelId): Promise<void> {
  requirePermission(caller, "manage_channels");
  const { companyId } = caller;
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    const row = await readChannel(tx, companyId, id);
    if (!row) throw new Refusal("not_found");
    await removeChannel(tx, row, at);
    await append(tx, companyId, { type: "channel.deleted", data: { channel_id: id }, at });
  });
  await failWaiting(context, companyId, id);
}
