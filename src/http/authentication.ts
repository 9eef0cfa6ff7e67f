import type { MiddlewareHandler } from "hono";

import { authenticate } from "../auth/authenticate.ts";
import { Refusal } from "../contract/errors.ts";
import type { Context } from "../domain/context.ts";
import type { AppEnv } from "../domain/routing.ts";

/** The API, and the shapes that ConectCRM's front ends know it by. */
const closed = /^\/api\/(?:v1|atendimento)\//;

/** Answered to anybody: a stale `Authorization` header must not keep somebody from signing in. */
const open = new Set([
  "/api/v1/auth/login",
  "/api/v1/auth/refresh",
  "/api/v1/setup",
  "/api/v1/invitations/accept",
]);

/**
 * The one place where the session cookie stands for a token, since an `<img>` can't send a header; and where a signed
 * link stands for both, which the route judges.
 */
const files = /^\/api\/v1\/attachments\//;

/**
 * Finds out who asks, in the database, for each request of the API. Whatever is not named here is closed to strangers,
 * before anything looks at what they sent.
 */
export function authentication(context: Context): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { path, method } = c.req;
    if (!closed.test(path) || open.has(path)) return next();
    const isFile = (method === "GET" || method === "HEAD") && files.test(path);
    const caller = await authenticate(context, {
      authorization: c.req.header("Authorization"),
      cookie: isFile ? c.req.header("Cookie") : undefined,
    });
    if (!caller && !isFile) throw new Refusal("unauthorized");
    c.set("caller", caller);
    return next();
  };
}
