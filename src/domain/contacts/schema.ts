import { z } from "@hono/zod-openapi";

import { identifierKinds } from "../../contract/entities.ts";
import type { ContactId, LabelId } from "../../contract/ids.ts";
import { opaqueId } from "../../lib/opaque-id.ts";

export const contactIdSchema = opaqueId<ContactId>();

export const contactSchema = z
  .object({
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
  })
  .openapi("Contact");

const fields = {
  name: z.string().trim().min(1).max(200),
  phone: z.string().max(40).nullable(),
  email: z.email().max(254).nullable(),
  labels: z.array(opaqueId<LabelId>()).max(50),
  custom: z
    .record(z.string().min(1).max(60), z.string().max(1000))
    .refine((custom) => Object.keys(custom).length <= 50, "at most 50 fields"),
};

export const newContactSchema = z.strictObject({
  ...fields,
  phone: fields.phone.default(null),
  email: fields.email.default(null),
  labels: fields.labels.default([]),
  custom: fields.custom.default({}),
});
export const contactChangeSchema = z.strictObject(fields).partial();

export type NewContact = z.infer<typeof newContactSchema>;
export type ContactChange = z.infer<typeof contactChangeSchema>;

export const mergeSchema = z
  .object({ id: z.string(), merged_id: z.string(), merged_name: z.string(), created_at: z.string() })
  .openapi("ContactMerge");
