import { createRoute, z } from "@hono/zod-openapi";

import { bearer, callerFromToken } from "../auth/authenticate.ts";
import type { Config } from "../config.ts";
import { Refusal } from "../contract/errors.ts";
import type { Context } from "../domain/context.ts";
import { type AppContext, createRouter, json, refusals, type Router } from "../domain/routing.ts";
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

const tags = ["Operations"];

const healthRoute = createRoute({
  method: "get",
  path: "/health",
  tags,
  summary: "Whether the process is alive",
  security: [],
  responses: { 200: json(z.object({ status: z.literal("ok"), version: z.string() })) },
});

const readySchema = z.looseObject({ status: z.enum(["ready", "not_ready"]) });
const readyRoute = createRoute({
  method: "get",
  path: "/ready",
  tags,
  summary: "Whether a message could be taken and kept now, and the channels' states",
  security: [],
  responses: { 200: json(readySchema), 503: json(readySchema, "Not now; the checks say why") },
});

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  tags,
  summary: "Prometheus metrics",
  description:
    "For requests from this machine that came through no proxy, and API keys with the scope `metrics`.",
  security: [{}, { bearer: [] }],
  responses: {
    200: { description: "Done", content: { "text/plain": { schema: z.string() } } },
    ...refusals("unauthorized", "forbidden"),
  },
});

/** `/health`, `/ready` and `/metrics` (http.md, "Operations"). */
export function operations(options: OperationsOptions): Router {
  const { version, metrics, readiness } = options;
  const router = createRouter();
  router.openapi(healthRoute, (c) => c.json({ status: "ok" as const, version }, 200));
  router.openapi(readyRoute, async (c) => {
    const { ready, checks } = await readiness();
    const status = ready ? ("ready" as const) : ("not_ready" as const);
    return c.json({ ...checks, status }, ready ? 200 : 503);
  });
  router.openapi(metricsRoute, async (c) => {
    await admitToMetrics(options, c);
    return c.text(await metrics.render(), 200, { "Content-Type": metrics.contentType });
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
