import type { ChannelId, CompanyId, ContactId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import { conversationColumns, type ConversationRow } from "./store.ts";

/** A contact's open conversation on a channel: there is at most one. */
export function readOpen(
  tx: Read,
  companyId: CompanyId,
  of: { readonly contactId: ContactId; readonly channelId: ChannelId },
): Promise<ConversationRow | undefined> {
  return tx.get<ConversationRow>(
    `SELECT ${conversationColumns} FROM conversations c
     WHERE c.company_id = $1 AND c.contact_id = $2 AND c.channel_id = $3 AND c.status NOT IN ('resolved', 'closed')`,
    [companyId, of.contactId, of.channelId],
  );
}

/** A contact's open conversation on a channel, else the one with the newest activity. */
export function readLatest(
  tx: Read,
  companyId: CompanyId,
  of: { readonly contactId: ContactId; readonly channelId: ChannelId },
): Promise<ConversationRow | undefined> {
  return tx.get<ConversationRow>(
    `SELECT ${conversationColumns} FROM conversations c
     WHERE c.company_id = $1 AND c.contact_id = $2 AND c.channel_id = $3
     ORDER BY c.status IN ('resolved', 'closed'), c.activity_at DESC, c.id DESC LIMIT 1`,
    [companyId, of.contactId, of.channelId],
  );
}

/** Counts the company's conversations up by one. Throws when the company does not exist. */
export async function takeNumber(tx: Tx, companyId: CompanyId): Promise<number> {
  const row = await tx.get<{ last_number: number }>(
    "UPDATE companies SET last_number = last_number + 1 WHERE id = $1 RETURNING last_number",
    [companyId],
  );
  if (!row) throw new Error("the company does not exist");
  return row.last_number;
}

/** The company's setting, in hours. */
export async function readReopenHours(tx: Read, companyId: CompanyId): Promise<number> {
  const row = await tx.get<{ reopen_hours: number }>("SELECT reopen_hours FROM companies WHERE id = $1", [
    companyId,
  ]);
  return row?.reopen_hours ?? 0;
}

/** Writes a conversation without messages. The caller has seen that no other one is open. */
export async function insertConversation(tx: Tx, row: ConversationRow): Promise<void> {
  await tx.run(
    `INSERT INTO conversations (id, company_id, number, contact_id, channel_id, queue_id, assignee_id, status, priority,
       subject, description, activity_at, window_expires_at, resolved_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
    [
      row.id,
      row.company_id,
      row.number,
      row.contact_id,
      row.channel_id,
      row.queue_id,
      row.assignee_id,
      row.status,
      row.priority,
      row.subject,
      row.description,
      row.activity_at,
      row.window_expires_at,
      row.resolved_at,
      row.created_at,
    ],
  );
}
