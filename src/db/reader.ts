import type { Connection } from "./connection.ts";
import { type Job, newJob, turnOfTheLoop } from "./job.ts";
import type { Read } from "./sql.ts";

/** How long queued reads may keep the event loop (ms). */
const TURN_MS = 10;

/**
 * Reads one after the other, each in a snapshot of its own. A pool would win nothing: a read never waits for
 * anything but SQLite, which runs on this thread.
 */
export class Reader {
  readonly #connection: Connection;
  readonly #queue: Job[] = [];
  #draining: Promise<void> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  read<T>(fn: (tx: Read) => Promise<T>): Promise<T> {
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
    // Not within the caller's own call: `#draining` must be set before the first read ends.
    await Promise.resolve();
    let turnEnds = performance.now() + TURN_MS;
    for (let job = this.#queue.shift(); job !== undefined; job = this.#queue.shift()) {
      await this.#readInSnapshot(job);
      if (performance.now() < turnEnds) continue;
      await turnOfTheLoop();
      turnEnds = performance.now() + TURN_MS;
    }
    this.#draining = undefined;
  }

  async #readInSnapshot(job: Job): Promise<void> {
    try {
      this.#connection.control("BEGIN");
      await job.run(this.#connection);
      // Ends the snapshot; there is nothing to keep, and unlike COMMIT it can't fail half-way.
      if (this.#connection.inTransaction) this.#connection.control("ROLLBACK");
      job.tell();
    } catch (error) {
      job.fail(error);
    }
  }
}
