import { parseConfig } from "../../config.ts";
import { createLogger } from "../../lib/logger.ts";
import { password, type UserKey, users } from "../company/people.ts";
import { type RunningDemo, startDemo } from "../demo.ts";
import { ProductApi } from "../product-api.ts";

export interface QuietDemo extends RunningDemo {
  /** The API as a sample user calls it. */
  as(user: UserKey): ProductApi;
  /** Lines of the log from `warn` on. */
  readonly troubles: readonly string[];
}

/** How long a test lets it take: it plays two days, perhaps beside other tests. */
export const startWithinMs = 60_000;

/** A demo on free ports in which nobody writes by themselves. Needs the built pages, as `make test` makes them. */
export async function startQuietDemo(): Promise<QuietDemo> {
  const parsed = parseConfig(["demo", "--port", "0"], {});
  if (!parsed.ok) throw new Error(parsed.message);
  const troubles: string[] = [];
  const log = createLogger({ level: "warn", format: "json", write: (line) => troubles.push(line) });
  const running = await startDemo(parsed.config, { log, isPortGiven: false, quiet: true });
  return {
    ...running,
    troubles,
    as: (user) => new ProductApi(running.url, { email: users[user].email, password }),
  };
}
