import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { Channel } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ChannelId } from "../../contract/ids.ts";
import { toInstantOrNull } from "../../lib/clock.ts";
import type { Context } from "../context.ts";
import { readDepth, readLastError } from "../outbox/store.ts";
import type { ChannelKinds } from "./ports.ts";
import { parseSettings } from "./record.ts";
import { countDeadLetters, readChannel, toChannel } from "./store.ts";

/** What the connection page shows; no secret is in it. */
export interface ChannelHealth {
  readonly channel: Channel;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Below our own address; null where the kind has none. */
  readonly webhook_path: string | null;
  /** When the provider last confirmed the webhook's address; null before the first time. */
  readonly verified_at: string | null;
  readonly last_inbound_at: string | null;
  /** Why nothing is sent, in the provider's words; null when the outbox runs. */
  readonly paused_reason: string | null;
  readonly outbox: {
    readonly waiting: number;
    readonly oldest_at: string | null;
    /** Of what is being tried again. */
    readonly last_error: string | null;
  };
  readonly dead_letters: number;
}

/** Throws `forbidden`, `not_found`. */
export async function readHealth(
  context: Context,
  caller: Caller,
  { id, kinds }: { readonly id: ChannelId; readonly kinds: ChannelKinds },
): Promise<ChannelHealth> {
  requirePermission(caller, "manage_channels");
  const { companyId } = caller;
  const now = context.clock.now();
  return context.sql.read(async (tx) => {
    const row = await readChannel(tx, companyId, id);
    if (!row) throw new Refusal("not_found");
    const depth = await readDepth(tx, companyId, { channelId: id, now });
    return {
      channel: toChannel(row),
      settings: parseSettings(row.settings),
      webhook_path: kinds[row.kind].webhookPath(id),
      verified_at: toInstantOrNull(row.verified_at),
      last_inbound_at: toInstantOrNull(row.last_inbound_at),
      paused_reason: row.paused_reason,
      outbox: {
        waiting: depth.waiting,
        oldest_at: toInstantOrNull(depth.oldest_at),
        last_error: await readLastError(tx, companyId, id),
      },
      dead_letters: await countDeadLetters(tx, companyId, id),
    };
  });
}
