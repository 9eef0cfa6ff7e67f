import type { MiddlewareHandler } from "hono";

import { Refusal } from "../contract/errors.ts";
import type { AppEnv } from "../domain/routing.ts";

const shared = {
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Expose-Headers": "X-Event-Seq, X-Event-Epoch, X-Next-Cursor, Retry-After",
};
const preflight = {
  "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, Accept-Language",
  "Access-Control-Max-Age": "600",
};

/**
 * CORS for the origins of `BALCAO_ALLOWED_ORIGINS`, on every route but webhooks (http.md). The origin is echoed, never
 * `*`. A foreign origin's preflight is refused; its other requests are answered without leave to read the answer.
 */
export function cors(allowedOrigins: readonly string[]): MiddlewareHandler<AppEnv> {
  const allowed = new Set(allowedOrigins);
  return async (c, next) => {
    const origin = c.req.header("Origin");
    if (c.req.path.startsWith("/webhooks/")) return next();
    c.header("Vary", "Origin", { append: true });
    const isAllowed = origin !== undefined && allowed.has(origin);
    const isPreflight = c.req.method === "OPTIONS" && c.req.header("Access-Control-Request-Method");
    const headers: Record<string, string> = isAllowed
      ? { ...shared, "Access-Control-Allow-Origin": origin }
      : {};
    if (isPreflight && origin !== undefined) {
      if (!isAllowed) throw new Refusal("origin_not_allowed");
      return c.body(null, 204, { ...headers, ...preflight });
    }
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    return undefined;
  };
}
