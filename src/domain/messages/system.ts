import type { MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import type { ConversationRow } from "../conversations/store.ts";
import { nextPosition } from "./position.ts";
import { insertMessage } from "./store.ts";

/** What the system itself says in a thread. */
export interface SystemMessage {
  /** Made outside of the transaction. */
  readonly id: MessageId;
  /** In the company's language. */
  readonly content: string;
  /** The same for programs. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Milliseconds. */
  readonly at: number;
}

/**
 * Writes a system message; it is nobody's activity and never the conversation's last message. Returns what the
 * conversation's row must take over.
 */
export async function insertSystemMessage(
  tx: Tx,
  conversation: ConversationRow,
  message: SystemMessage,
): Promise<Pick<ConversationRow, "last_position">> {
  const position = nextPosition(conversation.last_position, message.at);
  await insertMessage(tx, {
    id: message.id,
    companyId: conversation.company_id,
    conversationId: conversation.id,
    channelId: conversation.channel_id,
    senderType: "system",
    senderId: null,
    senderName: "",
    direction: "out",
    messageType: "system",
    content: message.content,
    metadata: message.metadata,
    status: "sent",
    position,
    createdAt: message.at,
  });
  const data = { message_id: message.id, conversation_id: conversation.id };
  await append(tx, conversation.company_id, { type: "message.created", data, at: message.at });
  return { last_position: position };
}
