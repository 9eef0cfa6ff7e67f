import type { Caller } from "../../auth/caller.ts";
import type { Conversation } from "../../contract/entities.ts";
import type { ConversationId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { attends } from "../../events/audience.ts";
import type { Context } from "../context.ts";
import { requireOne } from "./get.ts";
import { seeConversation } from "./see.ts";
import type { ConversationRow } from "./store.ts";
import { saveConversation } from "./write-store.ts";

/**
 * The caller has read the conversation. It counts when the assignee reads, or anyone who attends if there is none
 * (http.md, "Entities"): then nothing is unread, and what came from the contact is `read`, by one position and one
 * event however many messages there are. Somebody else's reading, and a viewer's, changes nothing. Throws `not_found`.
 */
export async function markRead(context: Context, caller: Caller, id: ConversationId): Promise<Conversation> {
  const at = context.clock.now();
  return context.sql.transaction(async (tx) => {
    const before = await seeConversation(tx, caller, id);
    const after = counts(caller, before) ? await readUpToNow(tx, before, { by: caller, at }) : before;
    return requireOne(tx, caller.companyId, after);
  });
}

function counts(caller: Caller, { assignee_id }: ConversationRow): boolean {
  return attends(caller.role) && (assignee_id === null || assignee_id === caller.userId);
}

async function readUpToNow(
  tx: Tx,
  before: ConversationRow,
  { by, at }: { readonly by: Caller; readonly at: number },
): Promise<ConversationRow> {
  if (before.unread_count === 0 && before.read_position >= before.last_position) return before;
  const after = { ...before, unread_count: 0, read_position: before.last_position };
  await saveConversation(tx, after);
  const data = { conversation_id: after.id, by: by.userId, position: after.read_position };
  await append(tx, after.company_id, { type: "conversation.read", data, at });
  return after;
}
