import { z } from "@hono/zod-openapi";

import { conversationStatuses, priorities } from "../../contract/entities.ts";
import type { ChannelId, ConversationId, LabelId } from "../../contract/ids.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import { contactSchema } from "../contacts/schema.ts";

export const conversationIdSchema = opaqueId<ConversationId>();
export const channelIdSchema = opaqueId<ChannelId>();
export const labelIdSchema = opaqueId<LabelId>();

export const conversationSchema = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    number: z.number(),
    contact_id: z.string(),
    contact: contactSchema,
    channel_id: z.string(),
    queue_id: z.string().nullable(),
    assignee_id: z.string().nullable(),
    status: z.enum(conversationStatuses),
    priority: z.enum(priorities),
    subject: z.string(),
    description: z.string(),
    labels: z.array(z.string()).readonly(),
    unread_count: z.number(),
    last_message: z.string(),
    last_message_time: z.string().nullable(),
    window_expires_at: z.string().nullable(),
    snoozed_until: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi("Conversation");

/** `subject` is a line, `description` a few. */
export const subjectSchema = z.string().trim().max(200);
export const descriptionSchema = z.string().trim().max(4000);
export const labelsSchema = z.array(labelIdSchema).max(50);
