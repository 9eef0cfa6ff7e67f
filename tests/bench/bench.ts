import type { Entry } from "./report.ts";

/** What the parts of a run share. */
export interface Bench {
  /** An empty folder, removed after the run: data goes below it. */
  readonly folder: string;
  /** Rounds of what is compared, alternating; the median counts. */
  readonly rounds: number;
  /** How long one round lasts. */
  readonly seconds: number;
  /** Size of the large database, in messages. */
  readonly history: number;
  report(entry: Entry): void;
}

/** One group of figures. */
export interface Part {
  readonly name: string;
  readonly about: string;
  run(bench: Bench): Promise<void>;
}
