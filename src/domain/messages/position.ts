/** Positions per millisecond: room to put a history import between two arrivals. */
const perMillisecond = 100;

/** Where the next arrival (or reply) stands: by arrival, and always after `last`, the conversation's newest position. */
export function nextPosition(last: number, arrivedAt: number): number {
  return Math.max(last + 1, arrivedAt * perMillisecond);
}
