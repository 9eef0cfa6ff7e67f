import type { Caller, Scope } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ApiKeyId } from "../../contract/ids.ts";
import { newId, randomToken, sha256Hex } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { insertApiKey, revokeApiKeyRow } from "./store.ts";

export interface IssuedKey {
  readonly id: ApiKeyId;
  /** Told this once; only its hash is kept. */
  readonly key: string;
  readonly hint: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** A key that acts as the caller, within its scopes. Throws `forbidden`. */
export async function createApiKey(
  context: Context,
  caller: Caller,
  { name, scopes }: { readonly name: string; readonly scopes: readonly Scope[] },
): Promise<IssuedKey> {
  requirePermission(caller, "manage_api_keys");
  const { companyId, userId } = caller;
  const key = `bk_${randomToken(32)}`;
  const issued = { id: newId<ApiKeyId>(), key, hint: key.slice(0, 7), createdAt: context.clock.now() };
  const row = { ...issued, companyId, userId, name, scopes, keyHash: sha256Hex(key) };
  await context.sql.transaction((tx) => insertApiKey(tx, row));
  return issued;
}

/** Ends a key and what is connected with it. Throws `forbidden`, `not_found`. */
export async function revokeApiKey(context: Context, caller: Caller, id: ApiKeyId): Promise<void> {
  requirePermission(caller, "manage_api_keys");
  const now = context.clock.now();
  const isRevoked = await context.sql.transaction((tx) => revokeApiKeyRow(tx, caller.companyId, { id, now }));
  if (!isRevoked) throw new Refusal("not_found");
  context.revocations.tell({ kind: "api_key", apiKeyId: id });
}
