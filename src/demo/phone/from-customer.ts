import { z } from "zod";

import type { Content } from "./protocol.ts";

const file = z.object({
  id: z.string(),
  mime_type: z.string(),
  caption: z.string().default(""),
  filename: z.string().default(""),
});
const choice = z.object({ id: z.string(), title: z.string() });

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.object({ body: z.string() }) }),
  z.object({ type: z.literal("image"), image: file }),
  z.object({ type: z.literal("video"), video: file }),
  z.object({ type: z.literal("audio"), audio: file }),
  z.object({ type: z.literal("document"), document: file }),
  z.object({ type: z.literal("sticker"), sticker: file }),
  z.object({
    type: z.literal("location"),
    location: z.object({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().default(""),
      address: z.string().default(""),
    }),
  }),
  z.object({
    type: z.literal("reaction"),
    reaction: z.object({ message_id: z.string(), emoji: z.string().optional() }),
  }),
  z.object({ type: z.literal("revoke"), revoke: z.object({ original_message_id: z.string() }) }),
  z.object({
    type: z.literal("interactive"),
    interactive: z.object({ button_reply: choice.optional(), list_reply: choice.optional() }),
  }),
  z.object({ type: z.literal("button"), button: z.object({ payload: z.string(), text: z.string() }) }),
]);

const frame = z.object({
  id: z.string(),
  from: z.string(),
  /** Seconds since 1970. */
  timestamp: z.string(),
  context: z.object({ id: z.string().optional() }).optional(),
});

/** What a customer's webhook means on that customer's own phone. */
export type CustomerEvent =
  | { readonly type: "message"; readonly content: Content; readonly chosen: string | null }
  | { readonly type: "reaction"; readonly target: string; readonly emoji: string | null }
  | { readonly type: "deleted"; readonly target: string };

export interface FromCustomer {
  readonly id: string;
  readonly persona: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The message that it quotes or answers. */
  readonly quote: string | null;
  readonly event: CustomerEvent;
}

/** Reads a message as the emulator posts it; undefined for what no phone shows. */
export function readFromCustomer(raw: Readonly<Record<string, unknown>>): FromCustomer | undefined {
  const head = frame.safeParse(raw);
  const body = message.safeParse(raw);
  if (!head.success || !body.success) return undefined;
  const { id, from, timestamp, context } = head.data;
  const event = eventOf(body.data);
  return { id, persona: from, at: Number(timestamp) * 1000, quote: context?.id ?? null, event };
}

function eventOf(body: z.infer<typeof message>): CustomerEvent {
  switch (body.type) {
    case "text":
      return shows({ type: "text", text: body.text.body });
    case "image":
      return shows(mediaContent("image", body.image));
    case "video":
      return shows(mediaContent("video", body.video));
    case "audio":
      return shows(mediaContent("audio", body.audio));
    case "document":
      return shows(mediaContent("document", body.document));
    case "sticker":
      return shows(mediaContent("sticker", body.sticker));
    case "location":
      return shows({ type: "place", ...body.location });
    case "reaction":
      return { type: "reaction", target: body.reaction.message_id, emoji: body.reaction.emoji || null };
    case "revoke":
      return { type: "deleted", target: body.revoke.original_message_id };
    case "interactive": {
      const { button_reply, list_reply } = body.interactive;
      const taken = button_reply ?? list_reply ?? { id: "", title: "" };
      return { type: "message", content: { type: "text", text: taken.title }, chosen: taken.id };
    }
    case "button":
      return {
        type: "message",
        content: { type: "text", text: body.button.text },
        chosen: body.button.payload,
      };
  }
}

function shows(content: Content): CustomerEvent {
  return { type: "message", content, chosen: null };
}

function mediaContent(
  kind: "image" | "video" | "audio" | "document" | "sticker",
  sent: z.infer<typeof file>,
): Content {
  const { id, mime_type, caption, filename } = sent;
  return { type: "media", kind, url: mediaAddress(id), mimeType: mime_type, caption, name: filename };
}

/** Where the phone's page finds a file of the emulator; its ids are digits. */
export function mediaAddress(id: string): string {
  return `/media/${id}`;
}
