import type { Caller } from "../../auth/caller.ts";
import type { Conversation } from "../../contract/entities.ts";
import type { CompanyId, ConversationId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { readSnapshot, type Snapshot } from "../../events/snapshot.ts";
import type { Context } from "../context.ts";
import { seeConversation } from "./see.ts";
import { completeConversations, type ConversationRow } from "./store.ts";

/** One conversation. Throws `not_found` where the caller may not see it. */
export function getConversation(
  context: Context,
  caller: Caller,
  id: ConversationId,
): Promise<Snapshot<Conversation>> {
  return readSnapshot(context.sql, caller.companyId, async (tx) =>
    requireOne(tx, caller.companyId, await seeConversation(tx, caller, id)),
  );
}

/** Makes a row that was just read a whole entity. */
export async function requireOne(
  tx: Read,
  companyId: CompanyId,
  row: ConversationRow,
): Promise<Conversation> {
  const [conversation] = await completeConversations(tx, companyId, [row]);
  // A conversation's contact is there as long as the conversation is: the schema says so.
  if (!conversation) throw new Error("a conversation without its contact");
  return conversation;
}
