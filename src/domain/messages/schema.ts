import { z } from "@hono/zod-openapi";

import { messageStatuses, messageTypes } from "../../contract/entities.ts";
import type { MessageId } from "../../contract/ids.ts";
import { opaqueId } from "../../lib/opaque-id.ts";

export const messageIdSchema = opaqueId<MessageId>();

export const attachmentSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    mime_type: z.string(),
    size: z.number(),
    url: z.string().nullable(),
    thumbnail_url: z.string().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    duration: z.number().nullable(),
  })
  .openapi("Attachment");

const senderType = z.enum(["contact", "agent", "bot", "system"]);

export const messageSchema = z
  .object({
    id: z.string(),
    conversation_id: z.string(),
    sender_type: senderType,
    sender_id: z.string().nullable(),
    sender_name: z.string(),
    direction: z.enum(["in", "out"]),
    message_type: z.enum(messageTypes),
    content: z.string(),
    attachments: z.array(attachmentSchema).readonly(),
    reply_to: z.string().nullable(),
    reactions: z
      .array(z.object({ emoji: z.string(), sender_type: senderType, sender_id: z.string() }))
      .readonly(),
    client_id: z.string().nullable(),
    external_id: z.string().nullable(),
    status: z.enum(messageStatuses),
    position: z.number(),
    error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean() }).nullable(),
    metadata: z.record(z.string(), z.unknown()).readonly(),
    edited_at: z.string().nullable(),
    deleted_at: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("Message");
