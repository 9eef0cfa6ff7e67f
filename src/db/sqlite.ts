import { Checkpointer } from "./checkpointer.ts";
import { Connection } from "./connection.ts";
import { makePrivateFile } from "./files.ts";
import { refuseNested } from "./handle.ts";
import { HeavyReader } from "./heavy-reader.ts";
import { Reader } from "./reader.ts";
import { type Read, type Sql, StorageError, type Tx, type Value } from "./sql.ts";
import type { LogState } from "./worker-messages.ts";
import { Writer } from "./writer.ts";

/** What of the logger is used here. */
export interface StorageLog {
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export interface SqliteOptions {
  /** The database file; it is created with mode 0600 when it doesn't exist. */
  readonly path: string;
  /** Called synchronously after each COMMIT that changed rows, before the promises of its transactions settle. */
  readonly onCommit?: () => void;
  readonly log?: StorageLog;
  /** False gives each transaction a COMMIT of its own, for comparison. */
  readonly groupCommit?: boolean;
  /** How long a transaction waits while another process holds the write lock (ms). */
  readonly busyDeadlineMs?: number;
  /** How long a `heavy` statement may run (ms). */
  readonly heavyDeadlineMs?: number;
}

const LARGEST_BATCH = 256;
const BUSY_DEADLINE_MS = 8_000;
const HEAVY_DEADLINE_MS = 30_000;

const CLOSING_WAIT_MS = 2_000;

/** Pages that may wait for a reader before it is worth a warning: 64 MiB. */
const WAITING_PAGES = 16_384;

/** Opens the database, in WAL mode. Throws `StorageError` when the file can't be used, and when SQLite is too old. */
export async function openSqlite(options: SqliteOptions): Promise<Sqlite> {
  // SQLite gives the files beside the database the database's own mode.
  makePrivateFile(options.path);
  const writer = new Connection(options.path, "read-write");
  try {
    return new Sqlite(options, { writer, reader: new Connection(options.path, "read-only") });
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** `Sql` on one SQLite file. Get one by `openSqlite`. */
export class Sqlite implements Sql {
  readonly #options: SqliteOptions;
  readonly #connections: { readonly writer: Connection; readonly reader: Connection };
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #heavy: HeavyReader;
  readonly #checkpointer: Checkpointer;
  #closing: Promise<void> | undefined;
  #warned = false;

  constructor(
    options: SqliteOptions,
    connections: { readonly writer: Connection; readonly reader: Connection },
  ) {
    this.#options = options;
    this.#connections = connections;
    this.#writer = new Writer(connections.writer, {
      maxBatch: options.groupCommit === false ? 1 : LARGEST_BATCH,
      busyDeadlineMs: options.busyDeadlineMs ?? BUSY_DEADLINE_MS,
      onCommit: () => this.#committed(),
    });
    this.#reader = new Reader(connections.reader);
    this.#heavy = new HeavyReader(options.path, options.heavyDeadlineMs ?? HEAVY_DEADLINE_MS);
    this.#checkpointer = new Checkpointer(options.path, (log) => this.#watchLog(log));
  }

  async read<T>(fn: (tx: Read) => Promise<T>): Promise<T> {
    this.#refuse("read");
    return this.#reader.read(fn);
  }

  async transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    this.#refuse("transaction");
    return this.#writer.transaction(fn);
  }

  async heavy<Row>(text: string, params?: readonly Value[]): Promise<Row[]> {
    this.#refuse("heavy");
    return this.#heavy.query<Row>(text, params);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #refuse(method: string): void {
    refuseNested(method);
    if (this.#closing !== undefined) throw new StorageError("closed");
  }

  async #close(): Promise<void> {
    await Promise.all([this.#writer.idle(), this.#reader.idle()]);
    await Promise.all([this.#heavy.close(), this.#checkpointer.close()]);
    this.#connections.reader.close();
    try {
      // No socket is left to stall, and the checkpoint worker may be in the middle of its last one.
      this.#connections.writer.control(`PRAGMA busy_timeout = ${CLOSING_WAIT_MS}`);
      this.#connections.writer.control("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (error) {
      // Everything committed is in the log, which the next start reads.
      this.#options.log?.warn("the log could not be folded into the database", { error: String(error) });
    } finally {
      this.#connections.writer.close();
    }
  }

  #committed(): void {
    this.#checkpointer.committed();
    try {
      this.#options.onCommit?.();
    } catch (error) {
      // The rows are committed: their callers must hear so.
      this.#options.log?.error("the listener of commits threw", { error: String(error) });
    }
  }

  #watchLog({ pages, folded }: LogState): void {
    const waiting = pages - folded;
    if (waiting >= WAITING_PAGES && !this.#warned) {
      this.#options.log?.warn("a long read keeps the write-ahead log from shrinking", { pages, folded });
    }
    this.#warned = waiting >= WAITING_PAGES;
  }
}
