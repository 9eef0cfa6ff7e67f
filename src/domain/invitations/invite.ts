import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { emailKey } from "../../auth/throttle.ts";
import type { Role } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { CompanyId, InvitationId, QueueId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { newId, randomToken, sha256Hex } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { countQueues } from "../queues/store.ts";
import { nobodyHere } from "../users/presence.ts";
import { isEmailTaken, loadUsers } from "../users/store.ts";
import { insertInvitation, type NewInvitationRow, revokeInvitationRow, revokeOlder } from "./store.ts";

/** How long a link lives, in milliseconds. */
const lifeMs = 72 * 60 * 60 * 1000;

export interface NewInvitation {
  /** A suggestion; who accepts may change it. */
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly queue_ids: readonly QueueId[];
}

/** A link's secret, told this once; only its hash is kept. */
export interface IssuedLink {
  readonly id: InvitationId;
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Invites somebody by a single-use link. Throws `forbidden`, `already_exists`, `invalid_request` (a queue). */
export async function invite(context: Context, caller: Caller, input: NewInvitation): Promise<IssuedLink> {
  requirePermission(caller, "manage_users");
  const { companyId } = caller;
  const link = newLink(context);
  await context.sql.transaction(async (tx) => {
    if (await isEmailTaken(tx, emailKey(input.email))) {
      throw new Refusal("already_exists", { field: "email" });
    }
    const queueIds = [...new Set(input.queue_ids)];
    if ((await countQueues(tx, companyId, queueIds)) !== queueIds.length) {
      throw invalidField("queue_ids", "names one that does not exist");
    }
    await issue(tx, link, { ...input, companyId, queueIds, userId: null, createdBy: caller.userId });
  });
  return link;
}

/** A single-use link by which a user sets a new password. Throws `forbidden`, `not_found` (an inactive one as well). */
export async function issuePasswordLink(context: Context, caller: Caller, id: UserId): Promise<IssuedLink> {
  requirePermission(caller, "manage_users");
  const { companyId } = caller;
  const link = newLink(context);
  await context.sql.transaction(async (tx) => {
    const user = (await loadUsers(tx, companyId, { presence: nobodyHere, ids: [id] })).get(id);
    if (!user?.active) throw new Refusal("not_found");
    const { name, email, role } = user;
    await issue(tx, link, {
      ...{ companyId, userId: id, name, email, role, queueIds: [], createdBy: caller.userId },
    });
  });
  return link;
}

/** Makes a link unusable. Throws `forbidden`, `not_found`. */
export async function revokeInvitation(context: Context, caller: Caller, id: InvitationId): Promise<void> {
  requirePermission(caller, "manage_users");
  const now = context.clock.now();
  const isRevoked = await context.sql.transaction((tx) =>
    revokeInvitationRow(tx, caller.companyId, { id, now }),
  );
  if (!isRevoked) throw new Refusal("not_found");
}

/** 256 bits. */
function newLink({ clock }: Context): IssuedLink {
  const createdAt = clock.now();
  return { id: newId<InvitationId>(), token: randomToken(32), createdAt, expiresAt: createdAt + lifeMs };
}

type Invited = Omit<NewInvitationRow, "id" | "tokenHash" | "createdAt" | "expiresAt"> & {
  readonly companyId: CompanyId;
};

async function issue(tx: Tx, link: IssuedLink, invited: Invited): Promise<void> {
  const { companyId, email } = invited;
  await revokeOlder(tx, companyId, { email, now: link.createdAt });
  await insertInvitation(tx, { ...invited, ...link, tokenHash: sha256Hex(link.token) });
}
