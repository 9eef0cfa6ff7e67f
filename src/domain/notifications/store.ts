import type { Notification } from "../../contract/entities.ts";
import type { CompanyId, NotificationId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import { toInstant } from "../../lib/clock.ts";

export interface NotificationRow {
  readonly id: NotificationId;
  /** Null means everybody in the company. */
  readonly user_id: UserId | null;
  readonly kind: Notification["kind"];
  readonly text: string;
  /** JSON object of strings. */
  readonly data: string;
  /** Milliseconds. */
  readonly created_at: number;
}

export async function insertNotification(tx: Tx, companyId: CompanyId, row: NotificationRow): Promise<void> {
  await tx.run(
    `INSERT INTO notifications (id, company_id, user_id, kind, text, data, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, companyId, row.user_id, row.kind, row.text, row.data, row.created_at],
  );
}

/** Notifications by id; foreign or unknown ids have no entry. */
export async function loadNotifications(
  tx: Read,
  companyId: CompanyId,
  ids: readonly NotificationId[],
): Promise<Map<NotificationId, Notification>> {
  const rows = await tx.all<NotificationRow>(
    `SELECT id, user_id, kind, text, data, created_at FROM notifications
     WHERE company_id = $1 AND id IN (SELECT value FROM json_each($2))`,
    [companyId, JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, toNotification(row)]));
}

function toNotification(row: NotificationRow): Notification {
  // Written by `notify` only.
  const data = JSON.parse(row.data) as Readonly<Record<string, string>>;
  return { ...row, data, created_at: toInstant(row.created_at) };
}
