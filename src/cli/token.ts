import { tokenFor } from "../auth/sessions.ts";
import { openSharedStorage } from "../compose/storage.ts";
import type { Config } from "../config.ts";
import { Refusal } from "../contract/errors.ts";
import type { Logger } from "../lib/logger.ts";

/** `balcao token --email E`: prints an access token of that user, which hangs on a session that can be revoked. Exit code 1 when there is no such user. */
export async function token(config: Config, log: Logger, email: string): Promise<number> {
  const storage = await openSharedStorage(config.dataDir, { log });
  try {
    process.stdout.write(`${await tokenFor(storage.context, email)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`balcao: no active user has the address ${email}\n`);
    return 1;
  } finally {
    await storage.close();
  }
}
