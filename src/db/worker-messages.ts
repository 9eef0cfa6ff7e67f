import type { Value } from "./sql.ts";

/** What the read worker is asked: one statement at a time. The database's path comes with each, for it may be a new worker. */
export interface Question {
  readonly path: string;
  readonly text: string;
  readonly params: readonly Value[];
}

/** What it answers. Errors don't keep their class on the way between threads, so that `reason` is told apart. */
export type Answer<Row> =
  | { readonly kind: "rows"; readonly rows: Row[] }
  | {
      readonly kind: "storage";
      readonly reason: "full" | "busy" | "failed" | "closed";
      readonly detail: string;
    }
  | { readonly kind: "error"; readonly message: string };

/** What the checkpoint worker reports of the write-ahead log, in pages of 4096 bytes. */
export interface LogState {
  readonly pages: number;
  /** How many of them are in the database file. The rest waits for readers of older snapshots. */
  readonly folded: number;
}
