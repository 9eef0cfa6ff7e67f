import { hashPassword } from "../../auth/passwords.ts";
import { revokeSessions } from "../../auth/session-store.ts";
import { openSession, type SessionRequest, type SignIn } from "../../auth/sessions.ts";
import { type Account, readAccount, updatePassword } from "../../auth/store.ts";
import { Refusal } from "../../contract/errors.ts";
import type { QueueId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { newId, sha256Hex } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { countQueues } from "../queues/store.ts";
import { createUserInside } from "../users/create.ts";
import { type InvitationRow, markUsed, readOpenByToken } from "./store.ts";

/** What a link is for, for whoever holds it. */
export interface OpenLink {
  readonly kind: "invitation" | "password_reset";
  readonly company: string;
  readonly name: string;
  readonly email: string;
}

/** Throws `link_invalid`: used, revoked, expired and never issued are told apart by nobody. */
export async function readLink(context: Context, token: string): Promise<OpenLink> {
  const now = context.clock.now();
  const link = await context.sql.read((tx) => readOpenByToken(tx, sha256Hex(token), now));
  if (!link) throw new Refusal("link_invalid");
  const { company, name, email } = link;
  return { kind: link.user_id === null ? "invitation" : "password_reset", company, name, email };
}

export interface Acceptance {
  readonly token: string;
  readonly password: string;
  /** Instead of the suggested one; a password link takes none. */
  readonly name: string | undefined;
}

/**
 * Uses a link up: makes the user, or sets his password and ends his sessions; then signs in.
 * Throws `link_invalid`, and `already_exists` when the address got an account in the meantime.
 */
export async function acceptLink(
  context: Context,
  { token, password, name }: Acceptance,
  request: SessionRequest,
): Promise<SignIn> {
  const tokenHash = sha256Hex(token);
  const now = context.clock.now();
  // A made-up token must not buy hashing time.
  const isOpen = (await context.sql.read((tx) => readOpenByToken(tx, tokenHash, now))) !== undefined;
  if (!isOpen) throw new Refusal("link_invalid");
  const passwordHash = await hashPassword(password);
  const id = newId<UserId>();
  const account = await context.sql.transaction(async (tx): Promise<Account> => {
    const link = await readOpenByToken(tx, tokenHash, now);
    if (!link) throw new Refusal("link_invalid");
    await markUsed(tx, link.id, now);
    const userId =
      link.user_id === null
        ? await join(tx, link, { id, name, passwordHash, at: now })
        : await resetPassword(tx, link, { id: link.user_id, passwordHash, at: now });
    return { id: userId, company_id: link.company_id, password_hash: passwordHash, active: 1 };
  });
  context.revocations.tell({ kind: "user", userId: account.id });
  return openSession(context, account, request);
}

interface Person {
  readonly id: UserId;
  readonly passwordHash: string;
  readonly at: number;
}

async function join(
  tx: Tx,
  link: InvitationRow,
  { name, ...person }: Person & { readonly name: string | undefined },
): Promise<UserId> {
  await createUserInside(tx, link.company_id, {
    ...person,
    name: name ?? link.name,
    email: link.email,
    role: link.role,
    queue_ids: await remainingQueues(tx, link),
  });
  return person.id;
}

async function resetPassword(tx: Tx, link: InvitationRow, { id, passwordHash, at }: Person): Promise<UserId> {
  const companyId = link.company_id;
  const account = await readAccount(tx, companyId, id);
  if (account?.active !== 1) throw new Refusal("link_invalid");
  await updatePassword(tx, { companyId, userId: id, passwordHash });
  await revokeSessions(tx, { companyId, userId: id, keep: "", now: at });
  return id;
}

/** A queue may have been removed since the invitation; that keeps nobody out. */
async function remainingQueues(tx: Tx, link: InvitationRow): Promise<readonly QueueId[]> {
  // Written by `insertInvitation`.
  const invited = JSON.parse(link.queue_ids) as QueueId[];
  const remaining: QueueId[] = [];
  for (const id of invited) if ((await countQueues(tx, link.company_id, [id])) === 1) remaining.push(id);
  return remaining;
}
