/** What the raw dialects decode alike. */
import { z } from "zod";

import type { ConversationId, UserId } from "../../contract/ids.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import type { Command } from "./raw-dialect.ts";

export interface Mistake {
  readonly kind: "mistake";
  readonly code: string;
  readonly message: string;
}

export function mistake(code: string, message: string): Mistake {
  return { kind: "mistake", code, message };
}

export const conversationIdSchema = opaqueId<ConversationId>();
export const seqSchema = z.number().int().nonnegative();

const authFields = z.object({
  token: z.string().min(1).max(8192),
  user_id: opaqueId<UserId>().nullish(),
  since: seqSchema.nullish(),
  epoch: z.string().max(128).nullish(),
  rooms: z.array(conversationIdSchema).max(1000).nullish(),
});

/** The `auth` message: a token, whose it is, and where the client stopped. */
export function decodeAuth(fields: Readonly<Record<string, unknown>>): Command | Mistake {
  return readFields({ type: "auth", schema: authFields }, fields, (auth) => ({
    kind: "auth",
    token: auth.token,
    userId: auth.user_id ?? null,
    start: { since: auth.since ?? undefined, epoch: auth.epoch ?? undefined, rooms: auth.rooms ?? undefined },
  }));
}

/** The command of a frame whose fields are as they should be; unknown extra ones are ignored. */
export function readFields<Fields>(
  { type, schema }: { readonly type: string; readonly schema: z.ZodType<Fields> },
  data: Readonly<Record<string, unknown>>,
  toCommand: (fields: Fields) => Command,
): Command | Mistake {
  const fields = schema.safeParse(data);
  if (fields.success) return toCommand(fields.data);
  const names = fields.error.issues.map((issue) => issue.path.join(".")).join(", ");
  return mistake("invalid_request", `${type}: missing or wrong: ${names}.`);
}
