const FIRST_MS = 300;
const LONGEST_MS = 10_000;

/** Milliseconds before attempt `n` (from 0): doubling from 0.3 to 10 s, half of it random, so that a crowd spreads. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(full / 2 + (full / 2) * random());
}
