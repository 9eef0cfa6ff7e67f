import type { Connection } from "./connection.ts";
import { runOn } from "./handle.ts";
import type { Tx } from "./sql.ts";

/** A caller's function in a queue, whatever it returns. */
export interface Job {
  /** By `performance.now()`. */
  readonly queuedAt: number;
  /** Runs the function and keeps what came of it; true when it went well. May be called again after a roll-back. */
  run(connection: Connection): Promise<boolean>;
  /** Tells the caller what came of the last run. */
  tell(): void;
  fail(error: unknown): void;
}

/** A job, and the promise that its caller holds: it settles only by `tell` or `fail`. */
export function newJob<T>(fn: (tx: Tx) => Promise<T>): { job: Job; promise: Promise<T> } {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let tell = (): void => {};
  const job: Job = {
    queuedAt: performance.now(),
    async run(connection) {
      try {
        const value = await runOn(connection, fn);
        tell = () => resolve(value);
        return true;
      } catch (error) {
        tell = () => reject(error);
        return false;
      }
    },
    tell: () => tell(),
    fail: reject,
  };
  return { job, promise };
}

/** Lets sockets and timers have the event loop. */
export function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
