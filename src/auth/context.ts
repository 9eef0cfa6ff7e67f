import type { DataKey } from "../db/data-key.ts";
import type { Sql } from "../db/sql.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { Revocations } from "./revocations.ts";

/** The part of the domain's `Context` that signing in needs; `auth` stands below `domain` and can't name that one. */
export interface AuthContext {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Logger;
  readonly key: DataKey;
  readonly revocations: Revocations;
}
