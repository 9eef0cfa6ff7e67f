import type { Caller } from "../../auth/caller.ts";
import type { Message, MessageType } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { CompanyId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { attendConversation } from "../conversations/see.ts";
import type { ConversationRow } from "../conversations/store.ts";
import { loadMessages, type MessageRow, readMessageRow } from "./store.ts";

/** For those who attend only (realtime.md, "Private notes"). */
export const internalTypes: readonly MessageType[] = ["note", "reaction", "system"];

/** A message that was just written or read, whole. */
export async function requireMessage(tx: Read, companyId: CompanyId, id: MessageId): Promise<Message> {
  const message = (await loadMessages(tx, companyId, [id])).get(id);
  if (!message) throw new Error("a message is gone within its own transaction");
  return message;
}

/** A message that the caller is going to act on. Throws `forbidden`, `not_found`. */
export async function attendMessage(
  tx: Read,
  caller: Caller,
  ids: { readonly conversationId: ConversationId; readonly messageId: MessageId },
): Promise<{ readonly conversation: ConversationRow; readonly message: MessageRow }> {
  const conversation = await attendConversation(tx, caller, ids.conversationId);
  const message = await readMessageRow(tx, caller.companyId, ids.messageId);
  if (message?.conversation_id !== conversation.id) throw new Refusal("not_found");
  return { conversation, message };
}
