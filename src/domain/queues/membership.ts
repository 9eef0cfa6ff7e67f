import type { CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { invalidField } from "../invalid-field.ts";
import { announceRights } from "../users/rights.ts";
import { countQueues, countUsers, insertMember, readQueueIds, removeMember } from "./store.ts";

/**
 * Puts a user into exactly these queues and tells of each queue that changed; gives whether any did. The caller announces
 * the user's rights. Throws `invalid_request` for a queue that the company does not have.
 */
export async function joinQueues(
  tx: Tx,
  companyId: CompanyId,
  {
    userId,
    queueIds,
    at,
  }: { readonly userId: UserId; readonly queueIds: readonly QueueId[]; readonly at: number },
): Promise<boolean> {
  const wanted = new Set(queueIds);
  if ((await countQueues(tx, companyId, [...wanted])) !== wanted.size)
    throw invalidField("queue_ids", "names one that does not exist");
  const { added, removed } = difference(await readQueueIds(tx, companyId, userId), wanted);
  for (const queueId of added) await insertMember(tx, queueId, userId);
  for (const queueId of removed) await removeMember(tx, queueId, userId);
  for (const queueId of [...added, ...removed]) {
    await append(tx, companyId, { type: "queue.updated", data: { queue_id: queueId, deleted: false }, at });
  }
  return added.length + removed.length > 0;
}

/**
 * Puts exactly these users into a queue and announces the rights of each who came or went. The caller tells of the queue.
 * Throws `invalid_request` for a user that the company does not have.
 */
export async function setMembers(
  tx: Tx,
  companyId: CompanyId,
  {
    queueId,
    was,
    memberIds,
    at,
  }: {
    readonly queueId: QueueId;
    readonly was: readonly UserId[];
    readonly memberIds: readonly UserId[];
    readonly at: number;
  },
): Promise<void> {
  const wanted = new Set(memberIds);
  if ((await countUsers(tx, companyId, [...wanted])) !== wanted.size)
    throw invalidField("member_ids", "names one that does not exist");
  const { added, removed } = difference(was, wanted);
  for (const userId of added) await insertMember(tx, queueId, userId);
  for (const userId of removed) await removeMember(tx, queueId, userId);
  for (const userId of [...added, ...removed]) await announceRights(tx, companyId, { userId, at });
}

function difference<Id>(was: readonly Id[], wanted: ReadonlySet<Id>): { added: Id[]; removed: Id[] } {
  const before = new Set(was);
  return { added: [...wanted.difference(before)], removed: [...before.difference(wanted)] };
}
