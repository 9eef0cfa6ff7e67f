const hidden = "[redacted]";

/** Names without `_` and `-`, in lower case; a key that ends with one of them is hidden too (`new_password`). */
const secretNames = [
  "apikey",
  "appsecret",
  "authorization",
  "code",
  "cookie",
  "password",
  "secret",
  "senha",
  "signature",
  "token",
];
/** What ends like a secret and is none: `setup_code` is hidden, the `code` of an error is not. */
const openNames = new Set(["code", "closecode", "countrycode", "errorcode", "exitcode", "statuscode"]);

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
  // Query parameters of links and sockets; `since` is a resume position, of no use in a log.
  [/([?&](?:[\w.-]*token|since|api_?key|secret|password|code|signature|sig)=)[^&#\s"']+/gi, `$1${hidden}`],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, hidden],
  [/\bbk_[\w-]{8,}/g, hidden],
];

const longest = 8_192;
const deepest = 6;

/** The text without bearer strings, JWTs, API keys and the secret parameters of addresses; cut at 8,192 characters. */
export function redactText(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
  return patterns.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), short);
}

/**
 * A copy of any value that may be written to a log: values of secret keys are hidden, texts go through `redactText`,
 * an `Error` becomes its name, message and stack, bytes become their length. Cycles and deep nesting are cut.
 */
export function redact(value: unknown, path: readonly object[] = []): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (path.includes(value)) return "[cycle]";
  if (path.length >= deepest) return "[…]";
  if (value instanceof Error) return redactError(value, path);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString();
  if (value instanceof URL) return redactText(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const inside = [...path, value];
  if (value instanceof Map) return redact(Object.fromEntries(value), inside);
  if (value instanceof Set || Array.isArray(value)) return [...value].map((item) => redact(item, inside));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecret(key) ? hideValue(item) : redact(item, inside)]),
  );
}

function redactError(error: Error, path: readonly object[]): Record<string, unknown> {
  return {
    name: error.name,
    message: redactText(error.message),
    stack: error.stack === undefined ? undefined : redactText(error.stack),
    ...("code" in error && { code: redact(error.code, [...path, error]) }),
    ...(error.cause !== undefined && { cause: redact(error.cause, [...path, error]) }),
  };
}

function hideValue(value: unknown): unknown {
  return value === undefined || value === null || typeof value === "boolean" ? value : hidden;
}

function isSecret(key: string): boolean {
  const name = key.replace(/[_-]/g, "").toLowerCase();
  return !openNames.has(name) && secretNames.some((secret) => name.endsWith(secret));
}
