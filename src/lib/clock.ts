/** Where the time comes from, so that a test can hold it still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that moves only when told to. */
export function manualClock(
  start = Date.UTC(2026, 0, 5, 12),
): Clock & { advance(milliseconds: number): void } {
  let now = start;
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

/** Milliseconds since 1970 as ISO 8601 UTC. */
export function toInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The same for a column that may be null. */
export function toInstantOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : toInstant(milliseconds);
}
