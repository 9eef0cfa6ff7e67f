import type { ChannelId, CompanyId, InboundId } from "../contract/ids.ts";
import type { Read, Tx } from "../db/sql.ts";

/** done | pending (to be processed again) | dead (waits for a person) | unrouted (no channel has that number). */
export type LogState = "done" | "pending" | "dead" | "unrouted";

export interface LogRow {
  readonly id: InboundId;
  readonly company_id: CompanyId;
  /** The channel of the address. */
  readonly channel_id: ChannelId;
  readonly raw: Uint8Array;
  readonly state: LogState;
  readonly error: string | null;
  readonly attempts: number;
  /** Milliseconds; null unless pending. */
  readonly due_at: number | null;
  readonly received_at: number;
}

const columns = "id, company_id, channel_id, raw, state, error, attempts, due_at, received_at";

export async function insertLog(tx: Tx, row: LogRow): Promise<void> {
  await tx.run(`INSERT INTO inbound_log (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, [
    row.id,
    row.company_id,
    row.channel_id,
    row.raw,
    row.state,
    row.error,
    row.attempts,
    row.due_at,
    row.received_at,
  ]);
}

export async function updateLog(
  tx: Tx,
  row: Pick<LogRow, "id" | "company_id" | "state" | "error" | "attempts" | "due_at">,
): Promise<void> {
  await tx.run(
    `UPDATE inbound_log SET state = $1, error = $2, attempts = $3, due_at = $4 WHERE company_id = $5 AND id = $6`,
    [row.state, row.error, row.attempts, row.due_at, row.company_id, row.id],
  );
}

export function readLog(tx: Read, companyId: CompanyId, id: InboundId): Promise<LogRow | undefined> {
  return tx.get<LogRow>(`SELECT ${columns} FROM inbound_log WHERE company_id = $1 AND id = $2`, [
    companyId,
    id,
  ]);
}

/** Webhooks of all companies that are due to be processed again, the oldest first. */
export function dueLogs(
  tx: Read,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<LogRow[]> {
  return tx.all<LogRow>(
    `SELECT ${columns} FROM inbound_log WHERE state = 'pending' AND due_at <= $1 ORDER BY due_at LIMIT $2`,
    [now, limit],
  );
}

/** What was being processed when the server died is due at once: nobody else works on it. */
export async function takeUpAbandoned(tx: Tx, now: number): Promise<void> {
  await tx.run("UPDATE inbound_log SET due_at = $1 WHERE state = 'pending' AND attempts = 0", [now]);
}

export interface FailureRow {
  readonly inbound_id: InboundId;
  /** Place of the item in what the webhook parses to. */
  readonly item: number;
  readonly company_id: CompanyId;
  readonly channel_id: ChannelId;
  readonly state: "pending" | "dead" | "done";
  readonly error: string;
  readonly attempts: number;
  readonly due_at: number | null;
  readonly created_at: number;
}

const failureColumns = "inbound_id, item, company_id, channel_id, state, error, attempts, due_at, created_at";

/** Notes an item that could not be processed; one that is noted already stays as it is. */
export async function insertFailure(tx: Tx, row: FailureRow): Promise<void> {
  await tx.run(
    `INSERT INTO inbound_failures (${failureColumns})
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (inbound_id, item) DO NOTHING`,
    [
      row.inbound_id,
      row.item,
      row.company_id,
      row.channel_id,
      row.state,
      row.error,
      row.attempts,
      row.due_at,
      row.created_at,
    ],
  );
}

export async function updateFailure(
  tx: Tx,
  row: Pick<FailureRow, "inbound_id" | "item" | "company_id" | "state" | "error" | "attempts" | "due_at">,
): Promise<void> {
  await tx.run(
    `UPDATE inbound_failures SET state = $1, error = $2, attempts = $3, due_at = $4
     WHERE company_id = $5 AND inbound_id = $6 AND item = $7`,
    [row.state, row.error, row.attempts, row.due_at, row.company_id, row.inbound_id, row.item],
  );
}

export function readFailure(
  tx: Read,
  companyId: CompanyId,
  of: { readonly inboundId: InboundId; readonly item: number },
): Promise<FailureRow | undefined> {
  return tx.get<FailureRow>(
    `SELECT ${failureColumns} FROM inbound_failures WHERE company_id = $1 AND inbound_id = $2 AND item = $3`,
    [companyId, of.inboundId, of.item],
  );
}

/** Items of all companies that are due to be tried again, the oldest first. */
export function dueFailures(
  tx: Read,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<FailureRow[]> {
  return tx.all<FailureRow>(
    `SELECT ${failureColumns} FROM inbound_failures
     WHERE state = 'pending' AND due_at <= $1 ORDER BY due_at LIMIT $2`,
    [now, limit],
  );
}

/** A webhook (item -1) or a part of one that waits, without its bytes. */
export interface LetterRow {
  readonly inbound_id: InboundId;
  readonly item: number;
  readonly channel_id: ChannelId;
  readonly state: Exclude<LogState, "done">;
  readonly error: string | null;
  readonly attempts: number;
  readonly due_at: number | null;
  readonly received_at: number;
}

/** The company's letters, newest first, from below `before` on. */
export function listLetters(
  tx: Read,
  companyId: CompanyId,
  page: { readonly before: readonly [InboundId, number] | null; readonly limit: number },
): Promise<LetterRow[]> {
  // Above every id and every place.
  const [id, item] = page.before ?? ["~", 0];
  return tx.all<LetterRow>(
    `SELECT * FROM (
       SELECT id AS inbound_id, -1 AS item, channel_id, state, error, attempts, due_at, received_at
       FROM inbound_log WHERE company_id = $1 AND state IN ('pending', 'dead', 'unrouted')
       UNION ALL
       SELECT inbound_id, item, channel_id, state, error, attempts, due_at, created_at
       FROM inbound_failures WHERE company_id = $1 AND state IN ('pending', 'dead')
     ) WHERE (inbound_id, item) < ($2, $3) ORDER BY inbound_id DESC, item DESC LIMIT $4`,
    [companyId, id, item, page.limit],
  );
}

/** When a channel's provider was last heard of. */
export async function noteHeard(
  tx: Tx,
  companyId: CompanyId,
  { channelId, at }: { readonly channelId: ChannelId; readonly at: number },
): Promise<void> {
  await tx.run("UPDATE channels SET last_inbound_at = $1 WHERE company_id = $2 AND id = $3", [
    at,
    companyId,
    channelId,
  ]);
}
