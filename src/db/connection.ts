import { Database } from "bun:sqlite";

import type { Value } from "./sql.ts";
import { toStorageError } from "./sqlite-errors.ts";
import { statementProblem } from "./statement-text.ts";

// Texts are fixed, so that the cache holds each statement of the product once.
Database.MAX_QUERY_CACHE_SIZE = 4096;

/** Older versions can corrupt a WAL database under concurrent checkpoints: https://sqlite.org/wal.html#walresetbug */
const OLDEST_SQLITE = "3.51.3";

/** How long opening may wait for another process (ms). Afterwards nothing on this thread ever waits inside SQLite. */
const OPENING_WAIT = 5_000;

const READING = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;";
// journal_size_limit (bytes) cuts back a log that a long reader made grow.
const WRITING =
  "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;";

/** One SQLite connection: synchronous, statements cached by text, disk trouble told as `StorageError`. */
export class Connection {
  readonly #database: Database;
  readonly #sound = new Set<string>();

  /** Opens `path`, which must exist. Throws when SQLite is too old or the file is not a database. */
  constructor(path: string, access: "read-write" | "read-only") {
    this.#database = new Database(
      path,
      access === "read-only"
        ? { readonly: true, strict: true }
        : { readwrite: true, create: false, strict: true },
    );
    try {
      refuseOldSqlite(this.#database);
      this.#database.run(`PRAGMA busy_timeout = ${OPENING_WAIT}`);
      if (access === "read-write") this.#database.run(`PRAGMA journal_mode = WAL; ${WRITING}`);
      this.#database.run(`${READING} PRAGMA busy_timeout = 0`);
    } catch (error) {
      this.#database.close(true);
      throw toStorageError(error);
    }
  }

  /** False also after an error by which SQLite rolled everything back on its own. */
  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  all<Row>(text: string, params: readonly Value[] = []): Row[] {
    this.#check(text);
    return told(() => this.#database.query<Row, Value[]>(text).all(...params));
  }

  get<Row>(text: string, params: readonly Value[] = []): Row | undefined {
    this.#check(text);
    return told(() => this.#database.query<Row, Value[]>(text).get(...params)) ?? undefined;
  }

  /** Returns the number of rows changed. */
  run(text: string, params: readonly Value[] = []): number {
    this.#check(text);
    return told(() => this.#database.query<unknown, Value[]>(text).run(...params).changes);
  }

  /** A statement that steers the transaction or the connection; returns its first row, if any. */
  control<Row>(text: string): Row | undefined {
    return told(() => this.#database.query<Row, []>(text).get()) ?? undefined;
  }

  /** Runs a text of several statements, as in a migration. */
  script(text: string): void {
    told(() => this.#database.run(text));
  }

  /** Writes a whole copy of the database, as of now, into an empty or missing file. */
  copyInto(path: string): void {
    told(() => this.#database.run("VACUUM INTO $1", [path]));
  }

  close(): void {
    this.#database.close(true);
  }

  #check(text: string): void {
    if (this.#sound.has(text)) return;
    const problem = statementProblem(text);
    if (problem !== undefined) throw new TypeError(`the statement ${problem}: ${text}`);
    this.#sound.add(text);
  }
}

function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStorageError(error);
  }
}

function refuseOldSqlite(database: Database): void {
  const version = database
    .query<{ version: string }, []>("SELECT sqlite_version() AS version")
    .get()?.version;
  if (version === undefined || Bun.semver.order(version, OLDEST_SQLITE) < 0) {
    throw new Error(`SQLite ${version} is too old: ${OLDEST_SQLITE} is needed`);
  }
}
