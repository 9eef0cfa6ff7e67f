import type { Queue } from "../../contract/entities.ts";
import type { CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

interface QueueRow {
  readonly id: QueueId;
  readonly name: string;
  readonly color: string;
  readonly description: string;
  /** JSON array. */
  readonly member_ids: string;
}

const columns = `q.id, q.name, q.color, q.description,
  (SELECT json_group_array(m.user_id ORDER BY m.user_id) FROM queue_members m WHERE m.queue_id = q.id) AS member_ids`;

/** Queues as the API shows them, by name; all of the company without `ids`. A foreign id has no entry. */
export async function loadQueues(
  tx: Read,
  companyId: CompanyId,
  ids?: readonly QueueId[],
): Promise<ReadonlyMap<QueueId, Queue>> {
  const rows =
    ids === undefined
      ? await tx.all<QueueRow>(
          `SELECT ${columns} FROM queues q WHERE q.company_id = $1 ORDER BY q.name_key`,
          [companyId],
        )
      : await tx.all<QueueRow>(
          `SELECT ${columns} FROM queues q WHERE q.company_id = $1
           AND q.id IN (SELECT value FROM json_each($2)) ORDER BY q.name_key`,
          [companyId, JSON.stringify(ids)],
        );
  return new Map(rows.map((row) => [row.id, toQueue(row)]));
}

function toQueue({ member_ids, ...row }: QueueRow): Queue {
  // Written by SQLite's json_group_array from a column of ids.
  return { ...row, member_ids: JSON.parse(member_ids) as UserId[] };
}

export interface QueueFields {
  readonly id: QueueId;
  readonly name: string;
  /** How the name is compared: see `nameKey`. */
  readonly nameKey: string;
  readonly color: string;
  readonly description: string;
}

/** False when the company has a queue of that name. */
export async function insertQueue(
  tx: Tx,
  companyId: CompanyId,
  queue: QueueFields & { readonly createdAt: number },
): Promise<boolean> {
  const inserted = await tx.run(
    `INSERT INTO queues (id, company_id, name, name_key, color, description, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (company_id, name_key) DO NOTHING`,
    [queue.id, companyId, queue.name, queue.nameKey, queue.color, queue.description, queue.createdAt],
  );
  return inserted === 1;
}

/** Whether another queue of the company has the name. */
export async function isQueueNameTaken(
  tx: Read,
  companyId: CompanyId,
  queue: { readonly id: QueueId; readonly nameKey: string },
): Promise<boolean> {
  const other = await tx.get(
    "SELECT 1 AS taken FROM queues WHERE company_id = $1 AND name_key = $2 AND id <> $3",
    [companyId, queue.nameKey, queue.id],
  );
  return other !== undefined;
}

export async function updateQueueFields(tx: Tx, companyId: CompanyId, queue: QueueFields): Promise<void> {
  await tx.run(
    `UPDATE queues SET name = $1, name_key = $2, color = $3, description = $4
     WHERE company_id = $5 AND id = $6`,
    [queue.name, queue.nameKey, queue.color, queue.description, companyId, queue.id],
  );
}

export async function hasConversations(tx: Read, companyId: CompanyId, queueId: QueueId): Promise<boolean> {
  const row = await tx.get(
    "SELECT 1 AS used FROM conversations WHERE company_id = $1 AND queue_id = $2 LIMIT 1",
    [companyId, queueId],
  );
  return row !== undefined;
}

export async function removeQueue(tx: Tx, companyId: CompanyId, queueId: QueueId): Promise<void> {
  await tx.run("DELETE FROM queues WHERE company_id = $1 AND id = $2", [companyId, queueId]);
}

// Members ----------------------------------------------------------------------------------------

/** How many of these ids are queues of the company. */
export async function countQueues(tx: Read, companyId: CompanyId, ids: readonly QueueId[]): Promise<number> {
  const row = await tx.get<{ known: number }>(
    "SELECT COUNT(*) AS known FROM queues WHERE company_id = $1 AND id IN (SELECT value FROM json_each($2))",
    [companyId, JSON.stringify(ids)],
  );
  return row?.known ?? 0;
}

/** How many of these ids are users of the company. */
export async function countUsers(tx: Read, companyId: CompanyId, ids: readonly UserId[]): Promise<number> {
  const row = await tx.get<{ known: number }>(
    "SELECT COUNT(*) AS known FROM users WHERE company_id = $1 AND id IN (SELECT value FROM json_each($2))",
    [companyId, JSON.stringify(ids)],
  );
  return row?.known ?? 0;
}

/** The queues of a user. */
export async function readQueueIds(
  tx: Read,
  companyId: CompanyId,
  userId: UserId,
): Promise<readonly QueueId[]> {
  const rows = await tx.all<{ queue_id: QueueId }>(
    `SELECT m.queue_id FROM queue_members m JOIN queues q ON q.id = m.queue_id
     WHERE q.company_id = $1 AND m.user_id = $2`,
    [companyId, userId],
  );
  return rows.map(({ queue_id }) => queue_id);
}

export async function insertMember(tx: Tx, queueId: QueueId, userId: UserId): Promise<void> {
  await tx.run("INSERT INTO queue_members (queue_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
    queueId,
    userId,
  ]);
}

export async function removeMember(tx: Tx, queueId: QueueId, userId: UserId): Promise<void> {
  await tx.run("DELETE FROM queue_members WHERE queue_id = $1 AND user_id = $2", [queueId, userId]);
}
