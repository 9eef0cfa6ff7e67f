import type { ChannelId, CompanyId, ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { insertRow } from "./store.ts";

/** What has to leave. A message is read from its own row when it is sent; a reaction is nowhere else. */
export type OutboxPayload =
  | { readonly kind: "message" }
  /** `emoji` empty takes the reaction back. */
  | { readonly kind: "reaction"; readonly emoji: string };

export interface NewOutboxRow {
  /** Made outside of the transaction; rows leave in the order of their ids. */
  readonly id: string;
  readonly companyId: CompanyId;
  readonly channelId: ChannelId;
  readonly conversationId: ConversationId;
  readonly contactId: ContactId;
  /** What is sent, or what the reaction is about. */
  readonly messageId: MessageId;
  readonly payload: OutboxPayload;
  /** Milliseconds; `send_at` for what is scheduled. */
  readonly dueAt: number;
  readonly at: number;
}

/**
 * Puts a message or a reaction into the outbox, in the transaction that makes it (channels.md, "Outbox").
 * A message that is sent again after a failure gets a new row.
 */
export async function enqueue(tx: Tx, row: NewOutboxRow): Promise<void> {
  await insertRow(tx, row);
}
