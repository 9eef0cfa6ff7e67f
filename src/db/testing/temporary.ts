import { onTestFinished } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openSqlite, type Sqlite, type SqliteOptions } from "../sqlite.ts";

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "balcao-db-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A database with one table, `notes (id, body)`, that is closed with the test. */
export async function openNotes(options: Partial<SqliteOptions> = {}): Promise<Sqlite> {
  const sql = await openSqlite({ path: join(temporaryFolder(), "notes.db"), ...options });
  onTestFinished(() => sql.close());
  await sql.transaction((tx) =>
    tx.run("CREATE TABLE notes (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT"),
  );
  return sql;
}

/** Ids of the stored notes, in order of insertion, as a reader sees them. */
export async function noteIds(sql: Pick<Sqlite, "read">): Promise<string[]> {
  const rows = await sql.read((tx) => tx.all<{ id: string }>("SELECT id FROM notes ORDER BY rowid"));
  return rows.map(({ id }) => id);
}
