import { z } from "zod";

import { decodeAuth, type Mistake, mistake } from "../../raw/decode.ts";
import type { Command } from "../../raw/raw-dialect.ts";

const envelope = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()).optional() });

/** The command of a parsed frame: `ping`, and `auth` where neither cookie nor token came with the handshake. */
export function decode(frame: unknown): Command | Mistake {
  const parsed = envelope.safeParse(frame);
  if (!parsed.success) return mistake("malformed_json", 'A frame is JSON text: {"type": …, "data": {…}}.');
  const { type, data = {} } = parsed.data;
  if (type === "ping") return { kind: "ping" };
  if (type === "auth") return decodeAuth(data);
  return mistake("unknown_type", "This type of frame is not known here.");
}
