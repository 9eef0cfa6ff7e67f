import type { CompanyId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { changeConversation } from "../conversations/change.ts";
import { isOpen, statusAfterReply } from "../conversations/status.ts";
import { readConversationRow } from "../conversations/store.ts";
import { preview } from "./preview.ts";
import { readMessageRow } from "./store.ts";

/**
 * A scheduled message leaves: from now on it is an agent's reply like any other. A conversation that was finished
 * meanwhile stays finished, since nobody is there to be told that another one is open. `at` in milliseconds.
 */
export async function scheduledLeaves(
  tx: Tx,
  companyId: CompanyId,
  of: { readonly conversationId: ConversationId; readonly messageId: MessageId; readonly at: number },
): Promise<void> {
  const { at } = of;
  const conversation = await readConversationRow(tx, companyId, of.conversationId);
  const message = await readMessageRow(tx, companyId, of.messageId);
  if (!conversation || !message) return;
  const { status } = conversation;
  const patch = {
    last_message: preview(message.message_type, message.content),
    last_message_at: at,
    activity_at: at,
    status: isOpen(status) ? statusAfterReply(status) : status,
  };
  await changeConversation(tx, conversation, { patch, by: null, at });
}
