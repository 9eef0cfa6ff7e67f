import { z } from "@hono/zod-openapi";
import { setCookie } from "hono/cookie";

import { refreshCookie, sessionCookie } from "../../auth/cookies.ts";
import type { SessionRequest, SignIn } from "../../auth/sessions.ts";
import type { Throttle } from "../../auth/throttle.ts";
import type { User } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { Context } from "../context.ts";
import type { AppContext } from "../routing.ts";
import type { PresenceBoard } from "../users/presence.ts";
import { userSchema } from "../users/schema.ts";
import { loadUsers } from "../users/store.ts";

/** What the routes need by which somebody signs in. */
export interface SessionDeps {
  readonly presence: PresenceBoard;
  /** Counts attempts at passwords, over all the routes that take one. */
  readonly throttle: Throttle;
}

/** Where the refresh cookie is sent: nowhere else has a use for it. */
const refreshPath = "/api/v1/auth";

export const signInSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal("Bearer"),
    expires_in: z.number().openapi({ description: "Life of the access token, in seconds." }),
    user: userSchema,
  })
  .openapi("SignIn");

export interface SignInAnswer {
  readonly access_token: string;
  readonly token_type: "Bearer";
  readonly expires_in: number;
  readonly user: User;
}

/** What is remembered of the browser that signs in. */
export function sessionRequest(c: AppContext, refresh: boolean): SessionRequest {
  return { refresh, userAgent: c.req.header("User-Agent") ?? "", ip: c.get("ip") };
}

/** Sets the cookies of a sign-in and gives the body of its answer. */
export async function answerSignIn(
  c: AppContext,
  { context, presence }: { readonly context: Context; readonly presence: PresenceBoard },
  signIn: SignIn,
): Promise<SignInAnswer> {
  const { companyId, userId } = signIn;
  const users = await context.sql.read((tx) => loadUsers(tx, companyId, { presence, ids: [userId] }));
  const user = users.get(userId);
  if (!user) throw new Refusal("token_invalid");
  const common = {
    httpOnly: true,
    sameSite: "Strict",
    secure: c.get("secure"),
    maxAge: signIn.cookieSeconds,
  } as const;
  setCookie(c, sessionCookie, signIn.cookie, { ...common, path: "/" });
  if (signIn.refreshToken !== null) {
    setCookie(c, refreshCookie, signIn.refreshToken, { ...common, path: refreshPath });
  }
  return {
    access_token: signIn.accessToken,
    token_type: "Bearer",
    expires_in: signIn.expiresIn,
    user,
  };
}

/** Takes both cookies away. */
export function clearCookies(c: AppContext): void {
  const gone = { httpOnly: true, sameSite: "Strict", secure: c.get("secure"), maxAge: 0 } as const;
  setCookie(c, sessionCookie, "", { ...gone, path: "/" });
  setCookie(c, refreshCookie, "", { ...gone, path: refreshPath });
}
