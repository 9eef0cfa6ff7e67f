import type { Locale, Role, Visibility } from "../contract/entities.ts";
import type { ApiKeyId, CompanyId, QueueId, SessionId, UserId } from "../contract/ids.ts";
import type { Read, Tx } from "../db/sql.ts";

export interface Account {
  readonly id: UserId;
  readonly company_id: CompanyId;
  readonly password_hash: string;
  readonly active: number;
}

const account = "id, company_id, password_hash, active";

export function readAccountByEmail(tx: Read, emailKey: string): Promise<Account | undefined> {
  return tx.get(`SELECT ${account} FROM users WHERE email_key = $1`, [emailKey]);
}

export function readAccount(tx: Read, companyId: CompanyId, userId: UserId): Promise<Account | undefined> {
  return tx.get(`SELECT ${account} FROM users WHERE company_id = $1 AND id = $2`, [companyId, userId]);
}

export async function updatePassword(
  tx: Tx,
  user: { readonly companyId: CompanyId; readonly userId: UserId; readonly passwordHash: string },
): Promise<void> {
  await tx.run("UPDATE users SET password_hash = $1 WHERE company_id = $2 AND id = $3", [
    user.passwordHash,
    user.companyId,
    user.userId,
  ]);
}

/** Life of an access token without refresh, in hours. */
export async function readTokenHours(tx: Read, companyId: CompanyId): Promise<number> {
  const row = await tx.get<{ token_hours: number }>("SELECT token_hours FROM companies WHERE id = $1", [
    companyId,
  ]);
  return row?.token_hours ?? 12;
}

// Callers ----------------------------------------------------------------------------------------

interface PersonRow {
  readonly company_id: CompanyId;
  readonly user_id: UserId;
  readonly name: string;
  readonly role: Role;
  /** JSON array. */
  readonly queue_ids: string;
  readonly visibility: Visibility;
  readonly locale: Locale;
}

export interface SessionCallerRow extends PersonRow {
  readonly session_id: SessionId;
  readonly expires_at: number;
}

export interface KeyCallerRow extends PersonRow {
  readonly api_key_id: ApiKeyId;
  /** JSON array. */
  readonly scopes: string;
  readonly last_used_at: number | null;
}

const person = `u.company_id, u.id AS user_id, u.name, u.role, c.visibility, c.locale,
  (SELECT json_group_array(m.queue_id) FROM queue_members m WHERE m.user_id = u.id) AS queue_ids`;

const sessionCaller = `SELECT s.id AS session_id, s.expires_at, ${person} FROM sessions s
  JOIN users u ON u.id = s.user_id AND u.active = 1 JOIN companies c ON c.id = u.company_id`;

const keyCaller = `SELECT k.id AS api_key_id, k.scopes, k.last_used_at, ${person} FROM api_keys k
  JOIN users u ON u.id = k.user_id AND u.active = 1 JOIN companies c ON c.id = u.company_id`;

/** The live session of that user, with his rights of now. `now` in milliseconds. */
export function readSessionCaller(
  tx: Read,
  session: {
    readonly companyId: CompanyId;
    readonly userId: UserId;
    readonly sessionId: SessionId;
    readonly now: number;
  },
): Promise<SessionCallerRow | undefined> {
  return tx.get(
    `${sessionCaller} WHERE s.company_id = $1 AND s.user_id = $2 AND s.id = $3
     AND s.revoked_at IS NULL AND s.expires_at > $4`,
    [session.companyId, session.userId, session.sessionId, session.now],
  );
}

/** The same by the session cookie, the one place where a company is found by a secret instead of named. */
export function readCookieCaller(
  tx: Read,
  cookieHash: string,
  now: number,
): Promise<SessionCallerRow | undefined> {
  return tx.get(`${sessionCaller} WHERE s.cookie_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2`, [
    cookieHash,
    now,
  ]);
}

export function readKeyCaller(tx: Read, keyHash: string): Promise<KeyCallerRow | undefined> {
  return tx.get(`${keyCaller} WHERE k.key_hash = $1 AND k.revoked_at IS NULL`, [keyHash]);
}

export function readKeyCallerById(
  tx: Read,
  companyId: CompanyId,
  id: ApiKeyId,
): Promise<KeyCallerRow | undefined> {
  return tx.get(`${keyCaller} WHERE k.company_id = $1 AND k.id = $2 AND k.revoked_at IS NULL`, [
    companyId,
    id,
  ]);
}

export async function touchKey(tx: Tx, id: ApiKeyId, now: number): Promise<void> {
  await tx.run("UPDATE api_keys SET last_used_at = $1 WHERE id = $2", [now, id]);
}

export function toQueueIds(json: string): readonly QueueId[] {
  // Written by SQLite's json_group_array from a column of ids.
  return JSON.parse(json) as QueueId[];
}
