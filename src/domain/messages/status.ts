import type { Tx } from "../../db/sql.ts";
import { applyEarly } from "./early.ts";
import { type StatusNews, writeStatus } from "./write-status.ts";

/**
 * Takes news of a message's status, which only climbs, and of its provider's id; then what waited for that id.
 * Appends `message.status`, and `message.updated` where the error or the provider's id changed.
 * Returns whether anything changed; a message that does not exist is left alone.
 */
export async function advanceStatus(tx: Tx, news: StatusNews): Promise<boolean> {
  const { changed, linked } = await writeStatus(tx, news);
  if (linked)
    await applyEarly(tx, { ...linked, companyId: news.companyId, messageId: news.messageId, at: news.at });
  return changed;
}
