import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { Queue } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { nameKey } from "../../lib/name-key.ts";
import type { Context } from "../context.ts";
import { setMembers } from "./membership.ts";
import {
  hasConversations,
  insertQueue,
  isQueueNameTaken,
  loadQueues,
  removeQueue,
  updateQueueFields,
} from "./store.ts";

export interface NewQueue {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly description: string;
  readonly member_ids: readonly UserId[];
}

export type QueueChange = { readonly [Field in keyof NewQueue]?: NewQueue[Field] | undefined };

/** Throws `forbidden`, `already_exists` (the name), `invalid_request` (a member). */
export async function createQueue(context: Context, caller: Caller, input: NewQueue): Promise<QueueId> {
  requirePermission(caller, "manage_queues");
  const queue = { ...input, id: newId<QueueId>(), at: context.clock.now() };
  await context.sql.transaction((tx) => createQueueInside(tx, caller.companyId, queue));
  return queue.id;
}

export async function createQueueInside(
  tx: Tx,
  companyId: CompanyId,
  queue: NewQueue & { readonly id: QueueId; readonly at: number },
): Promise<void> {
  const { id, at } = queue;
  const isNew = await insertQueue(tx, companyId, { ...queue, nameKey: nameKey(queue.name), createdAt: at });
  if (!isNew) throw new Refusal("already_exists", { field: "name" });
  await setMembers(tx, companyId, { queueId: id, was: [], memberIds: queue.member_ids, at });
  await tellQueue(tx, companyId, { id, deleted: false, at });
}

/** Throws `forbidden`, `not_found`, `already_exists` (the name), `invalid_request` (a member). */
export async function updateQueue(
  context: Context,
  caller: Caller,
  { id, ...change }: QueueChange & { readonly id: QueueId },
): Promise<void> {
  requirePermission(caller, "manage_queues");
  const at = context.clock.now();
  const { companyId } = caller;
  await context.sql.transaction(async (tx) => {
    const queue = await existing(tx, companyId, id);
    const name = change.name ?? queue.name;
    if (await isQueueNameTaken(tx, companyId, { id, nameKey: nameKey(name) })) {
      throw new Refusal("already_exists", { field: "name" });
    }
    await updateQueueFields(tx, companyId, {
      id,
      name,
      nameKey: nameKey(name),
      color: change.color ?? queue.color,
      description: change.description ?? queue.description,
    });
    const memberIds = change.member_ids ?? queue.member_ids;
    await setMembers(tx, companyId, { queueId: id, was: queue.member_ids, memberIds, at });
    await tellQueue(tx, companyId, { id, deleted: false, at });
  });
}

/**
 * Removes a queue that no conversation stands in: without it, what its members alone could see would be open to all.
 * Throws `forbidden`, `not_found`, `in_use`.
 */
export async function deleteQueue(context: Context, caller: Caller, id: QueueId): Promise<void> {
  requirePermission(caller, "manage_queues");
  const at = context.clock.now();
  const { companyId } = caller;
  await context.sql.transaction(async (tx) => {
    const queue = await existing(tx, companyId, id);
    if (await hasConversations(tx, companyId, id)) throw new Refusal("in_use");
    await setMembers(tx, companyId, { queueId: id, was: queue.member_ids, memberIds: [], at });
    await removeQueue(tx, companyId, id);
    await tellQueue(tx, companyId, { id, deleted: true, at });
  });
}

async function existing(tx: Tx, companyId: CompanyId, id: QueueId): Promise<Queue> {
  const queue = (await loadQueues(tx, companyId, [id])).get(id);
  if (!queue) throw new Refusal("not_found");
  return queue;
}

async function tellQueue(
  tx: Tx,
  companyId: CompanyId,
  { id, deleted, at }: { readonly id: QueueId; readonly deleted: boolean; readonly at: number },
): Promise<void> {
  await append(tx, companyId, { type: "queue.updated", data: { queue_id: id, deleted }, at });
}
