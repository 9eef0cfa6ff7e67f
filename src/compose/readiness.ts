import type { Context } from "../domain/context.ts";
import type { Readiness } from "../http/operations.ts";
import { countChannels, touchProbe } from "./readiness-store.ts";

/** Looks whether a message could be stored now. The database was migrated before the server listened. */
export async function readiness({ sql, clock, log }: Context): Promise<Readiness> {
  try {
    await sql.transaction((tx) => touchProbe(tx, clock.now()));
    const channels = await sql.read(countChannels);
    return { ready: true, checks: { database: "writable", migrations: "done", channels } };
  } catch (error) {
    log.warn("not ready", { error });
    return { ready: false, checks: { database: "not writable", migrations: "done" } };
  }
}
