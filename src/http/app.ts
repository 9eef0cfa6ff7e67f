import { OpenAPIHono } from "@hono/zod-openapi";

import type { Config } from "../config.ts";
import type { Context } from "../domain/context.ts";
import type { AppEnv, Router } from "../domain/routing.ts";
import { createOriginator } from "./addresses.ts";
import { authentication } from "./authentication.ts";
import { bodies } from "./bodies.ts";
import { cors } from "./cors.ts";
import { errorAnswers } from "./errors.ts";
import { notFound } from "./not-found.ts";
import { openApi } from "./openapi.ts";
import { operations, type OperationsOptions } from "./operations.ts";
import { accessLog, protect, requestScope } from "./request-scope.ts";

export interface AppOptions extends OperationsOptions {
  readonly context: Context;
  readonly config: Pick<Config, "allowedOrigins" | "trustedProxies" | "metrics">;
  /** What stands below `/api/v1`. */
  readonly api: readonly Router[];
  /** What stands at the root: webhooks, and the shapes of older systems. */
  readonly root: readonly Router[];
  /** Answers files and pages of the UI; undefined for what is none. */
  readonly staticFiles: (request: Request) => Response | undefined;
}

/** The whole HTTP side. To be called as `app.fetch(request, { peer })` with the socket's address. */
export function createApp(options: AppOptions): Router {
  const { context, config, metrics } = options;
  const app = new OpenAPIHono<AppEnv>();
  // The order matters: what fails in one is still logged and protected by those before it.
  app.use(requestScope(context.log, createOriginator(config.trustedProxies)));
  app.use(accessLog(context.clock));
  app.use(protect());
  app.use(cors(config.allowedOrigins));
  app.use(bodies());
  app.use(authentication(context));

  app.route("/", operations(options));
  for (const router of options.root) app.route("/", router);
  for (const router of options.api) app.route("/api/v1", router);
  app.route("/api", openApi(app, options.version));

  app.onError(errorAnswers(metrics));
  app.notFound(notFound(app, options.staticFiles));
  return app;
}
