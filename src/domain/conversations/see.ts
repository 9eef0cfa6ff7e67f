import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { maySee } from "../../events/audience.ts";
import { type ConversationRow, readConversationRow } from "./store.ts";

/** The conversation's row, if the caller may see it. Throws `not_found`, the same for one that does not exist. */
export async function seeConversation(
  tx: Read,
  caller: Caller,
  id: ConversationId,
): Promise<ConversationRow> {
  const row = await readConversationRow(tx, caller.companyId, id);
  if (!row || !maySee(caller, row)) throw new Refusal("not_found");
  return row;
}

/** The same for somebody who is going to act on it. Throws `forbidden` for viewers, `not_found`. */
export function attendConversation(tx: Read, caller: Caller, id: ConversationId): Promise<ConversationRow> {
  requirePermission(caller, "attend");
  return seeConversation(tx, caller, id);
}
