import type { Revocations } from "../auth/revocations.ts";
import type { BlobFiles } from "../db/blob-files.ts";
import type { DataKey } from "../db/data-key.ts";
import type { Sql } from "../db/sql.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { Metrics } from "../lib/metrics.ts";

/** What every action of the domain may use. Built once, in `compose/`; tests build it over a temporary folder. */
export interface Context {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Logger;
  /** Attachments, by content hash. */
  readonly blobs: BlobFiles;
  /** The key file: seals channel secrets, and other keys are derived from it. */
  readonly key: DataKey;
  /** Counts what the metrics page shows. */
  readonly metrics: Metrics;
  /** Tells open connections that their session or key is over. */
  readonly revocations: Revocations;
}
