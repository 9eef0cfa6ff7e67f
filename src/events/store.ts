import type { EventType } from "../contract/events.ts";
import type { CompanyId, ConversationId } from "../contract/ids.ts";
import type { Read, Tx } from "../db/sql.ts";

export interface EventRow {
  /** Order of commit over all companies. */
  readonly key: number;
  readonly company_id: CompanyId;
  readonly seq: number;
  readonly type: EventType;
  readonly conversation_id: ConversationId | null;
  /** JSON of `EventData[type]`. */
  readonly data: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Moves the company's head on by one; throws when the company does not exist. */
export async function nextSeq(tx: Tx, companyId: CompanyId): Promise<number> {
  const head = await tx.get<{ seq: number }>("UPDATE event_heads SET seq = seq + 1 WHERE company_id = $1 RETURNING seq", [
    companyId,
  ]);
  if (!head) throw new Error("the company has no event log");
  return head.seq;
}

export async function insertEvent(
  tx: Tx,
  event: {
    readonly companyId: CompanyId;
    readonly seq: number;
    readonly type: EventType;
    readonly conversationId: ConversationId | null;
    readonly data: string;
    readonly at: number;
  },
): Promise<void> {
  await tx.run(
    "INSERT INTO events (company_id, seq, type, conversation_id, data, at) VALUES ($1, $2, $3, $4, $5, $6)",
    [event.companyId, event.seq, event.type, event.conversationId, event.data, event.at],
  );
}

/** `seq`: the newest event; `removed_seq`: the newest one that is no longer kept. */
export async function readHead(tx: Read, companyId: CompanyId): Promise<{ seq: number; removed_seq: number }> {
  const head = await tx.get<{ seq: number; removed_seq: number }>(
    "SELECT seq, removed_seq FROM event_heads WHERE company_id = $1",
    [companyId],
  );
  return head ?? { seq: 0, removed_seq: 0 };
}
