import { errors as joseErrors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";

import { Refusal } from "../contract/errors.ts";
import type { CompanyId, SessionId, UserId } from "../contract/ids.ts";
import { deriveKey } from "../db/secrets.ts";
import type { AuthContext } from "./context.ts";

type TokenContext = Pick<AuthContext, "clock" | "key">;

/** Whom an access token names. Role and company are looked up, never taken from here. */
export interface AccessClaims {
  readonly userId: UserId;
  readonly companyId: CompanyId;
  readonly sessionId: SessionId;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const algorithm = "HS256";
/** RFC 9068: keeps any other JWT of this key from passing as an access token. */
const type = "at+jwt";
const issuer = "balcao";

/** Ours have about 400 characters; a longer one is not worth the hashing. */
const longest = 1_024;

const header = z.strictObject({ alg: z.literal(algorithm), typ: z.literal(type) });
const payload = z.object({ sub: z.uuid(), cid: z.uuid(), sid: z.uuid(), exp: z.int() });

/** A signed JWT (http.md, "Auth"); `expiresAt` in milliseconds is cut to whole seconds. */
export function signAccessToken({ clock, key }: TokenContext, claims: AccessClaims): Promise<string> {
  return new SignJWT({ cid: claims.companyId, sid: claims.sessionId })
    .setProtectedHeader({ alg: algorithm, typ: type })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setSubject(claims.userId)
    .setIssuedAt(Math.floor(clock.now() / 1000))
    .setExpirationTime(Math.floor(claims.expiresAt / 1000))
    .sign(deriveKey(key, "jwt"));
}

/**
 * What a token says, once its signature, algorithm, type, issuer, audience and time hold.
 * Throws `token_expired` for one that was good once, `token_invalid` for every other.
 */
export async function verifyAccessToken({ clock, key }: TokenContext, token: string): Promise<AccessClaims> {
  if (token.length > longest) throw new Refusal("token_invalid");
  try {
    const verified = await jwtVerify(token, deriveKey(key, "jwt"), {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience: issuer,
      currentDate: new Date(clock.now()),
    });
    header.parse(verified.protectedHeader);
    const { sub, cid, sid, exp } = payload.parse(verified.payload);
    return {
      userId: sub as UserId,
      companyId: cid as CompanyId,
      sessionId: sid as SessionId,
      expiresAt: exp * 1000,
    };
  } catch (error) {
    throw new Refusal(error instanceof joseErrors.JWTExpired ? "token_expired" : "token_invalid");
  }
}
