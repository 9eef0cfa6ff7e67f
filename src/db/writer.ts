import type { Connection } from "./connection.ts";
import { type Job, newJob, turnOfTheLoop } from "./job.ts";
import { StorageError, type Tx } from "./sql.ts";

export interface WriterOptions {
  /** Transactions per COMMIT. */
  readonly maxBatch: number;
  /** How long a transaction waits while another process holds the write lock (ms). */
  readonly busyDeadlineMs: number;
  /** Called after each COMMIT that changed rows, before the transactions' promises settle. Must not throw. */
  readonly onCommit: () => void;
}

/** How long one batch may keep the event loop (ms); the COMMIT's sync comes on top. */
const BATCH_MS = 10;
/** How often BEGIN is tried again while another process holds the lock (ms). */
const BUSY_RETRY_MS = 10;

/**
 * Commits concurrent transactions together: one sync to disk for all that wait, a savepoint for each.
 * Both good and bad outcomes are told after the COMMIT, since a failure too may rest on a sibling's rows.
 */
export class Writer {
  readonly #connection: Connection;
  readonly #options: WriterOptions;
  readonly #queue: Job[] = [];
  #draining: Promise<void> | undefined;
  #totalChanges = 0;
  /** How many of the next transactions get a COMMIT of their own, to find the one that can't be committed. */
  #alone = 0;

  constructor(connection: Connection, options: WriterOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    const { job, promise } = newJob(fn);
    this.#queue.push(job);
    this.#draining ??= this.#drain();
    return promise;
  }

  /** Resolves when nothing is queued. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // First of all: the callers of this very turn are to be in the same batch.
      await turnOfTheLoop();
      if (await this.#begin()) await this.#batch();
    }
    this.#draining = undefined;
  }

  /** Takes the write lock; while another process has it, tries again by timer, for a wait inside SQLite stops every socket. */
  async #begin(): Promise<boolean> {
    while (this.#queue.length > 0) {
      try {
        this.#connection.control("BEGIN IMMEDIATE");
        return true;
      } catch (error) {
        if (!(error instanceof StorageError && error.reason === "busy")) {
          this.#failAll(this.#queue.splice(0), error);
          return false;
        }
        this.#failExpired(error);
        await Bun.sleep(BUSY_RETRY_MS);
      }
    }
    return false;
  }

  #failExpired(error: StorageError): void {
    const oldest = performance.now() - this.#options.busyDeadlineMs;
    const waiting = this.#queue.findIndex((job) => job.queuedAt > oldest);
    this.#failAll(this.#queue.splice(0, waiting === -1 ? this.#queue.length : waiting), error);
  }

  async #batch(): Promise<void> {
    const jobs: Job[] = [];
    try {
      if (await this.#fill(jobs)) this.#commit(jobs);
    } catch (error) {
      this.#rollback();
      this.#failAll(jobs, error);
    }
  }

  /** Runs queued transactions into `jobs` until the batch is full; false when SQLite rolled the batch back. */
  async #fill(jobs: Job[]): Promise<boolean> {
    const limit = this.#alone > 0 ? 1 : this.#options.maxBatch;
    const end = performance.now() + BATCH_MS;
    do {
      const job = this.#queue.shift();
      if (job === undefined) break;
      jobs.push(job);
      await this.#runInSavepoint(job);
      if (!this.#connection.inTransaction) {
        // A full disk, typically: the one that met it fails, the others have lost their rows and run again.
        jobs.pop();
        job.tell();
        this.#queue.unshift(...jobs);
        return false;
      }
    } while (jobs.length < limit && performance.now() < end);
    this.#alone = Math.max(0, this.#alone - jobs.length);
    return true;
  }

  async #runInSavepoint(job: Job): Promise<void> {
    this.#connection.control("SAVEPOINT one");
    const wentWell = await job.run(this.#connection);
    if (!this.#connection.inTransaction) return;
    if (!wentWell) this.#connection.control("ROLLBACK TO one");
    this.#connection.control("RELEASE one");
  }

  #commit(jobs: Job[]): void {
    const changed = this.#countChanges();
    try {
      this.#connection.control("COMMIT");
    } catch (error) {
      this.#rollback();
      if (error instanceof StorageError || jobs.length === 1) return this.#failAll(jobs, error);
      // A constraint that is checked at the end: one of them broke it, and only it shall fail.
      this.#alone = jobs.length;
      this.#queue.unshift(...jobs);
      return;
    }
    if (changed) this.#options.onCommit();
    for (const job of jobs) job.tell();
  }

  /** True when rows changed since the last call. Rolled-back changes count as well, which costs a needless `onCommit`. */
  #countChanges(): boolean {
    const total = this.#connection.get<{ total: number }>("SELECT total_changes() AS total")?.total ?? 0;
    const changed = total !== this.#totalChanges;
    this.#totalChanges = total;
    return changed;
  }

  #rollback(): void {
    if (!this.#connection.inTransaction) return;
    try {
      this.#connection.control("ROLLBACK");
    } catch {
      // Nothing is lost by it: SQLite has ended the transaction, and the callers are told of the first error.
    }
  }

  #failAll(jobs: readonly Job[], error: unknown): void {
    for (const job of jobs) job.fail(error);
  }
}
