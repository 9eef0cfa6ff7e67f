/** What the actions on channels need of the kinds of channels, which they know nothing of. */
import type { ChannelKind, ChannelStatus } from "../../contract/entities.ts";
import type { ChannelId } from "../../contract/ids.ts";

/** Settings of a channel after its kind has checked them. */
export interface CheckedSettings {
  /** What may be shown to an admin. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** What may not: sealed before it is stored. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The provider's name for the channel, unique in its company and kind; null where the kind has none. */
  readonly externalKey: string | null;
}

export interface KindOfChannel {
  /** Throws `Refusal` `invalid_request` with the offending fields. */
  readonly check: (settings: Readonly<Record<string, unknown>>) => CheckedSettings;
  /** Where the provider reaches us, as a path; null where it doesn't have to. */
  readonly webhookPath: (id: ChannelId) => string | null;
}

export type ChannelKinds = Readonly<Record<ChannelKind, KindOfChannel>>;

/** What a provider says of a channel's credentials. */
export interface ChannelState {
  readonly status: ChannelStatus;
  /** For a person; null where there is nothing to say. */
  readonly detail: string | null;
  /** E.164, where it is known. */
  readonly phone: string | null;
}

export interface TemplateInfo {
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly components: readonly unknown[];
}

/** The channels that run, as far as an action asks them something. Both throw `Refusal` `provider_error`. */
export interface ChannelPort {
  check(id: ChannelId): Promise<ChannelState>;
  templates(id: ChannelId): Promise<readonly TemplateInfo[]>;
}
