import type { Channel } from "../../../contract/entities.ts";
import type { ChannelId, Instant } from "../../../contract/ids.ts";
import type { Api } from "../../api.ts";
import type { Loaded } from "../parts/use-loaded.ts";
import { usePolled } from "../parts/use-polled.ts";

/** As `GET /channels/{id}/health` shows it. */
export interface ChannelHealth {
  readonly channel: Channel;
  readonly settings: {
    readonly phone_number_id?: string;
    readonly waba_id?: string | null;
    readonly api_version?: string;
  };
  readonly webhook_url: string | null;
  /** When Meta last confirmed the address. */
  readonly verified_at: Instant | null;
  readonly last_inbound_at: Instant | null;
  readonly paused_reason: string | null;
  readonly outbox: {
    readonly waiting: number;
    readonly oldest_at: Instant | null;
    readonly last_error: string | null;
  };
  readonly dead_letters: number;
}

/** Between two looks, in milliseconds. */
const EVERY = 3_000;

/** How a channel does, asked again every few seconds while somebody looks. */
export function useHealth(
  api: Api,
  id: ChannelId,
): readonly [state: Loaded<ChannelHealth>, reload: () => Promise<void>] {
  return usePolled(async () => (await api.get<ChannelHealth>(`/channels/${id}/health`)).data, EVERY);
}
