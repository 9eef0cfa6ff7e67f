/**
 * Meta's webhook as far as we read it. Everything beyond the envelope is checked piece by piece, so that one bad
 * piece stops nothing else, and unknown fields are let through (Meta adds some without notice).
 */
import { z } from "zod";

/** Ids are strings in the documentation, but numbers have been seen. */
export const idSchema = z.union([z.string().min(1), z.number()]).transform(String);

export const changeSchema = z.object({
  field: z.string().catch("unknown"),
  value: z.record(z.string(), z.unknown()),
});

export const entrySchema = z.object({
  /** The WhatsApp Business Account. */
  id: idSchema.optional().catch(undefined),
  time: z.unknown().optional(),
  changes: z.array(z.unknown()),
});

export const envelopeSchema = z.object({
  object: z.literal("whatsapp_business_account").optional(),
  entry: z.array(z.unknown()),
});

export const metadataSchema = z.object({
  phone_number_id: idSchema,
  display_phone_number: idSchema.optional(),
});

export const errorSchema = z.object({
  code: z.union([z.string(), z.number()]),
  title: z.string().optional(),
  message: z.string().optional(),
  error_data: z.object({ details: z.string().optional() }).optional(),
});

export const profileSchema = z.object({
  profile: z.object({ name: z.string().optional(), username: z.string().optional() }).optional(),
  wa_id: idSchema.optional(),
  user_id: idSchema.optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/** What every message has, whatever it says; the rest stands under the name of its type. */
export const messageSchema = z.looseObject({
  id: z.string().min(1),
  type: z.string(),
  timestamp: z.unknown().optional(),
  from: idSchema.optional(),
  from_user_id: idSchema.optional(),
  to: idSchema.optional(),
  to_user_id: idSchema.optional(),
  group_id: z.string().optional(),
  context: z
    .looseObject({
      id: z.string().optional(),
      forwarded: z.boolean().optional(),
      frequently_forwarded: z.boolean().optional(),
      referred_product: z.record(z.string(), z.unknown()).optional(),
    })
    .nullish(),
  referral: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(errorSchema).optional().catch(undefined),
  history_context: z.object({ status: z.string() }).optional().catch(undefined),
});
export type WireMessage = z.infer<typeof messageSchema>;

/** What is the same for all pieces of one change. */
export interface Origin {
  /** phone_number_id; empty where the change names none. */
  readonly route: string;
  /** The business's own number in digits, where it is told. */
  readonly business: string | null;
  /** Used where a piece tells no time of its own (milliseconds). */
  readonly at: number;
}

/** Seconds since 1970, as a string or a number, in milliseconds; `fallback` where it is neither. */
export function readTime(value: unknown, fallback: number): number {
  const seconds = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof seconds === "number" && Number.isSafeInteger(seconds) && seconds > 0
    ? seconds * 1000
    : fallback;
}

/** The list under a name, empty where there is none or it is something else. */
export function readList(value: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const list = value[name];
  return Array.isArray(list) ? list : [];
}

/** Which rule was broken where; never what was sent, since it goes to logs and to the dead-letter list. */
export function reasonOf(error: z.ZodError, what: string): string {
  const [issue] = error.issues;
  const path = issue?.path.join(".") ?? "";
  return `${what}${path === "" ? "" : `.${path}`}: ${issue?.message ?? "not understood"}`;
}
