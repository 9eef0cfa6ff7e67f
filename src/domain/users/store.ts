import type { Presence, Role, User } from "../../contract/entities.ts";
import type { CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";
import { toInstantOrNull } from "../../lib/clock.ts";
import type { PresenceBoard } from "./presence.ts";

interface UserRow {
  readonly id: UserId;
  readonly company_id: CompanyId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly avatar_url: string | null;
  readonly last_seen_at: number | null;
  readonly active: number;
  /** JSON array. */
  readonly queue_ids: string;
}

const columns = `u.id, u.company_id, u.name, u.email, u.role, u.avatar_url, u.last_seen_at, u.active,
  (SELECT json_group_array(m.queue_id ORDER BY m.queue_id) FROM queue_members m WHERE m.user_id = u.id) AS queue_ids`;

/** Users as the API shows them, in order of creation; all of the company without `ids`. A foreign id has no entry. */
export async function loadUsers(
  tx: Read,
  companyId: CompanyId,
  { presence, ids }: { readonly presence: PresenceBoard; readonly ids?: readonly UserId[] },
): Promise<ReadonlyMap<UserId, User>> {
  const rows =
    ids === undefined
      ? await tx.all<UserRow>(`SELECT ${columns} FROM users u WHERE u.company_id = $1 ORDER BY u.id`, [
          companyId,
        ])
      : await tx.all<UserRow>(
          `SELECT ${columns} FROM users u WHERE u.company_id = $1
           AND u.id IN (SELECT value FROM json_each($2)) ORDER BY u.id`,
          [companyId, JSON.stringify(ids)],
        );
  return new Map(rows.map((row) => [row.id, toUser(row, presence)]));
}

function toUser(row: UserRow, presence: PresenceBoard): User {
  return {
    id: row.id,
    company_id: row.company_id,
    name: row.name,
    email: row.email,
    role: row.role,
    avatar_url: row.avatar_url,
    presence: row.active === 1 ? presence.of(row.id) : "offline",
    last_seen_at: toInstantOrNull(row.last_seen_at),
    // Written by SQLite's json_group_array from a column of ids.
    queue_ids: JSON.parse(row.queue_ids) as QueueId[],
    active: row.active === 1,
  };
}

export interface NewUserRow {
  readonly id: UserId;
  readonly companyId: CompanyId;
  readonly name: string;
  readonly email: string;
  readonly emailKey: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly createdAt: number;
}

/** False when the address is taken, in whatever company. */
export async function insertUser(tx: Tx, user: NewUserRow): Promise<boolean> {
  const inserted = await tx.run(
    `INSERT INTO users (id, company_id, name, email, email_key, password_hash, role, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (email_key) DO NOTHING`,
    [
      user.id,
      user.companyId,
      user.name,
      user.email,
      user.emailKey,
      user.passwordHash,
      user.role,
      user.createdAt,
    ],
  );
  return inserted === 1;
}

export async function isEmailTaken(tx: Read, emailKey: string): Promise<boolean> {
  return (await tx.get("SELECT 1 AS taken FROM users WHERE email_key = $1", [emailKey])) !== undefined;
}

export interface UserFields {
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
}

export async function updateUserFields(
  tx: Tx,
  companyId: CompanyId,
  user: UserFields & { readonly id: UserId },
): Promise<void> {
  await tx.run("UPDATE users SET name = $1, role = $2, active = $3 WHERE company_id = $4 AND id = $5", [
    user.name,
    user.role,
    user.active ? 1 : 0,
    companyId,
    user.id,
  ]);
}

export async function countOtherAdmins(tx: Read, companyId: CompanyId, userId: UserId): Promise<number> {
  const row = await tx.get<{ admins: number }>(
    `SELECT COUNT(*) AS admins FROM users
     WHERE company_id = $1 AND id <> $2 AND role = 'admin' AND active = 1`,
    [companyId, userId],
  );
  return row?.admins ?? 0;
}

/** The status that the user last set by hand. */
export async function readChosenPresence(
  tx: Read,
  companyId: CompanyId,
  userId: UserId,
): Promise<Presence | undefined> {
  const row = await tx.get<{ presence: Presence }>(
    "SELECT presence FROM users WHERE company_id = $1 AND id = $2",
    [companyId, userId],
  );
  return row?.presence;
}

export async function updateChosenPresence(
  tx: Tx,
  companyId: CompanyId,
  { userId, presence }: { readonly userId: UserId; readonly presence: Presence },
): Promise<void> {
  await tx.run("UPDATE users SET presence = $1 WHERE company_id = $2 AND id = $3", [
    presence,
    companyId,
    userId,
  ]);
}

export async function updateLastSeen(
  tx: Tx,
  companyId: CompanyId,
  { userId, at }: { readonly userId: UserId; readonly at: number },
): Promise<void> {
  await tx.run("UPDATE users SET last_seen_at = $1 WHERE company_id = $2 AND id = $3", [
    at,
    companyId,
    userId,
  ]);
}
