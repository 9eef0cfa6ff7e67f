import type { Channel, ChannelKind, ChannelStatus } from "../../contract/entities.ts";
import type { ChannelId, CompanyId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import { toInstant } from "../../lib/clock.ts";

/** A channel's columns; instants in milliseconds. */
export interface ChannelRow {
  readonly id: ChannelId;
  readonly company_id: CompanyId;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly status: ChannelStatus;
  readonly status_detail: string | null;
  readonly phone: string | null;
  /** JSON object: what may be shown. */
  readonly settings: string;
  /** Sealed JSON object; empty where there are none. */
  readonly secrets: Uint8Array;
  readonly external_key: string | null;
  readonly paused_reason: string | null;
  readonly last_inbound_at: number | null;
  readonly verified_at: number | null;
  readonly created_at: number;
}

const columns = `id, company_id, kind, name, status, status_detail, phone, settings, secrets, external_key, paused_reason,
  last_inbound_at, verified_at, created_at`;

export function toChannel(row: ChannelRow): Channel {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    status: row.status,
    status_detail: row.status_detail,
    phone: row.phone,
    created_at: toInstant(row.created_at),
  };
}

/** Channels as the API shows them, oldest first; all of the company without `ids`. */
export async function loadChannels(
  tx: Read,
  companyId: CompanyId,
  ids?: readonly ChannelId[],
): Promise<Map<ChannelId, Channel>> {
  const rows =
    ids === undefined
      ? await tx.all<ChannelRow>(
          `SELECT ${columns} FROM channels WHERE company_id = $1 AND deleted_at IS NULL ORDER BY id`,
          [companyId],
        )
      : await tx.all<ChannelRow>(
          `SELECT ${columns} FROM channels WHERE company_id = $1 AND deleted_at IS NULL
           AND id IN (SELECT value FROM json_each($2)) ORDER BY id`,
          [companyId, JSON.stringify(ids)],
        );
  return new Map(rows.map((row) => [row.id, toChannel(row)]));
}

/** One channel's row; undefined for a foreign, unknown or deleted one. */
export function readChannel(tx: Read, companyId: CompanyId, id: ChannelId): Promise<ChannelRow | undefined> {
  return tx.get<ChannelRow>(
    `SELECT ${columns} FROM channels WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL`,
    [companyId, id],
  );
}

/** Whose channel that is, when all that is known is its id: the address of a webhook. */
export async function findOwner(tx: Read, id: ChannelId): Promise<CompanyId | undefined> {
  const row = await tx.get<{ company_id: CompanyId }>(
    "SELECT company_id FROM channels WHERE id = $1 AND deleted_at IS NULL",
    [id],
  );
  return row?.company_id;
}

/** Every channel of every company, for the start. */
export function findAllChannels(tx: Read): Promise<{ id: ChannelId; company_id: CompanyId }[]> {
  return tx.all("SELECT id, company_id FROM channels WHERE deleted_at IS NULL ORDER BY id");
}

/** The company's channels that the provider calls so: usually one. */
export async function findByExternalKey(
  tx: Read,
  companyId: CompanyId,
  of: { readonly kind: ChannelKind; readonly externalKey: string },
): Promise<readonly ChannelId[]> {
  const rows = await tx.all<{ id: ChannelId }>(
    `SELECT id FROM channels
     WHERE company_id = $1 AND kind = $2 AND external_key = $3 AND deleted_at IS NULL ORDER BY id`,
    [companyId, of.kind, of.externalKey],
  );
  return rows.map(({ id }) => id);
}

export async function insertChannel(
  tx: Tx,
  row: Omit<ChannelRow, "last_inbound_at" | "verified_at">,
): Promise<void> {
  await tx.run(
    `INSERT INTO channels (id, company_id, kind, name, status, status_detail, phone, settings, secrets, external_key,
       paused_reason, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.company_id,
      row.kind,
      row.name,
      row.status,
      row.status_detail,
      row.phone,
      row.settings,
      row.secrets,
      row.external_key,
      row.paused_reason,
      row.created_at,
    ],
  );
}

export type ChannelChange = Partial<
  Omit<ChannelRow, "id" | "company_id" | "kind" | "verified_at" | "created_at">
>;

/** Writes a channel's row with what changed. */
export async function updateChannelRow(tx: Tx, row: ChannelRow, change: ChannelChange): Promise<void> {
  const next = { ...row, ...change };
  await tx.run(
    `UPDATE channels SET name = $1, status = $2, status_detail = $3, phone = $4, settings = $5, secrets = $6,
       external_key = $7, paused_reason = $8, last_inbound_at = $9
     WHERE company_id = $10 AND id = $11`,
    [
      next.name,
      next.status,
      next.status_detail,
      next.phone,
      next.settings,
      next.secrets,
      next.external_key,
      next.paused_reason,
      next.last_inbound_at,
      row.company_id,
      row.id,
    ],
  );
}

/** Notes when the provider confirmed the address; how many rows that were. `at` in milliseconds. */
export function markVerified(
  tx: Tx,
  companyId: CompanyId,
  { id, at }: { readonly id: ChannelId; readonly at: number },
): Promise<number> {
  return tx.run(
    "UPDATE channels SET verified_at = $1 WHERE company_id = $2 AND id = $3 AND deleted_at IS NULL",
    [at, companyId, id],
  );
}

/** Keeps the row, which conversations hang on, and nothing that opens anything. */
export async function removeChannel(tx: Tx, row: ChannelRow, at: number): Promise<void> {
  await tx.run(
    `UPDATE channels SET deleted_at = $1, status = 'disconnected', status_detail = NULL, settings = '{}', secrets = x'',
       external_key = NULL
     WHERE company_id = $2 AND id = $3`,
    [at, row.company_id, row.id],
  );
}

/** How many webhooks, or parts of them, wait for a person. */
export async function countDeadLetters(tx: Read, companyId: CompanyId, id: ChannelId): Promise<number> {
  const row = await tx.get<{ count: number }>(
    `SELECT (SELECT COUNT(*) FROM inbound_log WHERE company_id = $1 AND state IN ('pending', 'dead', 'unrouted')
         AND state = 'dead' AND channel_id = $2)
       + (SELECT COUNT(*) FROM inbound_failures WHERE company_id = $1 AND state = 'dead' AND channel_id = $2) AS count`,
    [companyId, id],
  );
  return row?.count ?? 0;
}
