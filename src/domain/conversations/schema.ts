import { z } from "@hono/zod-openapi";

import { conversationStatuses, identifierKinds, priorities } from "../../contract/entities.ts";
import type { ChannelId, ContactId, ConversationId, LabelId } from "../../contract/ids.ts";

/** Ids are opaque: any text may be asked for, and is found or not. */
const id = z.string().min(1).max(64);
export const conversationIdSchema = id.transform((value) => value as ConversationId);
export const contactIdSchema = id.transform((value) => value as ContactId);
export const channelIdSchema = id.transform((value) => value as ChannelId);
export const labelIdSchema = id.transform((value) => value as LabelId);

const embeddedContact = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  avatar_url: z.string().nullable(),
  identifiers: z.array(z.object({ kind: z.enum(identifierKinds), value: z.string() })).readonly(),
  labels: z.array(z.string()).readonly(),
  custom: z.record(z.string(), z.string()).readonly(),
  last_contact_at: z.string().nullable(),
  created_at: z.string(),
});

export const conversationSchema = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    number: z.number(),
    contact_id: z.string(),
    contact: embeddedContact,
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
