import { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Reads a database exactly as a dead process left it, from a copy, so that what the next start has to cope with stays
 * as it is. `look` gets the copy after SQLite's own recovery.
 */
export async function inCopy<T>(database: string, look: (copy: Database) => T): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "balcao-copy-"));
  try {
    const copy = join(folder, "copy.db");
    for (const suffix of ["", "-wal"]) {
      if (existsSync(database + suffix)) await copyFile(database + suffix, copy + suffix);
    }
    using opened = new Database(copy);
    return look(opened);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `ok`, or what SQLite finds wrong. */
export function integrityOf(copy: Database): string {
  return copy.query<{ integrity_check: string }, []>("PRAGMA integrity_check").get()?.integrity_check ?? "?";
}

/** Contents of all messages, in the order of their conversations' threads. */
export function storedTexts(copy: Database): readonly string[] {
  return copy
    .query<{ content: string }, []>("SELECT content FROM messages WHERE direction = 'in'")
    .all()
    .map(({ content }) => content);
}
