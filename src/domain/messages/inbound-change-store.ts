import type { MessageType } from "../../contract/entities.ts";
import type { CompanyId, ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

export interface Changeable {
  readonly id: MessageId;
  readonly conversation_id: ConversationId;
  readonly contact_id: ContactId;
  readonly message_type: MessageType;
  readonly content: string;
  readonly edited_at: number | null;
  readonly deleted_at: number | null;
}

export function readChangeable(
  tx: Read,
  companyId: CompanyId,
  id: MessageId,
): Promise<Changeable | undefined> {
  return tx.get<Changeable>(
    `SELECT m.id, m.conversation_id, c.contact_id, m.message_type, m.content, m.edited_at, m.deleted_at
     FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.company_id = $1 AND m.id = $2`,
    [companyId, id],
  );
}

export async function writeEdit(
  tx: Tx,
  companyId: CompanyId,
  edit: { readonly id: MessageId; readonly content: string; readonly at: number },
): Promise<void> {
  await tx.run("UPDATE messages SET content = $1, edited_at = $2 WHERE company_id = $3 AND id = $4", [
    edit.content,
    edit.at,
    companyId,
    edit.id,
  ]);
}

/** A sender's reaction; `emoji` empty was taken back, kept so that an older one can't return. */
export interface ReactionRow {
  readonly emoji: string;
  readonly created_at: number;
}

export function readReaction(
  tx: Read,
  of: { readonly messageId: MessageId; readonly senderType: "contact" | "agent"; readonly senderId: string },
): Promise<ReactionRow | undefined> {
  return tx.get<ReactionRow>(
    `SELECT emoji, created_at FROM reactions
     WHERE message_id = $1 AND sender_type = $2 AND sender_id = $3`,
    [of.messageId, of.senderType, of.senderId],
  );
}

export async function writeReaction(
  tx: Tx,
  row: {
    readonly messageId: MessageId;
    readonly senderType: "contact" | "agent";
    readonly senderId: string;
    readonly emoji: string;
    readonly at: number;
  },
): Promise<void> {
  await tx.run(
    `INSERT INTO reactions (message_id, sender_type, sender_id, emoji, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (message_id, sender_type, sender_id)
     DO UPDATE SET emoji = excluded.emoji, created_at = excluded.created_at`,
    [row.messageId, row.senderType, row.senderId, row.emoji, row.at],
  );
}

/** To the contact the business is one person: agents' own reactions give way to one from the phone. */
export async function dropAgentReactions(tx: Tx, messageId: MessageId): Promise<void> {
  await tx.run("DELETE FROM reactions WHERE message_id = $1 AND sender_type = 'agent' AND sender_id <> ''", [
    messageId,
  ]);
}

/** Points a message at the one that it quotes; undefined where it is gone. */
export function writeQuote(
  tx: Tx,
  companyId: CompanyId,
  quote: { readonly id: MessageId; readonly quotedId: MessageId },
): Promise<{ conversation_id: ConversationId } | undefined> {
  return tx.get<{ conversation_id: ConversationId }>(
    "UPDATE messages SET reply_to = $1 WHERE company_id = $2 AND id = $3 RETURNING conversation_id",
    [quote.quotedId, companyId, quote.id],
  );
}
