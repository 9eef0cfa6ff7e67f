import { createHmac, timingSafeEqual } from "node:crypto";

import { z } from "zod";

import type { SessionId } from "../contract/ids.ts";
import type { DataKey } from "../db/data-key.ts";
import { deriveKey } from "../db/secrets.ts";

/** A refresh token names its family (the session) and its generation. */
export interface RefreshClaims {
  readonly sessionId: SessionId;
  readonly n: number;
}

const parts = z.tuple([z.uuid(), z.string().regex(/^\d{1,9}$/), z.string().length(43)]);

/** The token of one generation: the same each time, since it is an HMAC of (server key, family, n). */
export function refreshToken(key: DataKey, sessionId: SessionId, n: number): string {
  return `${sessionId}.${n}.${signature(key, `${sessionId}.${n}`)}`;
}

/** What a token says, or undefined when this server did not sign it. */
export function readRefreshToken(key: DataKey, token: string): RefreshClaims | undefined {
  if (token.length > 128) return undefined;
  const read = parts.safeParse(token.split("."));
  if (!read.success) return undefined;
  const [sessionId, n, given] = read.data;
  const expected = signature(key, `${sessionId}.${n}`);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return undefined;
  return { sessionId: sessionId as SessionId, n: Number(n) };
}

function signature(key: DataKey, text: string): string {
  return createHmac("sha256", deriveKey(key, "refresh")).update(text).digest("base64url");
}
