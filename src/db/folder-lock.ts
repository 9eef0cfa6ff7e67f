import { Database } from "bun:sqlite";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { makePrivateFile } from "./files.ts";
import { StorageError } from "./sql.ts";
import { toStorageError } from "./sqlite-errors.ts";

/** Another server has the data folder. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
  constructor(folder: string, pid: string) {
    super(`${folder} is in use by the process ${pid}: stop it, or give this one another folder`);
  }
}

/** Keeps held locks from the garbage collector, which would release them. */
const held = new Set<Database>();

/**
 * Takes the folder for this process; returns the function that lets go of it. Throws `FolderInUse`.
 *
 * SQLite's own lock on an empty file: unlike a file with a pid in it, the system drops it however the process ends,
 * and no later process that got the same pid can be mistaken for its holder. The pid is kept for the message only.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "server.lock");
  const pidFile = join(folder, "server.pid");
  makePrivateFile(file);
  const database = new Database(file, { readwrite: true, create: false });
  try {
    database.run("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close(true);
    const cause = toStorageError(error);
    if (cause instanceof StorageError && cause.reason === "busy")
      throw new FolderInUse(folder, pidIn(pidFile));
    throw cause;
  }
  writeFileSync(pidFile, String(process.pid), { mode: 0o600 });
  held.add(database);
  return () => {
    held.delete(database);
    database.close(true);
  };
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, "utf8").slice(0, 20);
  } catch {
    return "(unknown)";
  }
}
