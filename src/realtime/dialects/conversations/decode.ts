import { z } from "zod";

import { presences } from "../../../contract/entities.ts";
import {
  conversationIdSchema,
  decodeAuth,
  type Mistake,
  mistake,
  readFields,
  seqSchema,
} from "../../raw/decode.ts";
import type { Command } from "../../raw/raw-dialect.ts";

const envelope = z.looseObject({ type: z.string(), data: z.record(z.string(), z.unknown()).optional() });
const entry = z.object({ conversation_id: conversationIdSchema, since: seqSchema.nullish() });
const conversation = z.object({ conversation_id: conversationIdSchema });
const presence = z.object({ status: z.enum(presences) });

/** The command of a parsed frame of this dialect, or what is wrong with it. */
export function decode(frame: unknown): Command | Mistake {
  const parsed = envelope.safeParse(frame);
  if (!parsed.success) return mistake("malformed_json", 'A frame is JSON text: {"type": …, "data": {…}}.');
  const { type, data = {}, ...topLevel } = parsed.data;
  switch (type) {
    case "auth":
      // The reference writes its fields at the top level; inside `data` they count as well.
      return decodeAuth({ ...topLevel, ...data });
    case "ping":
      return { kind: "ping" };
    case "subscribe":
      return readFields({ type, schema: entry }, data, ({ conversation_id: conversationId, since }) => ({
        kind: "subscribe",
        conversationId,
        since: since ?? undefined,
      }));
    case "unsubscribe":
    case "read":
      return readFields({ type, schema: conversation }, data, ({ conversation_id: conversationId }) => ({
        kind: type,
        conversationId,
      }));
    case "typing_start":
    case "typing_stop":
      return readFields({ type, schema: conversation }, data, ({ conversation_id: conversationId }) => ({
        kind: "typing",
        conversationId,
        typing: type === "typing_start",
      }));
    case "presence":
      return readFields({ type, schema: presence }, data, ({ status }) => ({ kind: "presence", status }));
    default:
      return mistake("unknown_type", "This type of frame is not known here.");
  }
}
