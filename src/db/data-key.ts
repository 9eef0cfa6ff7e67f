import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { syncPath } from "./files.ts";

declare const brand: unique symbol;

/** The 32 random bytes of the data folder's `secret.key`. Every other key is derived from it (see secrets.ts). */
export type DataKey = Uint8Array & { readonly [brand]: "DataKey" };

const KEY_BYTES = 32;

/**
 * Reads the key file, or creates it (mode 0600) when there is none. An existing one is never written to.
 * Throws an `Error` for people when it is damaged, or is missing beside `database`, which only it can unseal.
 */
export function loadDataKey(path: string, database: string): DataKey {
  if (!existsSync(path)) {
    if (existsSync(database)) {
      throw new Error(`${path} is missing, and secrets in ${database} need it: put it back from a backup`);
    }
    createKeyFile(path);
  }
  chmodSync(path, 0o600);
  const bytes: Uint8Array = readFileSync(path);
  if (!isDataKey(bytes))
    throw new Error(`${path} is damaged (${bytes.length} bytes, not 32): put it back from a backup`);
  return bytes;
}

function isDataKey(bytes: Uint8Array): bytes is DataKey {
  return bytes.length === KEY_BYTES;
}

/** Written aside and linked into place: a crash leaves the whole key or none, and another's key is not replaced. */
function createKeyFile(path: string): void {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, randomBytes(KEY_BYTES), { mode: 0o600, flag: "wx", flush: true });
  linkSync(draft, path);
  rmSync(draft);
  syncPath(dirname(path));
}
