/** What is to be done about each of Meta's error codes (channels.md, "whatsapp_cloud facts"). */
import type { ProviderError, SendResult } from "../channel.ts";

/** A refusal as Graph answers it. */
export interface GraphRefusal {
  readonly status: number;
  /** Null where the answer wasn't Graph's: a gateway in between. */
  readonly code: number | null;
  readonly message: string;
  /** Milliseconds, from `Retry-After`. */
  readonly retryAfter: number | null;
}

export type ErrorClass = "retry" | "pause" | "permanent" | "wait";

const transient = new Set([1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004]);
/** Of these the whole number gets more as long as it goes on: an app's or a number's rate, not a recipient's. */
const rateOfNumber = new Set([4, 80007, 130429]);
const ofChannel = new Set([0, 3, 10, 190, 131005, 368, 130497, 131031, 131042, 131045, 131048]);
const permanent = new Set([
  33, 100, 131008, 131009, 131021, 131026, 131037, 131047, 131050, 131051, 131052, 131053, 131062, 130472,
]);
const ECOSYSTEM_LIMIT = 131049;
const PAIR_RATE_LIMIT = 131056;

const DAY_MS = 24 * 60 * 60 * 1000;
/** 4^n seconds grows past a day at the ninth try. */
const LONGEST_PAIR_WAIT_MS = 60 * 60 * 1000;

/** By code where there is a known one, else by HTTP status. */
export function classify(code: number | null, status: number): ErrorClass {
  if (code !== null) {
    if (transient.has(code)) return "retry";
    if (ofChannel.has(code) || (code >= 200 && code <= 299)) return "pause";
    if (permanent.has(code) || (code >= 132_000 && code <= 132_999)) return "permanent";
    if (code === ECOSYSTEM_LIMIT) return "wait";
  }
  if (status === 429 || status >= 500) return "retry";
  return status === 401 ? "pause" : "permanent";
}

/** The result of a send that Graph refused; `attempt` counts from 1. */
export function refused(refusal: GraphRefusal, attempt: number): SendResult {
  const error = errorOf(refusal);
  switch (classify(refusal.code, refusal.status)) {
    case "retry":
      return {
        outcome: "retry",
        error,
        after: waitOf(refusal, attempt),
        wholeChannel: isOfNumber(refusal),
      };
    case "wait":
      return { outcome: "retry", error, after: DAY_MS, wholeChannel: false };
    case "pause":
      return { outcome: "pause", error };
    case "permanent":
      return { outcome: "failed", error };
  }
}

/** In the provider's words; `http_502` where it had none. */
export function errorOf({ code, status, message }: GraphRefusal): ProviderError {
  return { code: code === null ? `http_${status}` : String(code), message };
}

function waitOf(refusal: GraphRefusal, attempt: number): number | null {
  if (refusal.retryAfter !== null) return refusal.retryAfter;
  if (refusal.code !== PAIR_RATE_LIMIT) return null;
  return Math.min(4 ** attempt * 1000, LONGEST_PAIR_WAIT_MS);
}

/** An answer without a code of Graph's (a gateway's 429 or 502) is about nobody in particular. */
function isOfNumber({ code }: GraphRefusal): boolean {
  return code === null || rateOfNumber.has(code);
}
