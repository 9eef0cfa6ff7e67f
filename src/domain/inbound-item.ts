/**
 * What arrives on a channel, in our own terms (channels.md): every kind of channel normalises its payloads to these,
 * and the domain knows no other form. They stand here because `channels` may import the domain, never the reverse.
 */
import type { ChannelStatus, Identifier, MessageStatus, MessageType } from "../contract/entities.ts";
import type { MessageId } from "../contract/ids.ts";

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
  | (Item & {
      readonly kind: "message";
      readonly externalId: string;
      readonly from: Person;
      readonly content: Content;
      readonly history: MessageStatus | null;
    })
  /** Sent from the business's own phone (or another of its tools). */
  | (Item & {
      readonly kind: "echo";
      readonly externalId: string;
      readonly to: Person;
      readonly content: Content;
      readonly history: MessageStatus | null;
    })
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
  | (Item & {
      readonly kind: "edit";
      readonly externalId: string;
      readonly content: Content;
      readonly from: Person;
    })
  | (Item & { readonly kind: "revoke"; readonly externalId: string; readonly from: Person })
  /** `emoji` null takes the reaction back. `by: "business"` is a reaction from the business's own phone. */
  | (Item & {
      readonly kind: "reaction";
      readonly externalId: string;
      readonly emoji: string | null;
      readonly from: Person;
      readonly by: "contact" | "business";
    })
  | (Item & { readonly kind: "typing"; readonly from: Person; readonly typing: boolean })
  /** `now` belongs to the same person as `was`: merge what is known of the two. `text` is shown in the thread. */
  | (Item & {
      readonly kind: "contact-change";
      readonly externalId: string;
      readonly was: Person;
      readonly now: Person;
      readonly text: string;
    })
  | (Item & {
      readonly kind: "channel-state";
      readonly status: ChannelStatus | null;
      readonly detail: string;
    })
  | (Item & {
      readonly kind: "template";
      readonly name: string;
      readonly language: string;
      readonly status: string;
      readonly category: string | null;
    })
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
