import { HTTPException } from "hono/http-exception";

import type { Locale } from "../contract/entities.ts";
import { type ErrorCode, errors, Refusal } from "../contract/errors.ts";
import { StorageError } from "../db/sql.ts";
import type { AppContext } from "../domain/routing.ts";
import type { Metrics } from "../lib/metrics.ts";

/** The body of every error (http.md), in the caller's language. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

export function errorBody(refusal: Refusal, locale: Locale): ErrorBody {
  const { code, details } = refusal;
  return { error: { code, message: errors[code].message[locale], ...(details && { details }) } };
}

/** Answers whatever a handler threw; what nobody foresaw becomes `internal`, and is logged with the request's id. */
export function errorAnswers(metrics: Pick<Metrics, "authFailed" | "rateLimited">) {
  return (error: unknown, c: AppContext): Response => {
    const known = refusalFrom(error);
    if (!known) c.get("log").error("request failed", { error });
    else if (error instanceof StorageError) c.get("log").error("storage failed", { error });
    const refusal = known ?? new Refusal("internal", { request_id: c.get("requestId") });
    if (failedToProve.has(refusal.code)) metrics.authFailed();
    if (refusal.code === "rate_limited") metrics.rateLimited();
    const shape = conectcrmPaths.test(c.req.path) ? conectcrmBody : errorBody;
    return c.json(shape(refusal, c.get("locale")), errors[refusal.code].status, headersOf(refusal));
  };
}

/** Where ConectCRM's front ends ask (http.md, "ConectCRM shapes"). */
const conectcrmPaths = /^\/(?:auth|api\/atendimento)\//;

function conectcrmBody({ code }: Refusal, locale: Locale) {
  return { success: false, error: errors[code].message[locale], code } as const;
}

/** Something was offered as proof and was none; `unauthorized` just says that nothing was. */
const failedToProve: ReadonlySet<ErrorCode> = new Set([
  "token_invalid",
  "token_expired",
  "invalid_credentials",
  "invalid_signature",
  "setup_code_invalid",
  "link_invalid",
]);

function headersOf({ code, details }: Refusal): Record<string, string> {
  const headers: Record<string, string> = { "Cache-Control": "no-store" };
  const retryAfter = details?.["retry_after"];
  if (typeof retryAfter === "number") headers["Retry-After"] = String(retryAfter);
  else if (errors[code].status === 503) headers["Retry-After"] = "2";
  const allow = details?.["allow"];
  if (Array.isArray(allow)) headers["Allow"] = allow.join(", ");
  if (errors[code].status === 401) headers["WWW-Authenticate"] = "Bearer";
  return headers;
}

/** What is said of an error, or undefined when it must not be told. */
function refusalFrom(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof StorageError) {
    return new Refusal(error.reason === "full" ? "storage_full" : "unavailable");
  }
  if (error instanceof HTTPException) return refusalFromStatus(error.status);
  return undefined;
}

/** What Hono and its validators refuse by themselves; a 400 of theirs is always a body that they could not read. */
function refusalFromStatus(status: number): Refusal | undefined {
  switch (status) {
    case 400:
      return new Refusal("malformed_json");
    case 401:
      return new Refusal("unauthorized");
    case 403:
      return new Refusal("forbidden");
    case 404:
      return new Refusal("not_found");
    case 413:
      return new Refusal("body_too_large");
    case 415:
      return new Refusal("unsupported_media_type");
    default:
      return undefined;
  }
}
