import type { MiddlewareHandler } from "hono";

import type { AppEnv } from "../domain/routing.ts";
import type { Clock } from "../lib/clock.ts";
import { randomToken } from "../lib/ids.ts";
import type { Logger } from "../lib/logger.ts";
import type { Originator } from "./addresses.ts";
import { localeFrom } from "./locale.ts";
import { inertPolicy, securityHeaders } from "./security-headers.ts";

/** What every request has before anything judges it: an id, an address, a language and a log of its own. */
export function requestScope(log: Logger, originate: Originator): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    // Absent where a test calls the app without a server around it.
    const env: AppEnv["Bindings"] | undefined = c.env;
    const { ip, secure } = originate(c.req.raw, env?.peer);
    const requestId = randomToken(12);
    c.set("requestId", requestId);
    c.set("ip", ip);
    c.set("secure", secure);
    c.set("locale", localeFrom(c.req.header("Accept-Language")));
    c.set("log", log.child({ request_id: requestId }));
    await next();
  };
}

/** The headers of every answer; a page's own policy stays, everything else can run nothing. */
export function protect(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set("X-Request-Id", c.get("requestId"));
    for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value);
    if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", inertPolicy);
    if (c.get("secure")) headers.set("Strict-Transport-Security", "max-age=31536000");
    // An answer of the API is somebody's own: no cache in between may keep it.
    if (c.req.path.startsWith("/api/") && !headers.has("Cache-Control")) {
      headers.set("Cache-Control", "no-store");
    }
  };
}

/** One line for each request, without its query: tokens and what people search for stand there. */
export function accessLog(clock: Clock): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const start = clock.now();
    await next();
    const fields = {
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: clock.now() - start,
      ip: c.get("ip"),
      user_id: c.get("caller")?.userId,
    };
    const isRoutine = !c.req.path.startsWith("/api/") && c.res.status < 400;
    if (isRoutine) c.get("log").debug("request", fields);
    else c.get("log").info("request", fields);
  };
}
