import type { CompanyId, SessionId, UserId } from "../contract/ids.ts";
import type { Read, Tx } from "../db/sql.ts";

export interface NewSession {
  readonly id: SessionId;
  readonly companyId: CompanyId;
  readonly userId: UserId;
  readonly cookieHash: string;
  /** Generation of the first refresh token, or null for a session that has none. */
  readonly refreshN: number | null;
  readonly userAgent: string;
  readonly ip: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.run(
    `INSERT INTO sessions (id, company_id, user_id, cookie_hash, refresh_n, user_agent, ip, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      session.id,
      session.companyId,
      session.userId,
      session.cookieHash,
      session.refreshN,
      session.userAgent,
      session.ip,
      session.createdAt,
      session.expiresAt,
    ],
  );
}

export interface RefreshFamily {
  readonly id: SessionId;
  readonly company_id: CompanyId;
  readonly user_id: UserId;
  readonly cookie_hash: string | null;
  /** The newest generation. */
  readonly refresh_n: number;
}

/** A live session with refresh tokens, of a user who is active. */
export function readFamily(tx: Read, id: SessionId, now: number): Promise<RefreshFamily | undefined> {
  return tx.get(
    `SELECT s.id, s.company_id, s.user_id, s.cookie_hash, s.refresh_n FROM sessions s
     JOIN users u ON u.id = s.user_id AND u.active = 1
     WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.refresh_n IS NOT NULL`,
    [id, now],
  );
}

/** When a generation was first used, milliseconds; undefined when it was not, or longer ago than is kept. */
export async function readFirstUse(tx: Read, id: SessionId, n: number): Promise<number | undefined> {
  const row = await tx.get<{ used_at: number }>(
    "SELECT used_at FROM refresh_uses WHERE session_id = $1 AND n = $2",
    [id, n],
  );
  return row?.used_at;
}

/** Notes the first use of a generation, and forgets those before `keepAfter` (milliseconds). */
export async function insertFirstUse(
  tx: Tx,
  use: { readonly id: SessionId; readonly n: number; readonly at: number; readonly keepAfter: number },
): Promise<void> {
  await tx.run("DELETE FROM refresh_uses WHERE session_id = $1 AND used_at < $2", [use.id, use.keepAfter]);
  await tx.run("INSERT INTO refresh_uses (session_id, n, used_at) VALUES ($1, $2, $3)", [
    use.id,
    use.n,
    use.at,
  ]);
}

export async function updateFamily(
  tx: Tx,
  family: {
    readonly id: SessionId;
    readonly n: number;
    readonly cookieHash: string;
    readonly expiresAt: number;
  },
): Promise<void> {
  await tx.run("UPDATE sessions SET refresh_n = $1, cookie_hash = $2, expires_at = $3 WHERE id = $4", [
    family.n,
    family.cookieHash,
    family.expiresAt,
    family.id,
  ]);
}

/** Ends one session; gives its id, or nothing when it had ended before. */
export function revokeSession(tx: Tx, id: SessionId, now: number): Promise<{ id: SessionId }[]> {
  return tx.all("UPDATE sessions SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL RETURNING id", [
    now,
    id,
  ]);
}

/** Ends a user's sessions but `keep` (`""` keeps none); gives the ids of those that ended. */
export function revokeSessions(
  tx: Tx,
  user: {
    readonly companyId: CompanyId;
    readonly userId: UserId;
    readonly keep: SessionId | "";
    readonly now: number;
  },
): Promise<{ id: SessionId }[]> {
  return tx.all(
    `UPDATE sessions SET revoked_at = $1
     WHERE company_id = $2 AND user_id = $3 AND id <> $4 AND revoked_at IS NULL RETURNING id`,
    [user.now, user.companyId, user.userId, user.keep],
  );
}

/** Forgets sessions that ended before `before` (milliseconds); gives how many. */
export function removeEndedSessions(tx: Tx, before: number): Promise<number> {
  return tx.run("DELETE FROM sessions WHERE expires_at < $1 OR revoked_at < $1", [before]);
}
