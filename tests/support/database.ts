import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createRevocations } from "../../src/auth/revocations.ts";
import { BlobFiles } from "../../src/db/blob-files.ts";
import { openDataFolder } from "../../src/db/data-folder.ts";
import { migrate } from "../../src/db/migrate.ts";
import { migrations } from "../../src/db/migrations/index.ts";
import { openSqlite, type Sqlite } from "../../src/db/sqlite.ts";
import type { Context } from "../../src/domain/context.ts";
import { ensureEpoch } from "../../src/events/store.ts";
import { manualClock } from "../../src/lib/clock.ts";
import { randomToken } from "../../src/lib/ids.ts";
import { silentLogger } from "../../src/lib/logger.ts";
import { noMetrics } from "../../src/lib/metrics.ts";

export interface TestContext extends Context {
  readonly sql: Sqlite;
  readonly clock: ReturnType<typeof manualClock>;
  readonly folder: string;
  /** Called after each commit, as the server does with its bus. */
  onCommit: () => void;
  dispose(): Promise<void>;
}

/** A context over a real database in a folder of its own, with a clock that the test moves. Dispose of it after. */
export async function testContext(): Promise<TestContext> {
  const folder = await mkdtemp(join(tmpdir(), "balcao-test-"));
  const data = openDataFolder(folder);
  const clock = manualClock();
  migrate({ database: data.database, backups: data.backups, migrations, clock });
  const sql = await openSqlite({ path: data.database, onCommit: () => context.onCommit() });
  const context: TestContext = {
    sql,
    clock,
    log: silentLogger,
    blobs: await BlobFiles.open(data.files),
    key: data.key,
    metrics: noMetrics,
    revocations: createRevocations(),
    folder,
    onCommit: () => undefined,
    async dispose() {
      await sql.close();
      data.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await sql.transaction((tx) => ensureEpoch(tx, randomToken()));
  return context;
}
