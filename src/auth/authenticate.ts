import { Refusal } from "../contract/errors.ts";
import { StorageError } from "../db/sql.ts";
import { sha256Hex } from "../lib/ids.ts";
import { bearerToken } from "./bearer.ts";
import { type Caller, type Scope, scopes } from "./caller.ts";
import type { AuthContext } from "./context.ts";
import { readCookie, sessionCookie } from "./cookies.ts";
import {
  type KeyCallerRow,
  readCookieCaller,
  readKeyCaller,
  readKeyCallerById,
  readSessionCaller,
  type SessionCallerRow,
  toQueueIds,
  touchKey,
} from "./store.ts";
import { verifyAccessToken } from "./tokens.ts";

/** A proven caller; `expiresAt` is when the proof ends (milliseconds), null where it does not. */
export interface Admission {
  readonly caller: Caller;
  readonly expiresAt: number | null;
}

/** What a request brings along. */
export interface Credentials {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The `Cookie` header, only where a cookie may stand for a token. */
  readonly cookie?: string | undefined;
}

/** `last_used_at` of a key is for people: it is not worth a write with each request. */
const touchEveryMs = 5 * 60 * 1000;

/**
 * Who asks over HTTP; undefined when the request brings nothing.
 * Throws `token_invalid` | `token_expired`, `unauthorized` for a header that is no bearer, `forbidden` for a key without `api`.
 */
export async function authenticate(
  context: AuthContext,
  { authorization, cookie }: Credentials,
): Promise<Caller | undefined> {
  if (authorization !== undefined) {
    return (await callerFromToken(context, bearer(authorization), "api")).caller;
  }
  if (readCookie(cookie, sessionCookie) === undefined) return undefined;
  return (await callerFromCookie(context, cookie)).caller;
}

/** The token of an `Authorization` header. Throws `unauthorized`. */
export function bearer(authorization: string): string {
  const token = bearerToken(authorization);
  if (token === null) throw new Refusal("unauthorized");
  return token;
}

/**
 * The caller of an access token or of an API key with `scope`, looked up in the database as it is now.
 * Throws `token_invalid` | `token_expired`, and `forbidden` for a key without the scope.
 */
export async function callerFromToken(context: AuthContext, token: string, scope: Scope): Promise<Admission> {
  if (token.startsWith("bk_")) return callerFromKey(context, token, scope);
  const claims = await verifyAccessToken(context, token);
  const now = context.clock.now();
  const row = await context.sql.read((tx) => readSessionCaller(tx, { ...claims, now }));
  if (!row) throw new Refusal("token_invalid");
  return { caller: sessionCaller(row), expiresAt: claims.expiresAt };
}

/** The caller of a `Cookie` header with `balcao_session`. Throws `unauthorized` without it, `token_invalid`. */
export async function callerFromCookie(context: AuthContext, header: string | undefined): Promise<Admission> {
  const cookie = readCookie(header, sessionCookie);
  if (cookie === undefined) throw new Refusal("unauthorized");
  const now = context.clock.now();
  const row = await context.sql.read((tx) => readCookieCaller(tx, sha256Hex(cookie), now));
  if (!row) throw new Refusal("token_invalid");
  return { caller: sessionCaller(row), expiresAt: row.expires_at };
}

/** The caller with the rights of now; null when the session or key no longer stands, or the user is inactive. */
export async function reloadCaller(context: AuthContext, caller: Caller): Promise<Caller | null> {
  const { companyId, userId, credential } = caller;
  const now = context.clock.now();
  if (credential.kind === "session") {
    const session = { companyId, userId, sessionId: credential.sessionId, now };
    const row = await context.sql.read((tx) => readSessionCaller(tx, session));
    return row ? sessionCaller(row) : null;
  }
  const row = await context.sql.read((tx) => readKeyCallerById(tx, companyId, credential.apiKeyId));
  return row ? keyCaller(row) : null;
}

async function callerFromKey(context: AuthContext, key: string, scope: Scope): Promise<Admission> {
  const row = await context.sql.read((tx) => readKeyCaller(tx, sha256Hex(key)));
  if (!row) throw new Refusal("token_invalid");
  const caller = keyCaller(row);
  if (!readScopes(row.scopes).includes(scope)) throw new Refusal("forbidden", { scope });
  await touch(context, row);
  return { caller, expiresAt: null };
}

async function touch(context: AuthContext, { api_key_id, last_used_at }: KeyCallerRow): Promise<void> {
  const now = context.clock.now();
  if (last_used_at !== null && now - last_used_at < touchEveryMs) return;
  try {
    await context.sql.transaction((tx) => touchKey(tx, api_key_id, now));
  } catch (error) {
    // A full disk must not keep a key from reading.
    if (!(error instanceof StorageError)) throw error;
  }
}

function sessionCaller(row: SessionCallerRow): Caller {
  return { ...person(row), credential: { kind: "session", sessionId: row.session_id } };
}

function keyCaller(row: KeyCallerRow): Caller {
  return {
    ...person(row),
    credential: { kind: "api_key", apiKeyId: row.api_key_id, scopes: readScopes(row.scopes) },
  };
}

function readScopes(json: string): readonly Scope[] {
  const names: unknown = JSON.parse(json);
  return Array.isArray(names) ? scopes.filter((scope) => names.includes(scope)) : [];
}

function person(row: SessionCallerRow | KeyCallerRow): Omit<Caller, "credential"> {
  return {
    companyId: row.company_id,
    userId: row.user_id,
    name: row.name,
    role: row.role,
    queueIds: toQueueIds(row.queue_ids),
    visibility: row.visibility,
    locale: row.locale,
  };
}
