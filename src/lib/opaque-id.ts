import { z } from "zod";

/**
 * An id as a client names it, such as `opaqueId<MessageId>()`: any text may be asked for, and is found or not, so that
 * only its length is looked at.
 */
export function opaqueId<Branded extends string>() {
  return z
    .string()
    .min(1)
    .max(64)
    .transform((text) => text as Branded);
}
