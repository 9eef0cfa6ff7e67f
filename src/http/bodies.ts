import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

import { Refusal } from "../contract/errors.ts";
import type { AppEnv } from "../domain/routing.ts";

/** How the body of one part of the address space is taken. */
export interface BodyRule {
  /** Beginning of the path. */
  readonly prefix: string;
  /** Bytes, a body sent in chunks included; `own` where the route reads and limits a stream by itself. */
  readonly limit: number | "own";
  /** Whether only JSON is taken. */
  readonly json: boolean;
}

const kib = 1024;

/** The first that fits rules; everything else takes JSON of up to 1 MiB. */
const rules: readonly BodyRule[] = [
  { prefix: "/webhooks/", limit: 3 * kib * kib, json: false },
  { prefix: "/api/v1/attachments", limit: "own", json: false },
  { prefix: "/api/v1/contacts/import", limit: "own", json: false },
];
const byDefault: BodyRule = { prefix: "", limit: kib * kib, json: true };

/** Refuses bodies that are too large (413), packed, or of a kind that the route does not read (415). */
export function bodies(): MiddlewareHandler<AppEnv> {
  const tooLarge = () => {
    throw new Refusal("body_too_large");
  };
  const limiters = new Map(
    [byDefault, ...rules].flatMap((rule) =>
      rule.limit === "own" ? [] : [[rule, bodyLimit({ maxSize: rule.limit, onError: tooLarge })] as const],
    ),
  );
  return async (c, next) => {
    if (!hasBody(c.req.raw)) return next();
    const rule = rules.find(({ prefix }) => c.req.path.startsWith(prefix)) ?? byDefault;
    const encoding = c.req.header("Content-Encoding") ?? "identity";
    // A small packed body may unpack to any size.
    if (encoding !== "identity" || (rule.json && !isJson(c.req.header("Content-Type")))) {
      throw new Refusal("unsupported_media_type");
    }
    const limiter = limiters.get(rule);
    return limiter ? limiter(c, next) : next();
  };
}

function hasBody({ headers }: Request): boolean {
  const length = headers.get("Content-Length");
  return headers.has("Transfer-Encoding") || (length !== null && length !== "0");
}

function isJson(type: string | undefined): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type ?? "");
}
