import type { ApiKeyId, CompanyId, UserId } from "../../contract/ids.ts";
import type { Read, Tx } from "../../db/sql.ts";

export interface ApiKeyRow {
  readonly id: ApiKeyId;
  readonly user_id: UserId;
  readonly name: string;
  readonly hint: string;
  /** JSON array. */
  readonly scopes: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
}

const columns = "id, user_id, name, hint, scopes, created_at, last_used_at";

export interface NewApiKeyRow {
  readonly id: ApiKeyId;
  readonly companyId: CompanyId;
  readonly userId: UserId;
  readonly name: string;
  readonly keyHash: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
}

export async function insertApiKey(tx: Tx, key: NewApiKeyRow): Promise<void> {
  await tx.run(
    `INSERT INTO api_keys (id, company_id, user_id, name, key_hash, hint, scopes, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      key.id,
      key.companyId,
      key.userId,
      key.name,
      key.keyHash,
      key.hint,
      JSON.stringify(key.scopes),
      key.createdAt,
    ],
  );
}

/** The company's keys that were not revoked, newest first. */
export function listApiKeys(tx: Read, companyId: CompanyId): Promise<readonly ApiKeyRow[]> {
  return tx.all(
    `SELECT ${columns} FROM api_keys WHERE company_id = $1 AND revoked_at IS NULL ORDER BY id DESC`,
    [companyId],
  );
}

/** False when the company has no such key, or it was revoked before. */
export async function revokeApiKeyRow(
  tx: Tx,
  companyId: CompanyId,
  { id, now }: { readonly id: ApiKeyId; readonly now: number },
): Promise<boolean> {
  const revoked = await tx.run(
    "UPDATE api_keys SET revoked_at = $1 WHERE company_id = $2 AND id = $3 AND revoked_at IS NULL",
    [now, companyId, id],
  );
  return revoked === 1;
}
