/** One figure beside what it is compared with. Which way is better follows from `bound`. */
export interface Line {
  /** Unique in a run, as `webhooks.durable-vs-unstored`. */
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** What it is measured against: a peer in the same run, or the limit. */
  readonly against?: { readonly what: string; readonly value: number };
  /** What was promised of value ÷ against; without one the line only informs. */
  readonly promised?: { readonly bound: "at least" | "at most"; readonly ratio: number };
  /** What else helps to judge it. */
  readonly note?: string;
}

/** A line that could not be measured on this machine. */
export interface Skipped {
  readonly name: string;
  readonly skipped: string;
}

export type Entry = Line | Skipped;

export type Verdict = "ok" | "short" | "info" | "skipped";

/** Value ÷ peer; NaN where the peer did nothing, which keeps no promise. */
export function ratioOf({ value, against }: Line): number | undefined {
  return against && (against.value === 0 ? Number.NaN : value / against.value);
}

export function verdictOf(entry: Entry): Verdict {
  if ("skipped" in entry) return "skipped";
  const ratio = ratioOf(entry);
  if (!entry.promised || ratio === undefined) return "info";
  const isKept =
    entry.promised.bound === "at least" ? ratio >= entry.promised.ratio : ratio <= entry.promised.ratio;
  return isKept ? "ok" : "short";
}

/** Prints one entry as a line of the table. */
export function print(entry: Entry): void {
  const name = entry.name.padEnd(38);
  if ("skipped" in entry) {
    console.log(`${name} skipped: ${entry.skipped}`);
    return;
  }
  const { value, unit, against, promised, note } = entry;
  const ratio = ratioOf(entry);
  const cells = [
    name,
    `${format(value)} ${unit}`.padStart(16),
    (against ? `${against.what} ${format(against.value)}` : "").padStart(34),
    (ratio === undefined ? "" : `×${format(ratio)}`).padStart(9),
    (promised ? `${promised.bound} ×${format(promised.ratio)}` : "").padStart(16),
    verdictOf(entry).padStart(6),
    note === undefined ? "" : `  ${note}`,
  ];
  console.log(cells.join(" ").trimEnd());
}

/** Three digits that count; whole numbers from a hundred on. */
function format(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString("en-US")
    : String(Number(value.toPrecision(3)));
}
