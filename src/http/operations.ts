import { z } from "@hono/zod-openapi";

import { bearer, callerFromToken } from "../auth/authenticate.ts";
import type { Config } from "../config.ts";
import { Refusal } from "../contract/errors.ts";
import type { Context } from "../domain/context.ts";
import { type AppContext, createRouter, type Router } from "../domain/routing.ts";
import { isLoopback } from "./addresses.ts";
import type { MetricsPage } from "./metrics.ts";

/** What `/ready` says: whether this server can take and keep a message. */
export interface Readiness {
  readonly ready: boolean;
  /** By name: `database`, `migrations`, `channels`; nothing internal. */
  readonly checks: Readonly<Record<string, unknown>>;
}

export interface OperationsOptions {
  readonly context: Context;
  readonly config: Pick<Config, "metrics">;
  readonly version: string;
  readonly metrics: MetricsPage;
  /** Looks now; must not throw. */
  readonly readiness: () => Promise<Readiness>;
}

/** `/health`, `/ready` and `/metrics` (http.md, "Operations"). */
export function operations(options: OperationsOptions): Router {
  const { version, metrics, readiness } = options;
  const router = createRouter();
  router.openapi(
    {
      method: "get",
      path: "/health",
      tags: ["Operations"],
      summary: "Whether the process is alive",
      security: [],
      responses: {
        200: {
          description: "It is",
          content: {
            "application/json": { schema: z.object({ status: z.literal("ok"), version: z.string() }) },
          },
        },
      },
    },
    (c) => c.json({ status: "ok" as const, version }, 200),
  );
  router.get("/ready", async (c) => {
    const { ready, checks } = await readiness();
    return c.json({ status: ready ? "ready" : "not_ready", ...checks }, ready ? 200 : 503);
  });
  router.get("/metrics", async (c) => {
    await admitToMetrics(options, c);
    return c.body(await metrics.render(), 200, { "Content-Type": metrics.contentType });
  });
  return router;
}

const proxyHeaders = /^(?:forwarded|via|x-forwarded-.*)$/i;

/**
 * Requests from this machine that came through no proxy, and API keys with the scope `metrics`. A proxy on this machine
 * looks like loopback: its headers give it away, whether it is trusted or not.
 */
async function admitToMetrics({ context, config }: OperationsOptions, c: AppContext): Promise<void> {
  const authorization = c.req.header("Authorization");
  if (authorization !== undefined) {
    await callerFromToken(context, bearer(authorization), "metrics");
    return;
  }
  const isForwarded = [...c.req.raw.headers.keys()].some((name) => proxyHeaders.test(name));
  if (config.metrics === "key" || isForwarded || !isLoopback(c.get("ip"))) throw new Refusal("unauthorized");
}
