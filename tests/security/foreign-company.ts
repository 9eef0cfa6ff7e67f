import type { ContactId, ConversationId, MessageId } from "../../src/contract/ids.ts";
import type { Context } from "../../src/domain/context.ts";
import { newId } from "../../src/lib/ids.ts";
import type { SeededCompany } from "../support/company.ts";

/** A conversation with one message, everything in it named by `word`: rows only. */
export async function seedConversation(
  context: Pick<Context, "sql">,
  company: SeededCompany,
  word: string,
): Promise<{ conversationId: ConversationId; contactId: ContactId; messageId: MessageId }> {
  const ids = {
    contactId: newId<ContactId>(),
    conversationId: newId<ConversationId>(),
    messageId: newId<MessageId>(),
  };
  const { contactId, conversationId, messageId } = ids;
  await context.sql.transaction(async (tx) => {
    await tx.run(
      "INSERT INTO contacts (id, company_id, name, phone, created_at) VALUES ($1, $2, $3, $4, 0)",
      [contactId, company.id, word, "+5511987654321"],
    );
    await tx.run(
      `INSERT INTO conversations (id, company_id, number, contact_id, channel_id, queue_id, status, subject,
         last_message, last_position, activity_at, created_at, updated_at)
       VALUES ($1, $2, 1, $3, $4, $5, 'active', $6, $6, 1, 0, 0, 0)`,
      [conversationId, company.id, contactId, company.channelId, company.queueId, word],
    );
    await tx.run(
      `INSERT INTO messages (id, company_id, conversation_id, channel_id, sender_type, sender_id, sender_name,
         direction, message_type, content, external_id, status, position, created_at)
       VALUES ($1, $2, $3, $4, 'contact', $5, $6, 'in', 'text', $6, $6, 'delivered', 1, 0)`,
      [messageId, company.id, conversationId, company.channelId, contactId, word],
    );
  });
  return ids;
}
