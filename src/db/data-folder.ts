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

/** Where everything stands in a data folder. */
export function dataPaths(folder: string): Omit<DataFolder, "key" | "close"> & { readonly keyFile: string } {
  const path = resolve(folder);
  return {
    path,
    database: join(path, "balcao.db"),
    files: join(path, "files"),
    backups: join(path, "backups"),
    keyFile: join(path, "secret.key"),
  };
}

/**
 * Opens the data folder for this process alone; creates what is missing (folder 0700, key 0600).
 * Throws `FolderInUse`, or an `Error` with a message for people when the folder or its key can't be used.
 */
export function openDataFolder(folder: string): DataFolder {
  const { keyFile, ...paths } = dataPaths(folder);
  const { path, database, files, backups } = paths;
  makePrivateFolder(path);
  chmodSync(path, 0o700);
  const close = lockFolder(path);
  try {
    makePrivateFolder(backups);
    makePrivateFolder(files);
    return { ...paths, key: loadDataKey(keyFile, database), close };
  } catch (error) {
    close();
    throw error;
  }
}
