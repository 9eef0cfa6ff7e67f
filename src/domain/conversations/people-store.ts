import type { Locale, Role } from "../../contract/entities.ts";
import type { ChannelId, CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";

/** An active user of the company; undefined for a foreign, unknown or inactive one. */
export function readActiveUser(
  tx: Read,
  companyId: CompanyId,
  id: UserId,
): Promise<{ readonly name: string; readonly role: Role } | undefined> {
  return tx.get("SELECT name, role FROM users WHERE company_id = $1 AND id = $2 AND active = 1", [
    companyId,
    id,
  ]);
}

export async function readQueueName(
  tx: Read,
  companyId: CompanyId,
  id: QueueId,
): Promise<string | undefined> {
  const row = await tx.get<{ name: string }>("SELECT name FROM queues WHERE company_id = $1 AND id = $2", [
    companyId,
    id,
  ]);
  return row?.name;
}

export async function hasChannel(tx: Read, companyId: CompanyId, id: ChannelId): Promise<boolean> {
  const row = await tx.get(
    "SELECT 1 AS there FROM channels WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL",
    [companyId, id],
  );
  return row !== undefined;
}

export async function readLocale(tx: Read, companyId: CompanyId): Promise<Locale> {
  const row = await tx.get<{ locale: Locale }>("SELECT locale FROM companies WHERE id = $1", [companyId]);
  return row?.locale ?? "pt-BR";
}
