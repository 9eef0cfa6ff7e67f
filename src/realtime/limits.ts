/** Limits of the contract (realtime.md, "Limits"). Bytes, milliseconds, counts. */
export const limits = {
  inboundFrameBytes: 64 * 1024,
  /** Unsent bytes at which the server closes with 4409, and at which Bun cuts the connection. */
  farBehindBytes: 768 * 1024,
  cutBytes: 1024 * 1024,
  cutAfterMs: 5_000,
  pingEveryMs: 20_000,
  deadAfterMs: 40_000,
  tickEveryMs: 20_000,
  roomsPerConnection: 100,
  connectionsPerUser: 50,
  unauthenticatedPerAddress: 100,
  authWithinMs: 10_000,
  mistakes: 20,
  mistakesWithinMs: 10_000,
  /** Frames of one connection that may wait while an earlier one is being answered: 100 rooms may be asked for at once. */
  waitingFrames: 128,
  /** Below this many unsent bytes a replay goes on. */
  lowWaterBytes: 64 * 1024,
  replayEvents: 5_000,
  replayChunkBytes: 256 * 1024,
  typingStopsAfterMs: 5_000,
  presenceGraceMs: 5_000,
} as const;

/** Counts mistakes in a sliding window; true when one more is one too many. */
export class MistakeCounter {
  #times: number[] = [];

  tooMany(now: number): boolean {
    this.#times = this.#times.filter((time) => time > now - limits.mistakesWithinMs);
    this.#times.push(now);
    return this.#times.length >= limits.mistakes;
  }
}

/** How many of something each key has; a key without any is forgotten. */
export class Tally<Key> {
  readonly #counts = new Map<Key, number>();

  of(key: Key): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: Key): number {
    const count = this.of(key) + 1;
    this.#counts.set(key, count);
    return count;
  }

  remove(key: Key): number {
    const count = this.of(key) - 1;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
    return Math.max(count, 0);
  }

  get size(): number {
    return this.#counts.size;
  }
}
