import { z } from "zod";

import { presences } from "../../../contract/entities.ts";
import type { ConversationId, UserId } from "../../../contract/ids.ts";
import type { Command } from "../../raw/raw-dialect.ts";

type Mistake = { readonly kind: "mistake"; readonly code: string; readonly message: string };

/** Ids are opaque: a wrong one is `not_found` later, so that only the length is looked at here. */
const id = z.string().min(1).max(64);
const conversationId = id.transform((text) => text as ConversationId);
const seq = z.number().int().nonnegative();

const envelope = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()).optional() });

const authFields = z.object({
  token: z.string().min(1).max(8192),
  user_id: id.nullish(),
  since: seq.nullish(),
  epoch: z.string().max(128).nullish(),
  rooms: z.array(conversationId).max(1000).nullish(),
});
const subscribeFields = z.object({ conversation_id: conversationId, since: seq.nullish() });
const conversationFields = z.object({ conversation_id: conversationId });
const presenceFields = z.object({ status: z.enum(presences) });

/** The command of a parsed frame of this dialect, or what is wrong with it. Unknown extra fields are ignored. */
export function decode(frame: unknown): Command | Mistake {
  const parsed = envelope.safeParse(frame);
  if (!parsed.success) return mistake("malformed_json", 'A frame is JSON text: {"type": …, "data": {…}}.');
  const { type, data = {} } = parsed.data;
  switch (type) {
    case "auth":
      return decodeAuth({ ...topLevel(frame), ...data });
    case "ping":
      return { kind: "ping" };
    case "subscribe":
      return read(type, subscribeFields, data, (fields) => ({
        kind: "subscribe",
        conversationId: fields.conversation_id,
        since: fields.since ?? undefined,
      }));
    case "unsubscribe":
    case "read":
      return read(type, conversationFields, data, (fields) => ({
        kind: type,
        conversationId: fields.conversation_id,
      }));
    case "typing_start":
    case "typing_stop":
      return read(type, conversationFields, data, (fields) => ({
        kind: "typing",
        conversationId: fields.conversation_id,
        typing: type === "typing_start",
      }));
    case "presence":
      return read(type, presenceFields, data, ({ status }) => ({ kind: "presence", status }));
    default:
      return mistake("unknown_type", "This type of frame is not known here.");
  }
}

/** The reference writes the fields of `auth` at the top level; inside `data` they count as well. */
function decodeAuth(fields: Record<string, unknown>): Command | Mistake {
  return read("auth", authFields, fields, ({ token, user_id, since, epoch, rooms }) => ({
    kind: "auth",
    token,
    userId: (user_id ?? null) as UserId | null,
    start: { since: since ?? undefined, epoch: epoch ?? undefined, rooms: rooms ?? undefined },
  }));
}

function topLevel(frame: unknown): Record<string, unknown> {
  const fields = z.record(z.string(), z.unknown()).safeParse(frame);
  return fields.success ? fields.data : {};
}

function read<Fields>(
  type: string,
  schema: z.ZodType<Fields>,
  ...[data, toCommand]: [Record<string, unknown>, (fields: Fields) => Command]
): Command | Mistake {
  const fields = schema.safeParse(data);
  if (fields.success) return toCommand(fields.data);
  const names = fields.error.issues.map((issue) => issue.path.join(".")).join(", ");
  return mistake("invalid_request", `${type}: missing or wrong: ${names}.`);
}

function mistake(code: string, message: string): Mistake {
  return { kind: "mistake", code, message };
}
