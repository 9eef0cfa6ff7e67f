/** What the `routes.ts` files share: the router with its typed variables, and the refusals as OpenAPI answers. */
import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";

import type { Caller } from "../auth/caller.ts";
import type { Locale } from "../contract/entities.ts";
import { type ErrorCode, errors, Refusal } from "../contract/errors.ts";
import type { Logger } from "../lib/logger.ts";

export interface AppEnv {
  /** What the server's `fetch` hands over beside the request. */
  Bindings: {
    /** Address of the other end of the connection, as the socket says it. */
    peer?: string | undefined;
  };
  Variables: {
    /** Set by the authentication middleware; `signedIn` reads it. */
    caller: Caller | undefined;
    /** From Accept-Language. */
    locale: Locale;
    requestId: string;
    /** The peer's address, through trusted proxies. */
    ip: string;
    /** Whether the browser's side of the connection is encrypted, through trusted proxies. */
    secure: boolean;
    log: Logger;
  };
}

export type AppContext = HonoContext<AppEnv>;
export type Router = OpenAPIHono<AppEnv>;

/** A router whose validation errors become `invalid_request` with the offending fields in `details.fields`. */
export function createRouter(): Router {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new Refusal("invalid_request", { fields: fieldErrors(result.error) });
    },
  });
}

/** What zod found wrong, as `{path, message}`: field names and rules only, never the value that was sent. */
export function fieldErrors(error: z.ZodError): readonly { path: string; message: string }[] {
  return error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join("."), message: issue.message }));
}

/** The caller of this request. Throws `unauthorized` where there is none. */
export function signedIn(c: AppContext): Caller {
  const caller = c.get("caller");
  if (!caller) throw new Refusal("unauthorized");
  return caller;
}

export const errorSchema = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .openapi("Error");

/** The error answers of a route, for its OpenAPI description: `...refusals("not_found", "forbidden")`. */
export function refusals(...codes: readonly ErrorCode[]) {
  return Object.fromEntries(
    codes.map((code) => [
      errors[code].status,
      { description: errors[code].message.en, content: { "application/json": { schema: errorSchema } } },
    ]),
  );
}

/** The JSON body of a route. Without `required: false` a request that has none is refused. */
export function body<Schema extends z.ZodType>(schema: Schema, { required = true } = {}) {
  return { body: { required, content: { "application/json": { schema } } } };
}

/** A JSON answer, for the OpenAPI description. */
export function json<Schema extends z.ZodType>(schema: Schema, description = "Done") {
  return { description, content: { "application/json": { schema } } };
}

/** An answer without a body, for the OpenAPI description. */
export const noContent = { description: "Done" };
