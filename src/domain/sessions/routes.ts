import { createRoute, z } from "@hono/zod-openapi";

import { readCookie, refreshCookie, sessionCookie } from "../../auth/cookies.ts";
import { givenPassword, newPassword } from "../../auth/passwords.ts";
import { permissionsOf } from "../../auth/permissions.ts";
import { refresh } from "../../auth/refresh.ts";
import { changePassword, login, logout } from "../../auth/sessions.ts";
import { Refusal } from "../../contract/errors.ts";
import { companySchema } from "../companies/schema.ts";
import { readSettings } from "../companies/settings.ts";
import type { Context } from "../context.ts";
import { body, createRouter, json, noContent, refusals, type Router, signedIn } from "../routing.ts";
import { userSchema } from "../users/schema.ts";
import { loadUsers } from "../users/store.ts";
import { answerSignIn, clearCookies, type SessionDeps, sessionRequest, signInSchema } from "./answer.ts";

const tags = ["Sign-in"];

const loginRoute = createRoute({
  method: "post",
  path: "/auth/login",
  tags,
  summary: "Sign in with e-mail and password",
  description:
    "With `refresh` the token lives 15 minutes and a refresh cookie comes with it; without, it lives as long as the company set.",
  security: [],
  request: body(
    z.strictObject({
      email: z.string().min(1).max(254),
      password: givenPassword,
      refresh: z.boolean().default(false),
    }),
  ),
  responses: {
    200: json(signInSchema),
    ...refusals("invalid_request", "invalid_credentials", "rate_limited"),
  },
});

const refreshRoute = createRoute({
  method: "post",
  path: "/auth/refresh",
  tags,
  summary: "A new access token for the refresh cookie",
  security: [],
  responses: { 200: json(signInSchema), ...refusals("token_invalid") },
});

const logoutRoute = createRoute({
  method: "post",
  path: "/auth/logout",
  tags,
  summary: "End this session, or all of the user's",
  request: body(z.strictObject({ everywhere: z.boolean().default(false) }), { required: false }),
  responses: { 204: noContent, ...refusals("unauthorized", "forbidden") },
});

const meRoute = createRoute({
  method: "get",
  path: "/auth/me",
  tags,
  summary: "Who is signed in, to which company, and what he may do",
  responses: {
    200: json(
      // The user himself, as whoever asks for one entity expects, and under `user`, as signing in answers.
      userSchema.extend({
        user: userSchema,
        company: companySchema,
        permissions: z.array(z.string()).readonly(),
      }),
    ),
    ...refusals("unauthorized"),
  },
});

const passwordRoute = createRoute({
  method: "post",
  path: "/auth/password",
  tags,
  summary: "Change one's own password; ends the other sessions",
  request: body(z.strictObject({ current_password: givenPassword, new_password: newPassword })),
  responses: {
    204: noContent,
    ...refusals("invalid_request", "invalid_credentials", "forbidden", "rate_limited"),
  },
});

/** `/auth/…` below `/api/v1` (http.md, "Auth"). */
export function sessionRoutes(context: Context, { presence, throttle }: SessionDeps): Router {
  const router = createRouter();

  router.openapi(loginRoute, async (c) => {
    const { email, password, refresh: wantsRefresh } = c.req.valid("json");
    const request = { ...sessionRequest(c, wantsRefresh), email, password };
    const signIn = await login(context, throttle, request);
    return c.json(await answerSignIn(c, { context, presence }, signIn), 200);
  });

  router.openapi(refreshRoute, async (c) => {
    const header = c.req.header("Cookie");
    const token = readCookie(header, refreshCookie);
    if (token === undefined) throw new Refusal("token_invalid");
    const signIn = await refresh(context, { token, cookie: readCookie(header, sessionCookie) });
    return c.json(await answerSignIn(c, { context, presence }, signIn), 200);
  });

  router.openapi(logoutRoute, async (c) => {
    await logout(context, signedIn(c), c.req.valid("json").everywhere ?? false);
    clearCookies(c);
    return c.body(null, 204);
  });

  router.openapi(meRoute, async (c) => {
    const caller = signedIn(c);
    const { companyId, userId } = caller;
    const company = await readSettings(context, caller);
    const users = await context.sql.read((tx) => loadUsers(tx, companyId, { presence, ids: [userId] }));
    const user = users.get(userId);
    if (!user) throw new Refusal("unauthorized");
    return c.json({ ...user, user, company, permissions: permissionsOf(caller) }, 200);
  });

  router.openapi(passwordRoute, async (c) => {
    const { current_password: current, new_password: next } = c.req.valid("json");
    await changePassword(context, signedIn(c), { current, next, throttle });
    return c.body(null, 204);
  });

  return router;
}
