import type { Caller } from "../../auth/caller.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import { changeConversation } from "../conversations/change.ts";
import { emptyMessage, findShown, withdraw } from "./change-store.ts";
import { attendMessage } from "./see.ts";
import type { MessageRow } from "./store.ts";

/**
 * Deletes what has not reached the contact: a note, a message that is scheduled, waits or failed. It stays in the thread
 * as a tombstone. Agents delete their own, supervisors and admins anybody's.
 * Throws `forbidden`, `not_found`, `not_supported` for what the contact has (no channel can take that back yet),
 * `conflict` for what is on its way.
 */
export async function deleteMessage(
  context: Context,
  caller: Caller,
  ids: { readonly conversationId: ConversationId; readonly messageId: MessageId },
): Promise<void> {
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    const { conversation, message } = await attendMessage(tx, caller, ids);
    if (message.deleted_at !== null) return;
    if (message.sender_type !== "agent") throw new Refusal("not_supported");
    if (message.sender_id !== caller.userId && caller.role === "agent") throw new Refusal("forbidden");
    await requireUnsent(tx, caller, message);
    const shown = await findShown(tx, conversation.id);
    await emptyMessage(tx, caller.companyId, { id: message.id, at });
    const data = { message_id: message.id, conversation_id: conversation.id };
    await append(tx, caller.companyId, { type: "message.deleted", data, at });
    if (shown?.id !== message.id) return;
    await changeConversation(tx, conversation, { patch: { last_message: "" }, by: caller.userId, at });
  });
}

async function requireUnsent(tx: Tx, caller: Caller, message: MessageRow): Promise<void> {
  if (message.message_type === "note") return;
  switch (message.status) {
    case "scheduled":
    case "pending":
      if (await withdraw(tx, caller.companyId, message.id)) return;
      throw new Refusal("conflict", { reason: "on_its_way" });
    case "failed":
      return;
    case "sent":
    case "delivered":
    case "read":
    case "played":
    case "unknown":
      throw new Refusal("not_supported");
  }
}
