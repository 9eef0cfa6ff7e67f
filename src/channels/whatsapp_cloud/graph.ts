import { z } from "zod";

import { parseJson } from "../../lib/parse-json.ts";
import type { ProviderError } from "../channel.ts";
import type { GraphRefusal } from "./errors.ts";

export interface GraphSettings {
  /** Such as `https://graph.facebook.com`. */
  readonly url: string;
  /** Such as `v24.0`. */
  readonly version: string;
  readonly accessToken: string;
  /** How long one request may take, its answer's body included (ms). */
  readonly timeoutMs: number;
}

/**
 * How a request ended. `unsent`: it never left, so it may be repeated without a thought.
 * `unanswered`: it left, and what came of it is not known.
 */
export type GraphReply =
  | { readonly kind: "ok"; readonly body: unknown }
  | { readonly kind: "refused"; readonly refusal: GraphRefusal }
  | { readonly kind: "unsent"; readonly error: ProviderError }
  | { readonly kind: "unanswered"; readonly error: ProviderError };

export interface GraphRequest {
  readonly method: "GET" | "POST";
  /** Below the version, such as `123/messages`, with its query. */
  readonly path: string;
  readonly body?: FormData | Readonly<Record<string, unknown>>;
}

const LONGEST_ANSWER_BYTES = 8 * 1024 * 1024;

const answerSchema = z.object({
  error: z.object({
    code: z.number(),
    message: z.string().default(""),
    error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
  }),
});

/** One request to the Graph API. Never throws. Bun's fetch does not repeat a POST by itself. */
export async function askGraph(
  settings: GraphSettings,
  request: GraphRequest,
  signal: AbortSignal,
): Promise<GraphReply> {
  if (signal.aborted) return unsent("the channel is stopping");
  const { url, version, accessToken, timeoutMs } = settings;
  const isForm = request.body instanceof FormData;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${url}/${version}/${request.path}`, {
      method: request.method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(request.body === undefined || isForm ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined
        ? {}
        : { body: request.body instanceof FormData ? request.body : JSON.stringify(request.body) }),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    text = await readText(response);
  } catch (error) {
    return failureOf(error);
  }
  return replyOf(response, parseJson(text));
}

function replyOf(response: Response, body: unknown): GraphReply {
  if (response.ok) return { kind: "ok", body };
  const retryAfter = retryAfterOf(response.headers);
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) {
    const message = `HTTP ${response.status}`;
    return { kind: "refused", refusal: { status: response.status, code: null, message, retryAfter } };
  }
  const { code, message, error_data } = parsed.data.error;
  const words = error_data?.details ?? message;
  return { kind: "refused", refusal: { status: response.status, code, message: words, retryAfter } };
}

/** Errors that come before the first byte of a request leaves, as Bun's fetch names them. */
const beforeLeaving = new Set([
  "ECONNREFUSED",
  "ConnectionRefused",
  "FailedToOpenSocket",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "EADDRNOTAVAIL",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** When in doubt it left: a message sent twice is worse than one that a person has to look at. */
function failureOf(error: unknown): GraphReply {
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string"
      ? error.code
      : error instanceof Error
        ? error.name
        : "unknown";
  return beforeLeaving.has(code)
    ? unsent(`no connection (${code})`)
    : { kind: "unanswered", error: { code: "network", message: `no answer (${code})` } };
}

function unsent(message: string): GraphReply {
  return { kind: "unsent", error: { code: "network", message } };
}

/** Throws when the connection ends early, or the answer is longer than any that Graph gives. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > LONGEST_ANSWER_BYTES) throw new RangeError("the answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3), as milliseconds from now. */
function retryAfterOf(headers: Headers): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null;
}
