/** The body of `POST …/messages`: both reference shapes, checked and turned into what is to be sent. */
import { z } from "@hono/zod-openapi";

import type { AttachmentId, MessageId } from "../../contract/ids.ts";
import { sha256Hex } from "../../lib/ids.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import { maxText, type MediaType } from "./capabilities.ts";

const mediaTypes = ["image", "audio", "video", "document", "sticker"] as const;
const types = ["text", "note", "template", "interactive", "location", "contacts", ...mediaTypes] as const;

/** Bytes of JSON that may be kept beside a message. */
const maxMetadata = 16 * 1024;

const text = z.string().max(maxText);

const location = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().max(1000).optional(),
  address: z.string().max(1000).optional(),
});
const template = z.object({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  components: z
    .array(z.looseObject({ type: z.string() }))
    .max(20)
    .default([]),
});
const interactive = z.looseObject({ type: z.string(), body: z.looseObject({ text: z.string() }).optional() });
const card = z.looseObject({ name: z.looseObject({ formatted_name: z.string().min(1) }) });

const metadata = z
  .looseObject({
    location: location.optional(),
    template: template.optional(),
    interactive: interactive.optional(),
    contacts: z.array(card).min(1).max(20).optional(),
  })
  .refine((value) => JSON.stringify(value).length <= maxMetadata, { error: "is too large" });

/** Unknown fields are ignored: clients of several generations send here. */
export const sendBody = z
  .object({
    content: z.union([text, z.object({ text, preview_url: z.boolean().optional() })]).default(""),
    message_type: z.enum(types).optional(),
    metadata: metadata.default({}),
    client_id: z.string().min(1).max(128).optional(),
    reply_to: opaqueId<MessageId>().nullish(),
    attachment_ids: z.array(opaqueId<AttachmentId>()).max(10).default([]),
    seen_message_id: opaqueId<MessageId>().nullish(),
    force: z.boolean().default(false),
    send_at: z.iso.datetime({ offset: true }).nullish(),
  })
  .superRefine((body, context) => {
    const problem = problemOf(body);
    if (problem) context.addIssue({ code: "custom", ...problem });
  })
  .openapi("NewMessage");

type SendBody = z.infer<typeof sendBody>;

/** What a message needs beside its type. */
function problemOf(body: SendBody): { readonly path: string[]; readonly message: string } | null {
  const type = typeOf(body);
  switch (type) {
    case "text":
    case "note":
      return textOf(body).trim() === "" && body.attachment_ids.length === 0
        ? { path: ["content"], message: "must not be empty" }
        : null;
    case "template":
    case "interactive":
    case "location":
    case "contacts":
      return body.metadata[type] === undefined
        ? { path: ["metadata", type], message: `is needed for a message of type ${type}` }
        : null;
    case "media":
      return body.attachment_ids.length === 0
        ? { path: ["attachment_ids"], message: "must not be empty" }
        : null;
  }
}

function typeOf({ message_type, attachment_ids }: SendBody) {
  const type = message_type ?? "text";
  if (isMedia(type)) return "media";
  return type === "text" && attachment_ids.length > 0 ? "media" : type;
}

function isMedia(type: (typeof types)[number]): type is MediaType {
  return mediaTypes.some((media) => media === type);
}

function textOf({ content }: SendBody): string {
  return typeof content === "string" ? content : content.text;
}

/** A message to be sent, or a note to be left. */
export interface SendInput {
  readonly kind: "text" | "note" | "template" | "interactive" | "location" | "contacts" | "media";
  /** As what the file is to go; null where the file decides. */
  readonly mediaType: MediaType | null;
  readonly text: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly attachmentIds: readonly AttachmentId[];
  readonly replyTo: MessageId | null;
  readonly clientId: string | null;
  /** Of everything that makes the message what it is; not of the conditions under which it is sent. */
  readonly hash: string;
  readonly seenMessageId: MessageId | null;
  readonly force: boolean;
  /** Milliseconds; null sends at once. */
  readonly sendAt: number | null;
}

/** Turns a checked body into what `sendMessage` takes. */
export function toSendInput(body: SendBody): SendInput {
  const { client_id, seen_message_id, force, ...said } = body;
  const preview = typeof body.content === "string" ? undefined : body.content.preview_url;
  return {
    kind: typeOf(body),
    mediaType: body.message_type && isMedia(body.message_type) ? body.message_type : null,
    text: textOf(body) || readableText(body),
    metadata: preview === undefined ? body.metadata : { ...body.metadata, preview_url: preview },
    attachmentIds: [...new Set(body.attachment_ids)],
    replyTo: body.reply_to ?? null,
    clientId: client_id ?? null,
    hash: sha256Hex(JSON.stringify(said)),
    seenMessageId: seen_message_id ?? null,
    force,
    sendAt: body.send_at ? Date.parse(body.send_at) : null,
  };
}

/** What an agent reads of a message that has structure but no words. */
function readableText(body: SendBody): string {
  const { location, template, interactive, contacts } = body.metadata;
  switch (body.message_type) {
    case "location": {
      const place = [location?.name, location?.address].filter(Boolean).join(", ");
      return `📍 ${place || `${location?.latitude}, ${location?.longitude}`}`;
    }
    case "template":
      return template?.name ?? "";
    case "interactive":
      return interactive?.body?.text ?? "";
    case "contacts":
      return (contacts ?? []).map((card) => `👤 ${card.name.formatted_name}`).join("\n");
    default:
      return "";
  }
}
