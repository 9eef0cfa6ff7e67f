import type { LoggedEvent } from "../../src/contract/events.ts";
import type { CompanyId } from "../../src/contract/ids.ts";
import type { Context } from "../../src/domain/context.ts";
import { fromRow } from "../../src/events/log.ts";
import { readRange } from "../../src/events/store.ts";

/** The company's log from `after` on, in order. */
export async function loggedEvents(
  { sql }: Pick<Context, "sql">,
  companyId: CompanyId,
  after = 0,
): Promise<readonly LoggedEvent[]> {
  const range = { after, upTo: Number.MAX_SAFE_INTEGER, limit: 10_000 };
  return (await sql.read((tx) => readRange(tx, companyId, range))).map(fromRow);
}
