/** What may happen to a message after it was written, as it waits for a message that has not come yet. */
import { z } from "zod";

import type { MessageId } from "../../contract/ids.ts";

const at = z.number();
const schema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("status"),
    status: z.enum(["sent", "delivered", "read", "played", "failed"]),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    at,
  }),
  z.object({ kind: z.literal("edit"), text: z.string(), at }),
  z.object({ kind: z.literal("revoke"), at }),
  z.object({
    kind: z.literal("reaction"),
    emoji: z.string().nullable(),
    by: z.enum(["contact", "business"]),
    at,
  }),
  /** `messageId` quotes it. */
  z.object({ kind: z.literal("quote"), messageId: z.custom<MessageId>((id) => typeof id === "string"), at }),
]);

/** `at` is the provider's time, milliseconds: changes are applied in its order. */
export type MessageChange = Readonly<z.infer<typeof schema>>;

/** Reads what `early_items` holds. */
export function readChange(text: string): MessageChange {
  return schema.parse(JSON.parse(text));
}
