/**
 * The interface that every kind of channel implements. A channel knows nothing of the database, of rooms or of
 * other channels: it turns the provider's payloads into `InboundItem`s and `Outgoing`s into the provider's requests.
 */
import type { ChannelId, MessageId } from "../contract/ids.ts";
import type { ChannelState, TemplateInfo } from "../domain/channels/ports.ts";
import type { Person, ProviderError } from "../domain/inbound-item.ts";

export type { ChannelState, TemplateInfo } from "../domain/channels/ports.ts";
export type {
  BrokenItem,
  Content,
  InboundItem,
  Person,
  ProviderError,
  RemoteFile,
} from "../domain/inbound-item.ts";

/** What has to be sent, by kind; ids are the provider's. */
export type Outgoing = {
  readonly to: Person;
  readonly messageId: MessageId;
  readonly replyTo: string | null;
  /** 1 for the first try: some providers want longer waits with each. */
  readonly attempt: number;
} & (
  | { readonly kind: "text"; readonly text: string; readonly previewUrl: boolean }
  | {
      readonly kind: "media";
      readonly type: "image" | "audio" | "video" | "document" | "sticker";
      readonly caption: string;
      readonly file: OutgoingFile;
    }
  | {
      readonly kind: "template";
      readonly name: string;
      readonly language: string;
      readonly components: readonly unknown[];
    }
  | { readonly kind: "interactive"; readonly interactive: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "location";
      readonly latitude: number;
      readonly longitude: number;
      readonly name: string;
      readonly address: string;
    }
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
  | {
      readonly outcome: "sent";
      readonly externalId: string;
      /** Learned aliases of the recipient. */
      readonly recipient: Person | null;
    }
  | {
      readonly outcome: "retry";
      readonly error: ProviderError;
      /** Milliseconds, from Retry-After or the provider's rule. */
      readonly after: number | null;
      /** What every other message of the channel would meet now as well: they wait too. */
      readonly wholeChannel: boolean;
    }
  | { readonly outcome: "pause"; readonly error: ProviderError }
  | { readonly outcome: "failed"; readonly error: ProviderError }
  | { readonly outcome: "ambiguous"; readonly error: ProviderError };

export type FetchedFile =
  | {
      readonly ok: true;
      /** Throws when the provider stops in the middle: worth another try. */
      readonly bytes: AsyncIterable<Uint8Array>;
      /** Lower-case hex, where the provider tells it: what arrived must have it. */
      readonly sha256: string | null;
    }
  | { readonly ok: false; readonly permanent: boolean; readonly reason: string };

/** Limits that the outbox keeps to for this kind. */
export interface SendLimits {
  readonly perSecond: number;
  /** Per recipient: a burst, then one each `everyMs`. */
  readonly recipient: { readonly burst: number; readonly everyMs: number };
}

/** A running channel: one number, one account. */
export interface RunningChannel {
  readonly id: ChannelId;
  readonly limits: SendLimits;
  /** Never throws. Aborted after the request left, it is ambiguous. */
  send(outgoing: Outgoing, signal: AbortSignal): Promise<SendResult>;
  /** Starts to read a file from the provider. Whoever reads on limits the size. Never throws. */
  fetchFile(source: Readonly<Record<string, string>>, signal: AbortSignal): Promise<FetchedFile>;
  /** Best effort, never throws: tells the contact that it was read, and shows "typing…" where `typing`. */
  markRead(externalId: string, typing: boolean): Promise<void>;
  /** Asks the provider whether the credentials work, and to send us what arrives. Never throws. */
  check(signal: AbortSignal): Promise<ChannelState>;
  /** The provider's templates, where the kind has them. Throws `Refusal` `provider_error` or `not_supported`. */
  templates(signal: AbortSignal): Promise<readonly TemplateInfo[]>;
  stop(): Promise<void>;
}
