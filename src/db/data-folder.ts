import { chmodSync } from "node:fs";
import { join, resolve } from "node:path";

import { type DataKey, loadDataKey } from "./data-key.ts";
import { makePrivateFolder } from "./files.ts";
import { lockFolder } from "./folder-lock.ts";

/** Everything that an installation owns, in one folder that only its user can enter. Paths are absolute. */
export interface DataFolder {
  readonly path: string;
  readonly database: string;
  /** Folder of the attachments. */
  readonly files: string;
  readonly backups: string;
  readonly key: DataKey;
  /** Lets another process have the folder. To be called last. */
  close(): void;
}

/**
 * Opens the data folder for this process alone; creates what is missing (folder 0700, key 0600).
 * Throws `FolderInUse`, or an `Error` with a message for people when the folder or its key can't be used.
 */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const database = join(path, "balcao.db");
  makePrivateFolder(path);
  chmodSync(path, 0o700);
  const close = lockFolder(path);
  try {
    const backups = join(path, "backups");
    const files = join(path, "files");
    makePrivateFolder(backups);
    makePrivateFolder(files);
    return { path, database, files, backups, key: loadDataKey(join(path, "secret.key"), database), close };
  } catch (error) {
    close();
    throw error;
  }
}
