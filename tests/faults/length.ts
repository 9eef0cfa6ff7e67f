/** Fault runs come in two lengths: in the suite, and hundreds of faults by `make faults`. */
const isLong = process.env["BALCAO_FAULTS"] === "long";

/** How many faults, and the deadline of their test in milliseconds. */
export function howMany(times: { readonly suite: number; readonly long: number }): number {
  return isLong ? times.long : times.suite;
}

/** The deadline of a test that lasts longer when runs are long, in milliseconds. */
export const deadlineMs = isLong ? 3_600_000 : 90_000;
