import type { Ending } from "../domain/outbox/settle.ts";
import { type Backoff, backoffMs } from "../lib/retry.ts";
import type { SendResult } from "./channel.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** What is tried again within this time keeps its place before the contact's other messages. */
export const LONGEST_BACKOFF_MS = HOUR_MS;
const backoff: Backoff = { firstMs: 2_000, longestMs: LONGEST_BACKOFF_MS };

export interface Try {
  /** From 1. */
  readonly attempts: number;
  /** Of the first try (ms). */
  readonly firstAt: number;
  readonly now: number;
  /** The settings with which it was tried; see `accountOf`. */
  readonly account: string;
  readonly random?: () => number;
}

/** What the result of a try means for its row (channels.md, "Outbox"). Retries end 24 h after the first try. */
export function endingOf(
  result: SendResult,
  { attempts, firstAt, now, account, random = Math.random }: Try,
): Ending {
  switch (result.outcome) {
    case "sent":
      return {
        kind: "sent",
        externalId: result.externalId,
        recipient: result.recipient?.identifiers ?? [],
      };
    case "retry": {
      if (now - firstAt >= DAY_MS) return { kind: "failed", error: result.error, retryable: true };
      // Of a wait that the provider asks for nothing is taken away, only some added.
      const asked = result.after === null ? null : Math.min(result.after, DAY_MS) * (1 + random() / 10);
      return {
        kind: "retry",
        error: result.error,
        dueAt: now + Math.round(asked ?? backoffMs(attempts, backoff, random)),
      };
    }
    case "pause":
      return { kind: "pause", error: result.error, account };
    case "failed":
      return { kind: "failed", error: result.error, retryable: false };
    case "ambiguous":
      return { kind: "unknown", error: result.error };
  }
}
