/** What Meta's table of error codes says of one code: HTTP status, title, and a default explanation. */
interface KnownError {
  readonly status: number;
  readonly title: string;
  readonly details?: string;
}

const known: ReadonlyMap<number, KnownError> = new Map<number, KnownError>([
  [0, { status: 401, title: "AuthException" }],
  [1, { status: 400, title: "API Unknown" }],
  [2, { status: 503, title: "API Service" }],
  [3, { status: 500, title: "API Method" }],
  [4, { status: 400, title: "Application request limit reached" }],
  [10, { status: 403, title: "Application does not have permission for this action" }],
  [33, { status: 400, title: "Parameter value is not valid" }],
  [100, { status: 400, title: "Invalid parameter" }],
  [190, { status: 401, title: "Invalid OAuth access token - Cannot parse access token" }],
  [200, { status: 403, title: "Permissions error" }],
  [368, { status: 403, title: "Temporarily blocked for policies violations" }],
  [2500, { status: 400, title: "Unknown path components" }],
  [80007, { status: 400, title: "Rate limit issues" }],
  [130429, { status: 400, title: "Rate limit hit" }],
  [130472, { status: 400, title: "User's number is part of an experiment" }],
  [130497, { status: 403, title: "Business account is restricted from messaging users in this country." }],
  [131000, { status: 500, title: "Something went wrong" }],
  [131005, { status: 403, title: "Access denied" }],
  [131008, { status: 400, title: "Required parameter is missing" }],
  [131009, { status: 400, title: "Parameter value is not valid" }],
  [131016, { status: 500, title: "Service unavailable" }],
  [131021, { status: 400, title: "Recipient cannot be sender" }],
  [131026, { status: 400, title: "Message undeliverable" }],
  [131031, { status: 403, title: "Account has been locked" }],
  [131037, { status: 400, title: "Display name approval needed" }],
  [131042, { status: 400, title: "Business eligibility payment issue" }],
  [131045, { status: 500, title: "Incorrect certificate" }],
  [
    131047,
    {
      status: 400,
      title: "Re-engagement message",
      details:
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
    },
  ],
  [131048, { status: 400, title: "Spam rate limit hit" }],
  [
    131049,
    {
      status: 400,
      title: "This message was not delivered to maintain healthy ecosystem engagement.",
      details: "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    },
  ],
  [131050, { status: 400, title: "User has stopped marketing messages" }],
  [131051, { status: 400, title: "Unsupported message type" }],
  [131052, { status: 400, title: "Media download error" }],
  [131053, { status: 400, title: "Media upload error" }],
  [
    131056,
    {
      status: 400,
      title: "(Business Account, Consumer Account) pair rate limit hit",
      details:
        "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
    },
  ],
  [131057, { status: 500, title: "Account in maintenance mode" }],
  [131062, { status: 400, title: "Business-scoped user ID recipients are not supported for this message" }],
  [132000, { status: 400, title: "Number of parameters does not match the expected number of params" }],
  [132001, { status: 404, title: "Template name does not exist in the translation" }],
  [132015, { status: 400, title: "Template is paused" }],
  [133004, { status: 500, title: "Server temporarily unavailable" }],
]);

interface GraphErrorOptions {
  /** HTTP status; the usual one of the code when left out. */
  readonly status?: number;
  readonly details?: string;
  readonly subcode?: number;
  /** Replaces the usual `(#code) title`. */
  readonly message?: string;
  readonly type?: "OAuthException" | "GraphMethodException";
  readonly retryAfterSeconds?: number;
}

/** A refusal in the words of the Graph API. The codes: Meta, "Cloud API error codes". */
export class GraphError extends Error {
  readonly status: number;
  constructor(
    readonly code: number,
    readonly options: GraphErrorOptions = {},
  ) {
    super(options.message ?? usualMessage(code));
    this.status = options.status ?? known.get(code)?.status ?? 400;
  }
}

/** The answer for `error`: `{error: {message, type, code, error_data?, error_subcode?, fbtrace_id}}`. */
export function errorResponse(error: GraphError, traceId: string): Response {
  const { details, subcode, type, retryAfterSeconds } = error.options;
  const explanation = details ?? known.get(error.code)?.details;
  const body = {
    error: {
      message: error.message,
      type: type ?? "OAuthException",
      code: error.code,
      ...(explanation === undefined
        ? {}
        : { error_data: { messaging_product: "whatsapp", details: explanation } }),
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      fbtrace_id: traceId,
    },
  };
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return Response.json(body, { status: error.status, headers });
}

/** One entry of `errors[]` in a status webhook. */
export function webhookError(code: number, details?: string): Record<string, unknown> {
  const entry = known.get(code);
  const title = entry?.title ?? "Unknown error";
  return {
    code,
    title,
    message: title,
    error_data: { details: details ?? entry?.details ?? title },
    href: "/documentation/business-messaging/whatsapp/support/error-codes",
  };
}

function usualMessage(code: number): string {
  const title = known.get(code)?.title ?? "Unknown error";
  // The authentication errors are the platform's own and carry no "(#code)".
  return code === 190 || code === 0 ? title : `(#${code}) ${title}`;
}
