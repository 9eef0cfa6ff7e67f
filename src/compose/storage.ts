import { existsSync } from "node:fs";

import { createRevocations } from "../auth/revocations.ts";
import { BlobFiles } from "../db/blob-files.ts";
import { type DataFolder, dataPaths, openDataFolder } from "../db/data-folder.ts";
import { loadDataKey } from "../db/data-key.ts";
import { FolderInUse } from "../db/folder-lock.ts";
import { migrate } from "../db/migrate.ts";
import { migrations } from "../db/migrations/index.ts";
import { openSqlite } from "../db/sqlite.ts";
import type { Context } from "../domain/context.ts";
import { ensureEpoch } from "../events/store.ts";
import { type Clock, systemClock } from "../lib/clock.ts";
import { randomToken } from "../lib/ids.ts";
import type { Logger } from "../lib/logger.ts";
import { noMetrics } from "../lib/metrics.ts";

/** The data of an installation, open for use. */
export interface Storage {
  readonly context: Context;
  /** Absolute path of the data folder, and of the database in it. */
  readonly folder: string;
  readonly database: string;
  close(): Promise<void>;
}

export interface StorageOptions {
  readonly log: Logger;
  /** Called after each commit that changed something. */
  readonly onCommit?: () => void;
  /** For the benchmark that shows what sharing a commit is worth. */
  readonly groupCommit?: boolean;
  /** The real one unless told; the demo plays the last two days with its own. */
  readonly clock?: Clock;
}

/**
 * Opens the data folder for this process alone: creates what is missing, snapshots and migrates the database.
 * Throws `FolderInUse`, `MigrationError`, `StorageError`.
 */
export async function openStorage(dataDir: string, options: StorageOptions): Promise<Storage> {
  const folder = openDataFolder(dataDir);
  try {
    const { database, backups } = folder;
    const { applied, snapshot } = migrate({ database, backups, migrations, clock: systemClock });
    if (applied.length > 0) options.log.info("the database was brought up to date", { applied, snapshot });
    return await open(folder, options);
  } catch (error) {
    folder.close();
    throw error;
  }
}

/** The same for a short command, which may run beside the server on the same folder. */
export async function openSharedStorage(dataDir: string, options: StorageOptions): Promise<Storage> {
  try {
    return await openStorage(dataDir, options);
  } catch (error) {
    const { keyFile, ...paths } = dataPaths(dataDir);
    // The server that holds the folder has migrated it.
    if (!(error instanceof FolderInUse) || !existsSync(paths.database)) throw error;
    const key = loadDataKey(keyFile, paths.database);
    return open({ ...paths, key, close: () => undefined }, options);
  }
}

async function open(folder: DataFolder, options: StorageOptions): Promise<Storage> {
  const { log, onCommit, groupCommit, clock = systemClock } = options;
  const sql = await openSqlite({
    path: folder.database,
    log,
    ...(onCommit ? { onCommit } : {}),
    ...(groupCommit === undefined ? {} : { groupCommit }),
  });
  await sql.transaction((tx) => ensureEpoch(tx, randomToken()));
  const blobs = await BlobFiles.open(folder.files);
  return {
    context: {
      sql,
      blobs,
      log,
      clock,
      key: folder.key,
      metrics: noMetrics,
      revocations: createRevocations(),
    },
    folder: folder.path,
    database: folder.database,
    async close() {
      await sql.close();
      folder.close();
    },
  };
}
