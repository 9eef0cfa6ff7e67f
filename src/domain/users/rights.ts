import type { CompanyId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";

/**
 * Says that a user's role, queues or activity changed: his connections are re-roomed, and no resume goes over this event
 * (`canResume` in `realtime/resume.ts`).
 */
export async function announceRights(
  tx: Tx,
  companyId: CompanyId,
  { userId, at }: { readonly userId: UserId; readonly at: number },
): Promise<void> {
  await append(tx, companyId, { type: "user.updated", data: { user_id: userId, rights: true }, at });
}

/** Says the same of everybody: the company's visibility changed, and with it who sees which conversation. */
export async function announceVisibility(tx: Tx, companyId: CompanyId, at: number): Promise<void> {
  const data = { kind: "conversations", rights: true } as const;
  await append(tx, companyId, { type: "bulk.changed", data, at });
}
