import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { revokeSessions } from "../../auth/session-store.ts";
import type { Role, User } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import type { Context } from "../context.ts";
import { joinQueues } from "../queues/membership.ts";
import { nobodyHere } from "./presence.ts";
import { announceRights } from "./rights.ts";
import { countOtherAdmins, loadUsers, updateUserFields } from "./store.ts";

export interface UserChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly queue_ids?: readonly QueueId[] | undefined;
  readonly active?: boolean | undefined;
}

/**
 * Changes a user; who is deactivated is signed out everywhere. Throws `forbidden`, `not_found`, `invalid_request` (a queue),
 * and `conflict` with `reason: "last_admin"` when nobody would be left to administer the company.
 */
export async function updateUser(
  context: Context,
  caller: Caller,
  { id, ...change }: UserChange & { readonly id: UserId },
): Promise<void> {
  requirePermission(caller, "manage_users");
  const at = context.clock.now();
  const { companyId } = caller;
  const isDeactivated = await context.sql.transaction(async (tx) => {
    const user = (await loadUsers(tx, companyId, { presence: nobodyHere, ids: [id] })).get(id);
    if (!user) throw new Refusal("not_found");
    return changeInside(tx, companyId, { user, change, at });
  });
  if (isDeactivated) context.revocations.tell({ kind: "user", userId: id });
}

/** Anybody may change how he is called. */
export async function renameSelf(context: Context, caller: Caller, name: string): Promise<void> {
  const at = context.clock.now();
  const { companyId, userId } = caller;
  await context.sql.transaction(async (tx) => {
    const user = (await loadUsers(tx, companyId, { presence: nobodyHere, ids: [userId] })).get(userId);
    if (!user) throw new Refusal("not_found");
    await changeInside(tx, companyId, { user, change: { name }, at });
  });
}

/** Gives whether the user was deactivated by this. */
async function changeInside(
  tx: Tx,
  companyId: CompanyId,
  { user, change, at }: { readonly user: User; readonly change: UserChange; readonly at: number },
): Promise<boolean> {
  const { id } = user;
  const next = {
    id,
    name: change.name ?? user.name,
    role: change.role ?? user.role,
    active: change.active ?? user.active,
  };
  const staysAdmin = next.role === "admin" && next.active;
  if (isActiveAdmin(user) && !staysAdmin && (await countOtherAdmins(tx, companyId, id)) === 0) {
    throw new Refusal("conflict", { reason: "last_admin" });
  }
  await updateUserFields(tx, companyId, next);
  const changesQueues =
    change.queue_ids !== undefined &&
    (await joinQueues(tx, companyId, { userId: id, queueIds: change.queue_ids, at }));
  const isDeactivated = user.active && !next.active;
  if (isDeactivated) await revokeSessions(tx, { companyId, userId: id, keep: "", now: at });

  if (changesQueues || next.role !== user.role || next.active !== user.active) {
    await announceRights(tx, companyId, { userId: id, at });
  } else if (next.name !== user.name) {
    await append(tx, companyId, { type: "user.updated", data: { user_id: id, rights: false }, at });
  }
  return isDeactivated;
}

function isActiveAdmin(user: User): boolean {
  return user.role === "admin" && user.active;
}
