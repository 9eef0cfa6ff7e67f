import type { ChannelKind } from "../contract/entities.ts";
import type { ChannelKinds, KindOfChannel } from "../domain/channels/ports.ts";
import type { ChannelRecord } from "../domain/channels/record.ts";
import type { RunningChannel } from "./channel.ts";
import type { InboundKind } from "./inbound-kind.ts";

/** What every channel may use beside its own record. */
export interface ChannelDeps {
  /** The Graph API's address, without a slash at the end. */
  readonly graphUrl: string;
  /** `BALCAO_ALLOW_PRIVATE_URLS`: outgoing requests may reach private addresses. */
  readonly allowPrivateUrls: boolean;
}

/** One kind of channel: what the registry holds of each folder. */
export interface ChannelModule extends KindOfChannel {
  /** How its webhooks are checked and read. */
  readonly inbound: InboundKind;
  /** Makes it ready to send; opens connections where the kind needs them. Throws `ZodError` on a record that is not its own. */
  start(record: ChannelRecord, deps: ChannelDeps): RunningChannel;
}

export type ChannelModules = Readonly<Record<ChannelKind, ChannelModule>> & ChannelKinds;
