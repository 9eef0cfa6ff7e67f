import { setupCodeIn } from "../auth/setup-code.ts";
import { openSharedStorage } from "../compose/storage.ts";
import type { Config, NewCompany } from "../config.ts";
import { Refusal } from "../contract/errors.ts";
import { createCompany } from "../domain/companies/create.ts";
import type { Logger } from "../lib/logger.ts";

/**
 * `balcao setup` and `balcao company add`: makes a company with its admin and prints the ids as JSON. Exit code 2, with
 * a line that says so, when `setup` finds a company or the e-mail address has an account.
 */
export async function setup(
  config: Config,
  log: Logger,
  { company, onlyAsFirst }: { readonly company: NewCompany; readonly onlyAsFirst: boolean },
): Promise<number> {
  const storage = await openSharedStorage(config.dataDir, { log });
  try {
    const created = await createCompany(storage.context, company, { onlyAsFirst });
    setupCodeIn(storage.folder).remove();
    const ids = { company_id: created.companyId, user_id: created.userId, queue_id: created.queueId };
    process.stdout.write(`${JSON.stringify(ids)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`balcao: ${error.message}\n`);
    return 2;
  } finally {
    await storage.close();
  }
}
