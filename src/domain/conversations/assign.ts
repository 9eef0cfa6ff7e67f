import type { Caller } from "../../auth/caller.ts";
import type { Conversation } from "../../contract/entities.ts";
import type { ConversationId, NotificationId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { notify } from "../notifications/notify.ts";
import { changeConversation } from "./change.ts";
import { requireOne } from "./get.ts";
import { requireAttendant } from "./named.ts";
import { readLocale } from "./people-store.ts";
import { attendConversation } from "./see.ts";
import { statusAfterAssign } from "./status.ts";
import type { ConversationRow } from "./store.ts";
import { words } from "./words.ts";

/**
 * Gives a conversation to somebody who attends, or (null) takes it away. A finished one that is given is open again.
 * Throws `forbidden`, `not_found`, `invalid_request`, `conversation_open`.
 */
export async function assign(
  context: Context,
  caller: Caller,
  input: { readonly conversationId: ConversationId; readonly assigneeId: UserId | null },
): Promise<Conversation> {
  const at = context.clock.now();
  const { assigneeId } = input;
  const notificationId = newId<NotificationId>();
  return context.sql.transaction(async (tx) => {
    const before = await attendConversation(tx, caller, input.conversationId);
    if (assigneeId !== null) await requireAttendant(tx, caller.companyId, assigneeId);
    const status = statusAfterAssign(before.status, assigneeId);
    const patch = { assignee_id: assigneeId, status };
    const after = await changeConversation(tx, before, { patch, by: caller.userId, at });
    if (assigneeId !== before.assignee_id) {
      await notifyAssigned(tx, caller, { id: notificationId, conversation: after, at });
    }
    return requireOne(tx, caller.companyId, after);
  });
}

/** Tells the assignee, unless it was his own doing. */
export async function notifyAssigned(
  tx: Tx,
  caller: Caller,
  {
    id,
    conversation,
    at,
  }: { readonly id: NotificationId; readonly conversation: ConversationRow; readonly at: number },
): Promise<void> {
  const userId = conversation.assignee_id;
  if (userId === null || userId === caller.userId) return;
  const locale = await readLocale(tx, caller.companyId);
  const text = words[locale].assigned(conversation.number, caller.name);
  const data = { conversation_id: conversation.id };
  await notify(tx, caller.companyId, { id, userId, kind: "assigned", text, data, at });
}
