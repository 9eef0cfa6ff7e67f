import type { Sequence } from "../dialect.ts";

/** A frame of the raw dialects: JSON text `{type, seq?, data}`. */
export function encodeFrame(name: string, payload: unknown, sequence: Sequence | null): string {
  return sequence === null
    ? JSON.stringify({ type: name, data: payload })
    : JSON.stringify({ type: name, seq: sequence.seq, data: payload });
}
