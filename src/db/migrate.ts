import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { type Clock, toInstant } from "../lib/clock.ts";
import { sha256Hex } from "../lib/ids.ts";
import { Connection } from "./connection.ts";
import { copyDatabase } from "./copy-database.ts";
import { makePrivateFile, makePrivateFolder } from "./files.ts";
import type { Migration } from "./migrations/index.ts";

export interface MigrateOptions {
  /** The database file; created with mode 0600 when missing. */
  readonly database: string;
  /** Folder that gets a copy of a database before it is changed. */
  readonly backups: string;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
}

export interface MigrateReport {
  /** Versions applied now. */
  readonly applied: readonly number[];
  /** The copy made before, unless the database was new or nothing was to be done. */
  readonly snapshot: string | undefined;
}

/**
 * Why the schema can't be brought up to date; the message is one line for people. The database is as it was, but for
 * the steps before the one that failed.
 */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  constructor(
    readonly reason: "newer" | "changed" | "failed",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

const TABLE = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`;

/** Applies the steps that the database lacks, each in one transaction. To be called before the database is opened for use. Throws `MigrationError`, `StorageError`. */
export function migrate(options: MigrateOptions): MigrateReport {
  makePrivateFile(options.database);
  const connection = new Connection(options.database, "read-write");
  try {
    const applied = readApplied(connection);
    refuseUnknown(applied, options.migrations);
    const pending = options.migrations.slice(applied.length);
    const [first] = pending;
    if (first === undefined) return { applied: [], snapshot: undefined };
    const snapshot = isEmpty(connection) ? undefined : takeSnapshot(first, options);
    // Steps may rebuild a table that others refer to; each is checked as a whole before its COMMIT.
    connection.control("PRAGMA foreign_keys = OFF");
    for (const migration of pending) apply(connection, migration, options.clock);
    return { applied: pending.map(({ version }) => version), snapshot };
  } finally {
    connection.close();
  }
}

function readApplied(connection: Connection): Applied[] {
  connection.script(TABLE);
  return connection.all<Applied>("SELECT version, name, checksum FROM schema_migrations ORDER BY version");
}

function refuseUnknown(applied: readonly Applied[], known: readonly Migration[]): void {
  const newest = applied.at(-1)?.version ?? 0;
  const highest = known.at(-1)?.version ?? 0;
  if (newest > highest) {
    throw new MigrationError(
      "newer",
      `the database has schema ${newest} and this version knows ${highest}: start a newer version, or restore a backup`,
    );
  }
  for (const [index, { version, name, checksum }] of applied.entries()) {
    const migration = known[index];
    if (migration?.version === version && sha256Hex(migration.text) === checksum) continue;
    throw new MigrationError(
      "changed",
      `migration ${version} (${name}) is not the one that this database was made with: start the version that made it`,
    );
  }
}

/** True when there is no table but the one of this file. */
function isEmpty(connection: Connection): boolean {
  const tables = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migrations' LIMIT 1";
  return connection.get(tables) === undefined;
}

/** A whole copy, readable by this user only, under a name that tells what it was made before. */
function takeSnapshot(next: Migration, { database, backups, clock }: MigrateOptions): string {
  makePrivateFolder(backups);
  const time = toInstant(clock.now()).replaceAll(/[-:]|\.\d+/g, "");
  const path = freePath(join(backups, `before-${String(next.version).padStart(4, "0")}-${time}.db`));
  copyDatabase(database, path);
  return path;
}

function freePath(path: string): string {
  if (!existsSync(path)) return path;
  const stem = join(dirname(path), basename(path, ".db"));
  for (let count = 2; ; count += 1) {
    if (!existsSync(`${stem}-${count}.db`)) return `${stem}-${count}.db`;
  }
}

function apply(connection: Connection, { version, name, text }: Migration, clock: Clock): void {
  connection.control("BEGIN IMMEDIATE");
  try {
    connection.script(text);
    if (!connection.inTransaction) throw new Error("it ended its own transaction");
    const orphan = connection.control<{ table: string }>("PRAGMA foreign_key_check");
    if (orphan !== undefined) throw new Error(`rows of ${orphan.table} refer to rows that don't exist`);
    connection.run(
      "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
      [version, name, sha256Hex(text), clock.now()],
    );
    connection.control("COMMIT");
  } catch (cause) {
    if (connection.inTransaction) connection.control("ROLLBACK");
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError("failed", `migration ${version} (${name}) failed: ${why}`, { cause });
  }
}
