import type { SignalData, SignalType } from "../../../contract/events.ts";
import type { Sequence } from "../../dialect.ts";

/** A frame of this dialect: JSON text `{type, seq?, data}`. */
export function encodeFrame(name: string, payload: unknown, sequence: Sequence | null): string {
  return sequence === null
    ? JSON.stringify({ type: name, data: payload })
    : JSON.stringify({ type: name, seq: sequence.seq, data: payload });
}

/** An answer to one connection, without a `seq`. */
export function encodeSignal<T extends SignalType>(type: T, data: SignalData[T]): string {
  return encodeFrame(type, data, null);
}
