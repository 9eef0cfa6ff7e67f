/** What a kind of channel can carry, as far as the domain must know before anything is sent. */
import type { ChannelKind, MessageType } from "../../contract/entities.ts";

export type MediaType = Extract<MessageType, "image" | "audio" | "video" | "document" | "sticker">;

export interface MediaLimit {
  /** Without parameters such as `codecs`; null lets everything through. */
  readonly mimeTypes: readonly string[] | null;
  /** Bytes. */
  readonly maxSize: number;
}

export interface Capabilities {
  /** Whether free-form messages may go only within 24 hours of the contact's last one. */
  readonly window: boolean;
  /** Characters. */
  readonly maxCaption: number;
  readonly media: Readonly<Record<MediaType, MediaLimit>>;
}

const mib = 1024 * 1024;

/** Longest text of a message or a note, in characters (WhatsApp's own limit, taken for all). */
export const maxText = 4096;

export const capabilities: Readonly<Record<ChannelKind, Capabilities>> = {
  // developers.facebook.com/docs/whatsapp/cloud-api/reference/media, "Supported media types"
  whatsapp_cloud: {
    window: true,
    maxCaption: 1024,
    media: {
      image: { mimeTypes: ["image/jpeg", "image/png"], maxSize: 5 * mib },
      audio: {
        mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
        maxSize: 16 * mib,
      },
      video: { mimeTypes: ["video/mp4", "video/3gpp"], maxSize: 16 * mib },
      document: { mimeTypes: null, maxSize: 100 * mib },
      sticker: { mimeTypes: ["image/webp"], maxSize: 500 * 1024 },
    },
  },
};
