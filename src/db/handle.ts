import { AsyncLocalStorage } from "node:async_hooks";

import type { Connection } from "./connection.ts";
import { StorageError, type Tx, type Value } from "./sql.ts";

/** The caller's function broke the rules of `Sql`: a bug, not bad luck. Nothing of it was stored. */
export class TransactionMisuse extends Error {
  override readonly name = "TransactionMisuse";
}

/**
 * A function that awaits only `tx` calls it again, or ends, within a few turns of the microtask queue per async
 * call that it returns through. One that awaits a timer, a socket or a file never does while we count.
 */
const IDLE_TURNS = 1_000;

const current = new AsyncLocalStorage<Handle>();

/** What a caller's function gets as `tx`: works until the function ends, and not past an SQL error. */
class Handle implements Tx {
  readonly #connection: Connection;
  #open = true;
  #failure: { readonly error: unknown } | undefined;
  calls = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get open(): boolean {
    return this.#open;
  }

  /** The first SQL error. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  end(): void {
    this.#open = false;
  }

  async all<Row>(text: string, params?: readonly Value[]): Promise<Row[]> {
    return this.#call(() => this.#connection.all<Row>(text, params));
  }

  async get<Row>(text: string, params?: readonly Value[]): Promise<Row | undefined> {
    return this.#call(() => this.#connection.get<Row>(text, params));
  }

  async run(text: string, params?: readonly Value[]): Promise<number> {
    return this.#call(() => this.#connection.run(text, params));
  }

  #call<T>(statement: () => T): T {
    if (!this.#open) throw new TransactionMisuse("tx was used after its transaction had ended");
    if (this.#failure !== undefined) throw this.#failure.error;
    this.calls += 1;
    try {
      return statement();
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }
}

/** Throws `TransactionMisuse` inside a function given to `read` or `transaction`, where waiting would be for ever. */
export function refuseNested(method: string): void {
  if (current.getStore()?.open !== true) return;
  throw new TransactionMisuse(`${method}() was called inside a transaction: use its tx`);
}

/**
 * Runs a caller's function on `connection` within this turn of the event loop.
 * Throws what `fn` threw, the SQL error that it swallowed, or `TransactionMisuse` when it awaited anything but `tx`.
 */
export async function runOn<T>(connection: Connection, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const handle = new Handle(connection);
  const work = current.run(handle, async () => fn(handle));
  try {
    await settledOrStalled(handle, work);
    const value = await work;
    if (handle.failure !== undefined) throw handle.failure.error;
    return value;
  } catch (error) {
    // Whatever `fn` made of it: the caller must learn that the disk, not the request, was at fault.
    throw handle.failure?.error instanceof StorageError ? handle.failure.error : error;
  } finally {
    handle.end();
  }
}

async function settledOrStalled(handle: Handle, work: Promise<unknown>): Promise<void> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  work.then(settle, settle);
  let seen = handle.calls;
  let idle = 0;
  while (!settled) {
    await Promise.resolve();
    idle = handle.calls === seen ? idle + 1 : 0;
    seen = handle.calls;
    if (idle > IDLE_TURNS) throw new TransactionMisuse("the function awaited something other than its tx");
  }
}
