export interface Backoff {
  /** Milliseconds before the second try. */
  readonly firstMs: number;
  /** No wait is longer (ms). */
  readonly longestMs: number;
}

/**
 * How long to wait after try number `attempt` (from 1), in milliseconds: doubles each time, and lies anywhere between
 * half of that and all of it, so that those who failed together don't come back together.
 */
export function backoffMs(attempt: number, { firstMs, longestMs }: Backoff, random = Math.random): number {
  const full = Math.min(firstMs * 2 ** Math.min(attempt - 1, 40), longestMs);
  return Math.round(full / 2 + (full / 2) * random());
}
