import type { z } from "zod";

import type { ProviderError } from "../channel.ts";
import { errorSchema } from "./wire.ts";

/** The first of Meta's `errors[]` in its own words, the most specific ones there are. Null where there is none. */
export function firstError(errors: readonly unknown[]): ProviderError | null {
  for (const error of errors) {
    const parsed = errorSchema.safeParse(error);
    if (parsed.success) return providerError(parsed.data);
  }
  return null;
}

function providerError(error: z.infer<typeof errorSchema>): ProviderError {
  const message = error.error_data?.details ?? error.message ?? error.title ?? "";
  return { code: String(error.code), message };
}
