import type { MessageError, MessageStatus } from "../../contract/entities.ts";
import type { ChannelId, CompanyId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

export interface StatusRow {
  readonly id: MessageId;
  readonly conversation_id: ConversationId;
  readonly channel_id: ChannelId;
  readonly status: MessageStatus;
  readonly external_id: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly error_retryable: number | null;
}

export function readStatus(tx: Read, companyId: CompanyId, id: MessageId): Promise<StatusRow | undefined> {
  return tx.get<StatusRow>(
    `SELECT id, conversation_id, channel_id, status, external_id, error_code, error_message, error_retryable
     FROM messages
     WHERE company_id = $1 AND id = $2`,
    [companyId, id],
  );
}

export async function writeStatusRow(
  tx: Tx,
  companyId: CompanyId,
  change: {
    readonly id: MessageId;
    readonly status: MessageStatus;
    readonly error: MessageError | null;
    readonly externalId: string | null;
  },
): Promise<void> {
  const { error } = change;
  await tx.run(
    `UPDATE messages SET status = $1, error_code = $2, error_message = $3, error_retryable = $4, external_id = $5
     WHERE company_id = $6 AND id = $7`,
    [
      change.status,
      error?.code ?? null,
      error?.message ?? null,
      error === null ? null : Number(error.retryable),
      change.externalId,
      companyId,
      change.id,
    ],
  );
}

/** The provider told what became of a request that nobody knew the end of: the outbox need not ask an agent any more. */
export async function settleUnknownSend(
  tx: Tx,
  companyId: CompanyId,
  of: { readonly messageId: MessageId; readonly failed: boolean },
): Promise<void> {
  await tx.run(
    `UPDATE outbox SET state = $1
     WHERE company_id = $2 AND message_id = $3 AND kind = 'message' AND state = 'unknown'`,
    [of.failed ? "failed" : "done", companyId, of.messageId],
  );
}
