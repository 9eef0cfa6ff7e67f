import { resolve } from "node:path";

import type { Caller } from "../../src/auth/caller.ts";
import type { AuthContext } from "../../src/auth/context.ts";
import { openSession } from "../../src/auth/sessions.ts";
import { setupCodeIn } from "../../src/auth/setup-code.ts";
import { readAccount } from "../../src/auth/store.ts";
import { Throttle } from "../../src/auth/throttle.ts";
import { apiKeyRoutes } from "../../src/domain/api-keys/routes.ts";
import { companyRoutes } from "../../src/domain/companies/routes.ts";
import { invitationRoutes } from "../../src/domain/invitations/routes.ts";
import { labelRoutes } from "../../src/domain/labels/routes.ts";
import { queueRoutes } from "../../src/domain/queues/routes.ts";
import type { Router } from "../../src/domain/routing.ts";
import { sessionRoutes } from "../../src/domain/sessions/routes.ts";
import { nobodyHere } from "../../src/domain/users/presence.ts";
import { userRoutes } from "../../src/domain/users/routes.ts";
import { type AppOptions, createApp } from "../../src/http/app.ts";
import { createMetrics } from "../../src/http/metrics.ts";
import { atendimentoSignInRoutes } from "../../src/realtime/dialects/atendimento/sign-in-routes.ts";
import type { TestContext } from "./database.ts";

/** Answers as they are looked at in tests: the body as whatever JSON it is. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[];
  /** The text at a path of the body, as `user.id` or `0.name`; throws where there is none. */
  at(path: string): string;
}

export interface Call {
  readonly token?: string | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestApi {
  readonly url: string;
  /** `call("POST /api/v1/auth/login", { body })`. */
  call(request: string, options?: Call): Promise<Answer>;
  /** A real access token for a seeded caller. */
  tokenOf(caller: Caller): Promise<string>;
  stop(): Promise<void>;
}

export interface TestApiOptions {
  readonly config?: Partial<AppOptions["config"]>;
  /** Further routers below `/api/v1`. */
  readonly api?: readonly Router[];
  /** Routers at the root. */
  readonly root?: readonly Router[];
  readonly readiness?: AppOptions["readiness"];
}

/** The account routes and whatever a test adds, on a real socket. */
export function startApi(context: TestContext, options: TestApiOptions = {}): TestApi {
  const presence = nobodyHere;
  const throttle = new Throttle(context.clock);
  const metrics = createMetrics({
    connections: () => ({ conversations: 0 }),
    outbox: () => Promise.resolve({ depth: 0, oldestAgeMs: 0 }),
    database: () => ({ bytes: 1, walBytes: 1 }),
  });
  const app = createApp({
    context,
    config: { allowedOrigins: [], trustedProxies: [], metrics: "loopback", ...options.config },
    version: "0.0.0-test",
    metrics,
    readiness: options.readiness ?? (() => Promise.resolve({ ready: true, checks: { database: "ok" } })),
    root: [atendimentoSignInRoutes(context, { presence, throttle }), ...(options.root ?? [])],
    api: [
      sessionRoutes(context, { presence, throttle }),
      companyRoutes(context, { presence, setupCode: setupCodeIn(resolve(context.folder)) }),
      invitationRoutes(context, { presence, publicUrl: "https://desk.example" }),
      userRoutes(context, { presence }),
      queueRoutes(context),
      labelRoutes(context),
      apiKeyRoutes(context),
      ...(options.api ?? []),
    ],
    staticFiles: () => undefined,
  });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request, at) => app.fetch(request, { peer: at.requestIP(request)?.address }),
  });
  const url = server.url.origin;
  return {
    url,
    call: (request, call) => send(url, request, call),
    tokenOf: (caller) => tokenFor(context, caller),
    async stop() {
      metrics.stop();
      await server.stop(true);
    },
  };
}

/** A real access token for a seeded caller. */
export async function tokenFor(context: AuthContext, { companyId, userId }: Caller): Promise<string> {
  const account = await context.sql.read((tx) => readAccount(tx, companyId, userId));
  if (!account) throw new Error("no such user");
  const request = { refresh: false, userAgent: "test", ip: "127.0.0.1" };
  return (await openSession(context, account, request)).accessToken;
}

/** Asks a server: `send(url, "POST /api/v1/labels", { token, body })`. */
export async function send(
  url: string,
  request: string,
  { token, body, raw, headers }: Call = {},
): Promise<Answer> {
  const [method = "GET", path = "/"] = request.split(" ");
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(content !== undefined && { body: content }),
  });
  const text = await response.text();
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  const parsed: unknown = isJson ? JSON.parse(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: parsed,
    cookies: response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? ""),
    at(path) {
      const found = path.split(".").reduce<unknown>(child, parsed);
      if (typeof found !== "string") throw new Error(`${path} is no text in ${response.status} ${text}`);
      return found;
    },
  };
}

function child(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
