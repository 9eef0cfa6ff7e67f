import { z } from "@hono/zod-openapi";

import { presences, roles } from "../../contract/entities.ts";
import type { QueueId, UserId } from "../../contract/ids.ts";
import { opaqueId } from "../../lib/opaque-id.ts";

/** A company's own words for a person, queue, label or key. */
export const nameSchema = z.string().trim().min(1).max(100);

export const emailSchema = z.email().max(254);

/** Ids are opaque: any text may be asked for, and is found or not. */
export const userIdSchema = opaqueId<UserId>();
export const queueIdSchema = opaqueId<QueueId>();

export const userSchema = z
  .object({
    id: z.string(),
    company_id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    avatar_url: z.string().nullable(),
    presence: z.enum(presences),
    last_seen_at: z.string().nullable(),
    queue_ids: z.array(z.string()).readonly(),
    active: z.boolean(),
  })
  .openapi("User");

export const colorSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/)
  .toLowerCase();
