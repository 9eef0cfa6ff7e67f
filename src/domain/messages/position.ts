/** Positions per millisecond: room to put a history import between two arrivals. */
const perMillisecond = 100;

/** Where the next arrival (or reply) stands: by arrival, and always after `last`, the conversation's newest position. */
export function nextPosition(last: number, arrivedAt: number): number {
  return Math.max(last + 1, arrivedAt * perMillisecond);
}

/** How many taken positions are looked at in one go. */
const stride = 200;

/**
 * Where a message of a history import stands: by the provider's time (ms), in the first place that is free from there.
 * `taken` gives the positions in use from one on, ascending, at most `limit` of them.
 */
export async function historyPosition(
  writtenAt: number,
  taken: (from: number, limit: number) => Promise<readonly number[]>,
): Promise<number> {
  let candidate = writtenAt * perMillisecond;
  for (;;) {
    const used = await taken(candidate, stride);
    for (const position of used) {
      if (position !== candidate) return candidate;
      candidate += 1;
    }
    if (used.length < stride) return candidate;
  }
}
