import type { Caller } from "../../auth/caller.ts";
import { hashPassword } from "../../auth/passwords.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { emailKey } from "../../auth/throttle.ts";
import type { Role } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { joinQueues } from "../queues/membership.ts";
import { insertUser } from "./store.ts";

export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly queue_ids: readonly QueueId[];
}

/** A user with a password that the admin chose. Throws `forbidden`, `already_exists`, `invalid_request` (a queue). */
export async function createUser(
  context: Context,
  caller: Caller,
  input: NewUser & { readonly password: string },
): Promise<UserId> {
  requirePermission(caller, "manage_users");
  const passwordHash = await hashPassword(input.password);
  const user = { ...input, passwordHash, id: newId<UserId>(), at: context.clock.now() };
  await context.sql.transaction((tx) => createUserInside(tx, caller.companyId, user));
  return user.id;
}

/** Throws `already_exists` when the address is taken, and `invalid_request` for a queue that the company does not have. */
export async function createUserInside(
  tx: Tx,
  companyId: CompanyId,
  user: NewUser & { readonly id: UserId; readonly passwordHash: string; readonly at: number },
): Promise<void> {
  const isNew = await insertUser(tx, {
    ...user,
    companyId,
    emailKey: emailKey(user.email),
    createdAt: user.at,
  });
  if (!isNew) throw new Refusal("already_exists", { field: "email" });
  await joinQueues(tx, companyId, { userId: user.id, queueIds: user.queue_ids, at: user.at });
  // Nobody can have been connected as him before: there is no view of his that these rights would change.
  await append(tx, companyId, {
    type: "user.updated",
    data: { user_id: user.id, rights: false },
    at: user.at,
  });
}
