import { SQLiteError } from "bun:sqlite";

import { StorageError } from "./sql.ts";

/** Primary result codes: https://sqlite.org/rescode.html; the extended ones have them in the low byte. */
const BUSY = 5;
const FULL = 13;
/** NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, CANTOPEN, PROTOCOL, NOTADB: the statement is not to blame. */
const FAILED = new Set([7, 8, 9, 10, 11, 14, 15, 26]);

/** Turns an error that the disk or another process caused into a `StorageError`; gives back any other as it is. */
export function toStorageError(error: unknown): unknown {
  if (!(error instanceof SQLiteError)) return error;
  const code = error.errno & 0xff;
  if (code === FULL) return new StorageError("full", { cause: error });
  if (code === BUSY) return new StorageError("busy", { cause: error });
  if (FAILED.has(code)) return new StorageError("failed", { cause: error });
  return error;
}
