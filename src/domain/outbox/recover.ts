import type { Context } from "../context.ts";
import { advanceStatus } from "../messages/status.ts";
import { endClaim, findClaimed } from "./store.ts";

const PAGE = 200;
const lost = { code: "interrupted", message: "The server stopped before an answer came.", retryable: true };

/**
 * Before anything is sent after a start: what the process before had claimed may have left, so it becomes `unknown`
 * and waits for its status webhook or for an agent. Returns how many there were.
 */
export async function recoverClaimed(context: Context): Promise<number> {
  const at = context.clock.now();
  let count = 0;
  for (;;) {
    const done = await context.sql.transaction(async (tx) => {
      const rows = await findClaimed(tx, PAGE);
      for (const row of rows) {
        await endClaim(tx, row.id, { state: "unknown", dueAt: at, error: lost.code, counts: true });
        if (row.kind === "reaction") continue;
        const { company_id: companyId, message_id: messageId } = row;
        await advanceStatus(tx, { companyId, messageId, status: "unknown", error: lost, at });
      }
      return rows.length;
    });
    count += done;
    if (done < PAGE) return count;
  }
}
