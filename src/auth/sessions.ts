import { Refusal } from "../contract/errors.ts";
import type { CompanyId, SessionId, UserId } from "../contract/ids.ts";
import { newId, randomToken, sha256Hex } from "../lib/ids.ts";
import type { Caller } from "./caller.ts";
import type { AuthContext } from "./context.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { refreshToken } from "./refresh-token.ts";
import { insertSession, removeEndedSessions, revokeSession, revokeSessions } from "./session-store.ts";
import { type Account, readAccount, readAccountByEmail, readTokenHours, updatePassword } from "./store.ts";
import { accountName, addressName, emailKey, type Throttle } from "./throttle.ts";
import { signAccessToken } from "./tokens.ts";

/** Life of an access token that comes with refresh tokens, in milliseconds. */
export const shortTokenMs = 15 * 60 * 1000;

/** A session with refresh tokens ends when it is not used for this long, in milliseconds. */
export const idleSessionMs = 30 * 24 * 60 * 60 * 1000;

/** How somebody signs in. */
export interface SessionRequest {
  /** Short access tokens and a refresh token, instead of one long access token. */
  readonly refresh: boolean;
  readonly userAgent: string;
  readonly ip: string;
}

/** What a client gets when it signs in or refreshes. */
export interface SignIn {
  readonly userId: UserId;
  readonly companyId: CompanyId;
  readonly sessionId: SessionId;
  readonly accessToken: string;
  /** Life of the access token, in seconds. */
  readonly expiresIn: number;
  /** Value of the `balcao_session` cookie. */
  readonly cookie: string;
  readonly refreshToken: string | null;
  /** How long a browser keeps the cookies, in seconds. */
  readonly cookieSeconds: number;
}

export interface LoginRequest extends SessionRequest {
  readonly email: string;
  readonly password: string;
}

/**
 * Signs in by e-mail and password. Throws `invalid_credentials`, the same and as late for an unknown or inactive account
 * as for a wrong password, and `rate_limited`.
 */
export async function login(
  context: AuthContext,
  throttle: Throttle,
  request: LoginRequest,
): Promise<SignIn> {
  const names = [accountName(request.email), addressName(request.ip)];
  throttle.attempt(names);
  const account = await context.sql.read((tx) => readAccountByEmail(tx, emailKey(request.email)));
  const isRight = await verifyPassword(request.password, account?.password_hash);
  if (!account || !isRight || account.active === 0) throw new Refusal("invalid_credentials");
  throttle.giveBack(names);
  return openSession(context, account, request);
}

/**
 * Opens a session for an account whose owner has proved himself. Throws `invalid_credentials` when it was deactivated or
 * its password changed since it was read.
 */
export async function openSession(
  context: AuthContext,
  account: Account,
  request: SessionRequest,
): Promise<SignIn> {
  const now = context.clock.now();
  const cookie = randomToken(32);
  const sessionId = newId<SessionId>();
  const { company_id: companyId, id: userId } = account;
  const tokenMs = await context.sql.transaction(async (tx) => {
    const current = await readAccount(tx, companyId, userId);
    if (!current || current.active === 0 || current.password_hash !== account.password_hash) {
      throw new Refusal("invalid_credentials");
    }
    const lifeMs = request.refresh ? shortTokenMs : (await readTokenHours(tx, companyId)) * 60 * 60 * 1000;
    await insertSession(tx, {
      id: sessionId,
      companyId,
      userId,
      cookieHash: sha256Hex(cookie),
      refreshN: request.refresh ? 0 : null,
      userAgent: request.userAgent.slice(0, 256),
      ip: request.ip,
      createdAt: now,
      expiresAt: now + (request.refresh ? idleSessionMs : lifeMs),
    });
    return lifeMs;
  });
  return {
    userId,
    companyId,
    sessionId,
    accessToken: await signAccessToken(context, { userId, companyId, sessionId, expiresAt: now + tokenMs }),
    expiresIn: tokenMs / 1000,
    cookie,
    refreshToken: request.refresh ? refreshToken(context.key, sessionId, 0) : null,
    cookieSeconds: (request.refresh ? idleSessionMs : tokenMs) / 1000,
  };
}

/** An access token for whoever has the server's shell (`balcao token`). Throws `not_found`. */
export async function tokenFor(context: AuthContext, email: string): Promise<string> {
  const account = await context.sql.read((tx) => readAccountByEmail(tx, emailKey(email)));
  if (!account || account.active === 0) throw new Refusal("not_found");
  const request = { refresh: false, userAgent: "balcao token", ip: "" };
  return (await openSession(context, account, request)).accessToken;
}

/** Ends the caller's session, or all of his. Throws `forbidden` for an API key, which has none. */
export async function logout(context: AuthContext, caller: Caller, everywhere: boolean): Promise<void> {
  const { credential, companyId, userId } = caller;
  if (credential.kind !== "session") throw new Refusal("forbidden");
  const now = context.clock.now();
  const ended = await context.sql.transaction((tx) =>
    everywhere
      ? revokeSessions(tx, { companyId, userId, keep: "", now })
      : revokeSession(tx, credential.sessionId, now),
  );
  context.revocations.tell({ kind: "sessions", sessionIds: ended.map(({ id }) => id) });
}

/**
 * Changes the caller's password and ends his other sessions. Throws `invalid_credentials` when `current` is wrong,
 * `rate_limited`, and `forbidden` for an API key.
 */
export async function changePassword(
  context: AuthContext,
  caller: Caller,
  change: { readonly current: string; readonly next: string; readonly throttle: Throttle },
): Promise<void> {
  const { credential, companyId, userId } = caller;
  if (credential.kind !== "session") throw new Refusal("forbidden");
  const names = [`password ${userId}`];
  change.throttle.attempt(names);
  const account = await context.sql.read((tx) => readAccount(tx, companyId, userId));
  if (!(await verifyPassword(change.current, account?.password_hash))) {
    throw new Refusal("invalid_credentials");
  }
  change.throttle.giveBack(names);
  const passwordHash = await hashPassword(change.next);
  const now = context.clock.now();
  const ended = await context.sql.transaction(async (tx) => {
    const current = await readAccount(tx, companyId, userId);
    if (current?.password_hash !== account?.password_hash) throw new Refusal("conflict");
    await updatePassword(tx, { companyId, userId, passwordHash });
    return revokeSessions(tx, { companyId, userId, keep: credential.sessionId, now });
  });
  context.revocations.tell({ kind: "sessions", sessionIds: ended.map(({ id }) => id) });
}

/** How long an ended session is kept, for whoever looks into what happened; in milliseconds. */
const keepEndedMs = 7 * 24 * 60 * 60 * 1000;

/** Removes sessions that ended a week ago or longer; gives how many. */
export function removeOldSessions({ sql, clock }: Pick<AuthContext, "sql" | "clock">): Promise<number> {
  const before = clock.now() - keepEndedMs;
  return sql.transaction((tx) => removeEndedSessions(tx, before));
}
