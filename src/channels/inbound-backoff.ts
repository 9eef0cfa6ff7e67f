/** Waits between tries (ms): five tries in all, then it waits for a person (channels.md, "Inbound" 3). */
const waits = [5_000, 30_000, 5 * 60_000, 30 * 60_000] as const;

/** When to try for the second time what failed at `at`. Milliseconds. */
export function firstRetryAt(at: number): number {
  return at + waits[0];
}

/** When to try again after `attempts` tries, or null when that was the last. Milliseconds. */
export function nextRetryAt(attempts: number, now: number): number | null {
  const wait = waits[attempts - 1];
  return wait === undefined ? null : now + wait;
}
