import type { CompanyId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { updateEveryRightsSeq, updateRightsSeq } from "./store.ts";

/** Says that a user's role, queues or activity changed: his connections are re-roomed, older resumes refused. */
export async function announceRights(
  tx: Tx,
  companyId: CompanyId,
  { userId, at }: { readonly userId: UserId; readonly at: number },
): Promise<void> {
  const seq = await append(tx, companyId, {
    type: "user.updated",
    data: { user_id: userId, rights: true },
    at,
  });
  await updateRightsSeq(tx, companyId, { userId, seq });
}

/** Says the same of everybody: the company's visibility changed, and with it who sees which conversation. */
export async function announceVisibility(tx: Tx, companyId: CompanyId, at: number): Promise<void> {
  const seq = await append(tx, companyId, {
    type: "bulk.changed",
    data: { kind: "conversations", rights: true },
    at,
  });
  await updateEveryRightsSeq(tx, companyId, seq);
}
