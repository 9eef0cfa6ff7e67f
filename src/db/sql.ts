/** What may be bound to a statement. Integers beyond 2^51 bind as REAL under Bun (oven-sh/bun#43281): ids are TEXT. */
export type Value = string | number | null | Uint8Array;

/** Reads inside one snapshot. */
export interface Read {
  /** All rows of a statement; `Row` describes the columns that the fixed text selects. */
  all<Row>(text: string, params?: readonly Value[]): Promise<Row[]>;
  /** The first row, or undefined. */
  get<Row>(text: string, params?: readonly Value[]): Promise<Row | undefined>;
}

/** A transaction: everything that `Read` has, and writing. */
export interface Tx extends Read {
  /** Runs a statement and returns the number of rows that it changed. */
  run(text: string, params?: readonly Value[]): Promise<number>;
}

/**
 * The seam behind which SQLite stands, and PostgreSQL may.
 *
 * `fn` awaits nothing but `tx`, may run twice, has no effect outside, and does not go on after an SQL error.
 * Statement texts are fixed; parameters are `$1…$n`, numbered in the order of first appearance.
 */
export interface Sql {
  /** One snapshot on a read-only connection. */
  read<T>(fn: (tx: Read) => Promise<T>): Promise<T>;
  /** Settles after the durable commit (or the roll-back). Throws what `fn` threw, or a `StorageError`. */
  transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement off the main thread, for search, reports and exports: it may take long without stalling a socket. */
  heavy<Row>(text: string, params?: readonly Value[]): Promise<Row[]>;
  /** Waits for what is queued, folds the log into the database, lets go of the files. */
  close(): Promise<void>;
}

/** The store could not do its work. `full`: no space; `busy`: another process holds the lock; `failed`: the disk erred. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  constructor(
    readonly reason: "full" | "busy" | "failed" | "closed",
    options?: ErrorOptions,
  ) {
    super(`storage is ${reason}`, options);
  }
}
