/** What a message says, by Meta's type. */
import { z } from "zod";

import type { MessageType } from "../../contract/entities.ts";
import type { Content, RemoteFile } from "../channel.ts";
import { contactsPart, interactivePart, locationPart, orderPart } from "./content-structured.ts";
import { idSchema, type WireMessage } from "./wire.ts";

/** What the type itself contributes; context and referral are the same for all types. */
export interface Part {
  readonly type: MessageType;
  readonly text: string;
  readonly files?: readonly RemoteFile[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

const fileSchema = z.object({
  id: idSchema,
  mime_type: z.string().default("application/octet-stream"),
  sha256: z.string().optional(),
  caption: z.string().optional(),
  filename: z.string().optional(),
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
});
const textSchema = z.object({ body: z.string() });
const buttonSchema = z.object({ text: z.string(), payload: z.string().optional() });
const systemSchema = z.object({ body: z.string(), type: z.string().optional() });

/** A type that isn't here is shown as unsupported; see `contentOf`. */
const readers: Readonly<Record<string, (payload: unknown) => Part>> = {
  text: (payload) => ({ type: "text", text: textSchema.parse(payload).body }),
  image: (payload) => filePart("image", payload),
  video: (payload) => filePart("video", payload),
  document: (payload) => filePart("document", payload),
  audio: (payload) => filePart("audio", payload),
  sticker: (payload) => filePart("sticker", payload),
  location: locationPart,
  contacts: contactsPart,
  interactive: interactivePart,
  order: orderPart,
  button(payload) {
    const button = buttonSchema.parse(payload);
    return { type: "text", text: button.text, metadata: { button } };
  },
  system(payload) {
    const system = systemSchema.parse(payload);
    return { type: "system", text: system.body, metadata: { system: system.type ?? "unknown" } };
  },
  // History names the file that is not (yet) there: the same id may come once more with it.
  media_placeholder: () => ({ type: "text", text: "", metadata: { media_placeholder: true } }),
};

/** Throws `ZodError` where a known type is not made as Meta describes it. An unknown type is never an error. */
export function contentOf(message: WireMessage): Content {
  const reader = Object.hasOwn(readers, message.type) ? readers[message.type] : undefined;
  const part = reader?.(message[message.type]) ?? unsupported(message);
  const { context, referral, group_id, errors } = message;
  return {
    type: part.type,
    text: part.text,
    files: part.files ?? [],
    metadata: {
      ...part.metadata,
      ...(context?.forwarded === true || context?.frequently_forwarded === true ? { forwarded: true } : {}),
      ...(context?.frequently_forwarded === true ? { frequently_forwarded: true } : {}),
      ...(context?.referred_product ? { referred_product: context.referred_product } : {}),
      ...(referral ? { referral } : {}),
      ...(group_id === undefined ? {} : { group_id }),
      ...(errors === undefined || errors.length === 0 ? {} : { errors }),
    },
    replyTo: context?.id ?? null,
  };
}

/** The UI words it in the agent's language by `metadata.unsupported`; the text is for those who read nothing else. */
function unsupported(message: WireMessage): Part {
  const detail = z.object({ type: z.string() }).safeParse(message.unsupported);
  const type = detail.success ? detail.data.type : message.type;
  return { type: "text", text: `[unsupported] ${type}`, metadata: { unsupported: type } };
}

function filePart(type: "image" | "video" | "document" | "audio" | "sticker", payload: unknown): Part {
  const file = fileSchema.parse(payload);
  const { voice, animated } = file;
  return {
    type,
    text: file.caption ?? "",
    files: [
      {
        source: { media_id: file.id },
        name: file.filename ?? defaultName(type, file.mime_type),
        mimeType: file.mime_type,
        sha256: hexOf(file.sha256),
      },
    ],
    metadata: {
      ...(voice === undefined ? {} : { voice }),
      ...(animated === undefined ? {} : { animated }),
    },
  };
}

/** `image.jpeg`, `audio.ogg`: from the media type without its parameters. */
function defaultName(type: string, mimeType: string): string {
  const subtype = /^\w+\/([a-z0-9]+)/i.exec(mimeType)?.[1]?.toLowerCase();
  return subtype === undefined || subtype === "octet" ? type : `${type}.${subtype}`;
}

/** Meta gives the hash in base64 in most webhooks and in hex in some; null where it is neither. */
export function hexOf(sha256: string | undefined): string | null {
  if (sha256 === undefined) return null;
  if (/^[0-9a-f]{64}$/i.test(sha256)) return sha256.toLowerCase();
  return /^[A-Za-z0-9+/]{43}=$/.test(sha256) ? Buffer.from(sha256, "base64").toString("hex") : null;
}
