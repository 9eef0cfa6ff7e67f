import { closeSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import { Connection } from "./connection.ts";
import { syncPath } from "./files.ts";

/**
 * Writes a whole, compact copy of the database as it is now, for its owner only, to a path where nothing is yet.
 * Nobody who uses the database is held up; this thread is, until the copy is on the disk. Throws `StorageError`, or the
 * file system's error, and then leaves no copy.
 */
export function copyDatabase(database: string, target: string): void {
  // VACUUM INTO fills an empty file, so that the copy never exists with other rights.
  closeSync(openSync(target, "wx", 0o600));
  try {
    const connection = new Connection(database, "read-only");
    try {
      connection.copyInto(target);
    } finally {
      connection.close();
    }
    syncPath(target);
    syncPath(dirname(target));
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}
