/** The value in the middle; the lower of two. Throws for no values at all. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The smallest value that at least this share (0…1) of the values does not exceed. Throws for no values at all. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted();
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

/** What is told of a series of times, in milliseconds. */
export interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Share (0…1) that took longer than a second: what WhatsApp counts. */
  readonly overSecond: number;
}

export function summarize(milliseconds: readonly number[]): Times {
  return {
    count: milliseconds.length,
    p50: percentile(milliseconds, 0.5),
    p99: percentile(milliseconds, 0.99),
    max: percentile(milliseconds, 1),
    overSecond: milliseconds.filter((value) => value > 1000).length / milliseconds.length,
  };
}
