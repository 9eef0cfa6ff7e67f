import type { MiddlewareHandler } from "hono";

import { authenticate } from "../auth/authenticate.ts";
import type { Context } from "../domain/context.ts";
import type { AppEnv } from "../domain/routing.ts";

/** Answered to anybody: a stale `Authorization` header must not keep somebody from signing in. */
const open = new Set([
  "/api/v1/auth/login",
  "/api/v1/auth/refresh",
  "/api/v1/setup",
  "/api/v1/invitations/accept",
]);

/** The one place where the session cookie stands for a token; an `<img>` can't send a header. */
const byCookie = /^\/api\/v1\/attachments\//;

/** Finds out who asks, in the database, for each request of the API; routes refuse where nobody is. */
export function authentication(context: Context): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { path, method } = c.req;
    if (!path.startsWith("/api/") || open.has(path)) return next();
    const takesCookie = (method === "GET" || method === "HEAD") && byCookie.test(path);
    const caller = await authenticate(context, {
      authorization: c.req.header("Authorization"),
      cookie: takesCookie ? c.req.header("Cookie") : undefined,
    });
    c.set("caller", caller);
    return next();
  };
}
