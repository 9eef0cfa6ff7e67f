import { Refusal } from "../contract/errors.ts";
import type { Tx } from "../db/sql.ts";
import { randomToken, sha256Hex } from "../lib/ids.ts";
import type { AuthContext } from "./context.ts";
import { readRefreshToken, type RefreshClaims, refreshToken } from "./refresh-token.ts";
import {
  insertFirstUse,
  readFamily,
  readFirstUse,
  type RefreshFamily,
  revokeSession,
  updateFamily,
} from "./session-store.ts";
import { idleSessionMs, shortTokenMs, type SignIn } from "./sessions.ts";
import { signAccessToken } from "./tokens.ts";

/** How long a rotated token gives the same successor after that one was first used: parallel tabs, lost answers. */
const graceMs = 10_000;

export interface RefreshRequest {
  readonly token: string;
  /** The `balcao_session` that came along; kept when it is the session's own. */
  readonly cookie: string | undefined;
}

/**
 * A new access token, and the successor of the refresh token (http.md, "Auth").
 * Throws `token_invalid` when the token was not signed here, its session is over, or it was used again after its successor:
 * then somebody else holds it too, and the whole family is revoked.
 */
export async function refresh(context: AuthContext, request: RefreshRequest): Promise<SignIn> {
  const claims = readRefreshToken(context.key, request.token);
  if (!claims) throw new Refusal("token_invalid");
  const now = context.clock.now();
  const cookie = request.cookie?.slice(0, 128) ?? randomToken(32);
  const spare = randomToken(32);

  const outcome = await context.sql.transaction(async (tx) => {
    const family = await readFamily(tx, claims.sessionId, now);
    // A generation that was never issued: the database was restored from before it.
    if (!family || claims.n > family.refresh_n) return undefined;
    if (!(await mayRotate(tx, claims, { family, now }))) {
      await revokeSession(tx, family.id, now);
      return "reused";
    }
    const isNewest = claims.n === family.refresh_n;
    if (isNewest) await insertFirstUse(tx, { id: family.id, n: claims.n, at: now, keepAfter: now - graceMs });
    const kept = sha256Hex(cookie) === family.cookie_hash ? cookie : spare;
    await updateFamily(tx, {
      id: family.id,
      n: isNewest ? claims.n + 1 : family.refresh_n,
      cookieHash: sha256Hex(kept),
      expiresAt: now + idleSessionMs,
    });
    return { family, cookie: kept };
  });

  if (outcome === "reused") {
    context.log.warn("refresh token used again: session revoked", { session_id: claims.sessionId });
    context.revocations.tell({ kind: "sessions", sessionIds: [claims.sessionId] });
  }
  if (outcome === undefined || outcome === "reused") throw new Refusal("token_invalid");
  const { company_id: companyId, user_id: userId, id: sessionId } = outcome.family;
  return {
    userId,
    companyId,
    sessionId,
    accessToken: await signAccessToken(context, {
      userId,
      companyId,
      sessionId,
      expiresAt: now + shortTokenMs,
    }),
    expiresIn: shortTokenMs / 1000,
    cookie: outcome.cookie,
    refreshToken: refreshToken(context.key, sessionId, claims.n + 1),
    cookieSeconds: idleSessionMs / 1000,
  };
}

/** The newest token, or the one before it while nobody used the newest; any other for the grace time of its successor. */
async function mayRotate(
  tx: Tx,
  claims: RefreshClaims,
  { family, now }: { readonly family: RefreshFamily; readonly now: number },
): Promise<boolean> {
  if (claims.n >= family.refresh_n - 1) return true;
  const usedAt = await readFirstUse(tx, family.id, claims.n + 1);
  return usedAt !== undefined && now - usedAt <= graceMs;
}
