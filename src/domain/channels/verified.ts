import type { ChannelId, CompanyId } from "../../contract/ids.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import { markVerified } from "./store.ts";

/** Notes that the provider knows the webhook's address now: it asked there with the right token. */
export function noteVerified(
  context: Context,
  { companyId, id }: { readonly companyId: CompanyId; readonly id: ChannelId },
): Promise<void> {
  const at = context.clock.now();
  return context.sql.transaction(async (tx) => {
    if ((await markVerified(tx, companyId, { id, at })) === 0) return;
    await append(tx, companyId, { type: "channel.updated", data: { channel_id: id }, at });
  });
}
