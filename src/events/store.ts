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

/** Moves the company's head on by `count`; returns where it is now. Throws when the company does not exist. */
export async function moveHead(tx: Tx, companyId: CompanyId, count: number): Promise<number> {
  // Two statements: RETURNING makes a table for its rows, which takes three times as long as both.
  await tx.run("UPDATE event_heads SET seq = seq + $1 WHERE company_id = $2", [count, companyId]);
  const head = await tx.get<{ seq: number }>("SELECT seq FROM event_heads WHERE company_id = $1", [
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
export async function readHead(
  tx: Read,
  companyId: CompanyId,
): Promise<{ seq: number; removed_seq: number }> {
  const head = await tx.get<{ seq: number; removed_seq: number }>(
    "SELECT seq, removed_seq FROM event_heads WHERE company_id = $1",
    [companyId],
  );
  return head ?? { seq: 0, removed_seq: 0 };
}

/** The database's identity: new for each database, and after a restore. Throws when the database was not prepared. */
export async function readEpoch(tx: Read): Promise<string> {
  const row = await tx.get<{ value: string }>("SELECT value FROM meta WHERE key = 'epoch'");
  if (!row) throw new Error("the database has no epoch");
  return row.value;
}

/** Gives a new database its epoch; keeps the one that is there. */
export async function ensureEpoch(tx: Tx, epoch: string): Promise<void> {
  await tx.run("INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT (key) DO NOTHING", [epoch]);
}

const columns = "key, company_id, seq, type, conversation_id, data, at";

/** The newest event over all companies, by order of commit; 0 when there is none. */
export async function readLastKey(tx: Read): Promise<number> {
  const row = await tx.get<{ key: number }>("SELECT COALESCE(MAX(key), 0) AS key FROM events");
  return row?.key ?? 0;
}

/** The head of every company. */
export async function readHeads(tx: Read): Promise<{ company_id: CompanyId; seq: number }[]> {
  return tx.all("SELECT company_id, seq FROM event_heads");
}

/** What was committed after `key`, in order, over all companies. */
export async function readAfterKey(tx: Read, key: number, limit: number): Promise<EventRow[]> {
  return tx.all(`SELECT ${columns} FROM events WHERE key > $1 ORDER BY key LIMIT $2`, [key, limit]);
}

/** A company's events with `after` < `seq` ≤ `upTo`, in order. */
export async function readRange(
  tx: Read,
  companyId: CompanyId,
  range: { readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<EventRow[]> {
  return tx.all(
    `SELECT ${columns} FROM events WHERE company_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`,
    [companyId, range.after, range.upTo, range.limit],
  );
}

/** The same for one conversation. */
export async function readConversationRange(
  tx: Read,
  companyId: CompanyId,
  range: {
    readonly conversationId: ConversationId;
    readonly after: number;
    readonly upTo: number;
    readonly limit: number;
  },
): Promise<EventRow[]> {
  return tx.all(
    `SELECT ${columns} FROM events WHERE company_id = $1 AND conversation_id = $2 AND seq > $3 AND seq <= $4
     ORDER BY seq LIMIT $5`,
    [companyId, range.conversationId, range.after, range.upTo, range.limit],
  );
}

/**
 * Removes what is older than `before` (milliseconds) and remembers up to where; returns how many rows went. The log is in
 * order of time, so that only the rows that go are looked at.
 */
export async function removeBefore(tx: Tx, before: number): Promise<number> {
  const kept = await tx.get<{ key: number }>(
    `SELECT COALESCE((SELECT key FROM events WHERE at >= $1 ORDER BY key LIMIT 1),
       (SELECT MAX(key) + 1 FROM events), 0) AS key`,
    [before],
  );
  const firstKept = kept?.key ?? 0;
  await tx.run(
    `UPDATE event_heads SET removed_seq = COALESCE(
       (SELECT MAX(seq) FROM events NOT INDEXED WHERE key < $1 AND events.company_id = event_heads.company_id),
       removed_seq)`,
    [firstKept],
  );
  return tx.run("DELETE FROM events WHERE key < $1", [firstKept]);
}
