import type { Role } from "../../contract/entities.ts";
import type { CompanyId, InvitationId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

export interface InvitationRow {
  readonly id: InvitationId;
  readonly company_id: CompanyId;
  /** Whose password the link sets; null where it makes a new user. */
  readonly user_id: UserId | null;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** JSON array. */
  readonly queue_ids: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly used_at: number | null;
  readonly revoked_at: number | null;
}

const columns =
  "i.id, i.company_id, i.user_id, i.name, i.email, i.role, i.queue_ids, i.created_at, i.expires_at, i.used_at, i.revoked_at";

export interface NewInvitationRow {
  readonly id: InvitationId;
  readonly companyId: CompanyId;
  readonly userId: UserId | null;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly queueIds: readonly QueueId[];
  readonly tokenHash: string;
  readonly createdBy: UserId;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export async function insertInvitation(tx: Tx, row: NewInvitationRow): Promise<void> {
  await tx.run(
    `INSERT INTO invitations
       (id, company_id, user_id, name, email, role, queue_ids, token_hash, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.id,
      row.companyId,
      row.userId,
      row.name,
      row.email,
      row.role,
      JSON.stringify(row.queueIds),
      row.tokenHash,
      row.createdBy,
      row.createdAt,
      row.expiresAt,
    ],
  );
}

/** The company's invitations that still can be used, newest first; password links are not among them. */
export function listOpenInvitations(
  tx: Read,
  companyId: CompanyId,
  now: number,
): Promise<readonly InvitationRow[]> {
  return tx.all(
    `SELECT ${columns} FROM invitations i WHERE i.company_id = $1 AND i.user_id IS NULL
     AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2 ORDER BY i.id DESC`,
    [companyId, now],
  );
}

/** The link of a token, while it can be used. Who holds the token is not signed in: no company is known before. */
export function readOpenByToken(
  tx: Read,
  tokenHash: string,
  now: number,
): Promise<(InvitationRow & { readonly company: string }) | undefined> {
  return tx.get(
    `SELECT ${columns}, c.name AS company
     FROM invitations i JOIN companies c ON c.id = i.company_id
     WHERE i.token_hash = $1 AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2`,
    [tokenHash, now],
  );
}

export async function markUsed(tx: Tx, id: InvitationId, now: number): Promise<void> {
  await tx.run("UPDATE invitations SET used_at = $1 WHERE id = $2", [now, id]);
}

/** False when the company has no such invitation, or it can't be used any more. */
export async function revokeInvitationRow(
  tx: Tx,
  companyId: CompanyId,
  { id, now }: { readonly id: InvitationId; readonly now: number },
): Promise<boolean> {
  const revoked = await tx.run(
    `UPDATE invitations SET revoked_at = $1
     WHERE company_id = $2 AND id = $3 AND used_at IS NULL AND revoked_at IS NULL`,
    [now, companyId, id],
  );
  return revoked === 1;
}

/** A newer link for the same address takes the older ones' place. */
export async function revokeOlder(
  tx: Tx,
  companyId: CompanyId,
  { email, now }: { readonly email: string; readonly now: number },
): Promise<void> {
  await tx.run(
    `UPDATE invitations SET revoked_at = $1
     WHERE company_id = $2 AND email = $3 AND used_at IS NULL AND revoked_at IS NULL`,
    [now, companyId, email],
  );
}
