import type { ChannelId, CompanyId } from "../../contract/ids.ts";
import type { Context } from "../context.ts";
import { advanceStatus } from "../messages/status.ts";
import { failDue, findDue } from "./store.ts";

const PAGE = 200;
const gone = { code: "channel_deleted", message: "The channel was deleted.", retryable: false };

/** Fails everything that waits on a channel that is gone, scheduled messages too; page by page, so that nothing else waits. */
export async function failWaiting(
  context: Context,
  companyId: CompanyId,
  channelId: ChannelId,
): Promise<void> {
  const at = context.clock.now();
  for (;;) {
    const failed = await context.sql.transaction(async (tx) => {
      const rows = await findDue(tx, companyId, { channelId, limit: PAGE });
      for (const { id, kind, message_id: messageId } of rows) {
        await failDue(tx, id, gone.code);
        if (kind === "reaction") continue;
        await advanceStatus(tx, { companyId, messageId, status: "failed", error: gone, at });
      }
      return rows.length;
    });
    if (failed < PAGE) return;
  }
}
