/**
 * The interface that every kind of channel implements. A channel knows nothing of the database, of rooms or of
 * other channels: it turns the provider's payloads into `InboundItem`s and `Outgoing`s into the provider's requests.
 */
import type { ChannelStatus, Identifier, MessageStatus, MessageType } from "../contract/entities.ts";
import type { ChannelId, MessageId } from "../contract/ids.ts";

/** Who a message is from (or to), as the provider names them; the first identifier is the one to answer to. */
export interface Person {
  readonly identifiers: readonly Identifier[];
  /** The profile name, where the provider gives one. */
  readonly name: string | null;
}

/** A file that the provider holds: fetched into our own store after the message is committed. */
export interface RemoteFile {
  /** What `fetchFile` needs to find it; opaque to everybody else, kept as JSON. */
  readonly source: Readonly<Record<string, string>>;
  readonly name: string;
  readonly mimeType: string;
  /** Lower-case hex, where the provider tells it. */
  readonly sha256: string | null;
}

/** What a message says, already in our terms; `text` is what an agent reads, for every type. */
export interface Content {
  readonly type: MessageType;
  readonly text: string;
  readonly files: readonly RemoteFile[];
  /** Structure that the text only sums up: coordinates, cards, order lines, the ad it came from, `forwarded`… */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The provider's id of the quoted message. */
  readonly replyTo: string | null;
}

interface Item {
  /** The channel's name at the provider (phone_number_id): one callback may serve several channels. */
  readonly route: string;
  /** Milliseconds since 1970, the provider's. */
  readonly at: number;
}

export type InboundItem =
  | (Item & { readonly kind: "message"; readonly externalId: string; readonly from: Person; readonly content: Content; readonly history: MessageStatus | null })
  /** Sent from the business's own phone (or another of its tools). */
  | (Item & { readonly kind: "echo"; readonly externalId: string; readonly to: Person; readonly content: Content; readonly history: MessageStatus | null })
  | (Item & {
      readonly kind: "status";
      readonly externalId: string;
      readonly status: "sent" | "delivered" | "read" | "played" | "failed";
      readonly error: ProviderError | null;
      /** Our own message id, where the provider gives it back (`biz_opaque_callback_data`). */
      readonly messageId: MessageId | null;
      /** Identifiers of the recipient, to be learned as aliases. */
      readonly recipient: Person | null;
    })
  | (Item & { readonly kind: "edit"; readonly externalId: string; readonly content: Content; readonly from: Person })
  | (Item & { readonly kind: "revoke"; readonly externalId: string; readonly from: Person })
  /** `emoji` null takes the reaction back. `by: "business"` is a reaction from the business's own phone. */
  | (Item & { readonly kind: "reaction"; readonly externalId: string; readonly emoji: string | null; readonly from: Person; readonly by: "contact" | "business" })
  | (Item & { readonly kind: "typing"; readonly from: Person; readonly typing: boolean })
  /** `now` belongs to the same person as `was`: merge what is known of the two. `text` is shown in the thread. */
  | (Item & { readonly kind: "contact-change"; readonly externalId: string; readonly was: Person; readonly now: Person; readonly text: string })
  | (Item & { readonly kind: "channel-state"; readonly status: ChannelStatus | null; readonly detail: string })
  | (Item & { readonly kind: "template"; readonly name: string; readonly language: string; readonly status: string; readonly category: string | null })
  /** Known and of no consequence for the inbox (account reviews, prices…): kept in the raw log only. */
  | (Item & { readonly kind: "ignored"; readonly field: string });

/** One piece of a webhook that could not be understood: it must not stop its siblings. */
export interface BrokenItem {
  readonly kind: "broken";
  readonly route: string;
  readonly reason: string;
}

export interface ProviderError {
  readonly code: string;
  /** The provider's own words. */
  readonly message: string;
}

/** What has to be sent, by kind; ids are the provider's. */
export type Outgoing = { readonly to: Person; readonly messageId: MessageId; readonly replyTo: string | null } & (
  | { readonly kind: "text"; readonly text: string; readonly previewUrl: boolean }
  | { readonly kind: "media"; readonly type: "image" | "audio" | "video" | "document" | "sticker"; readonly caption: string; readonly file: OutgoingFile }
  | { readonly kind: "template"; readonly name: string; readonly language: string; readonly components: readonly unknown[] }
  | { readonly kind: "interactive"; readonly interactive: Readonly<Record<string, unknown>> }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number; readonly name: string; readonly address: string }
  | { readonly kind: "contacts"; readonly contacts: readonly unknown[] }
  /** `emoji` empty takes the reaction back. */
  | { readonly kind: "reaction"; readonly target: string; readonly emoji: string }
);

export interface OutgoingFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Blob;
}

/**
 * What became of a request, by what is to be done next (channels.md, "Outbox").
 * `ambiguous`: it left and no answer came; it is never repeated by itself.
 */
export type SendResult =
  | { readonly outcome: "sent"; readonly externalId: string; /** Learned aliases of the recipient. */ readonly recipient: Person | null }
  | { readonly outcome: "retry"; readonly error: ProviderError; /** Milliseconds, from Retry-After or the provider's rule. */ readonly after: number | null }
  | { readonly outcome: "pause"; readonly error: ProviderError }
  | { readonly outcome: "failed"; readonly error: ProviderError }
  | { readonly outcome: "ambiguous"; readonly error: ProviderError };

export type FetchedFile =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly mimeType: string | null }
  | { readonly ok: false; readonly permanent: boolean; readonly reason: string };

export interface ChannelState {
  readonly status: ChannelStatus;
  readonly detail: string | null;
  readonly phone: string | null;
}

/** Limits that the outbox keeps to for this kind. */
export interface SendLimits {
  readonly perSecond: number;
  /** Per recipient: a burst, then one each `everyMs`. */
  readonly recipient: { readonly burst: number; readonly everyMs: number };
}

export interface TemplateInfo {
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly components: readonly unknown[];
}

/** A running channel: one number, one account. */
export interface RunningChannel {
  readonly id: ChannelId;
  readonly limits: SendLimits;
  send(outgoing: Outgoing, signal: AbortSignal): Promise<SendResult>;
  /** Reads the file from the provider; our own size limit applies. */
  fetchFile(source: Readonly<Record<string, string>>, signal: AbortSignal): Promise<FetchedFile>;
  /** Best effort: tells the contact that it was read, and shows "typing…" where `typing`. */
  markRead(externalId: string, typing: boolean): Promise<void>;
  /** Asks the provider whether the credentials work. */
  check(signal: AbortSignal): Promise<ChannelState>;
  /** The provider's approved templates, where the kind has them. */
  templates(signal: AbortSignal): Promise<readonly TemplateInfo[]>;
  stop(): Promise<void>;
}
