/** Which `Origin` may open a connection (realtime.md, "Authentication"): checked before any session look-up. */

export interface OriginRules {
  /** Origin of `BALCAO_PUBLIC_URL`, where set. */
  readonly publicOrigin: string | null;
  /** `BALCAO_ALLOWED_ORIGINS`. */
  readonly allowed: readonly string[];
}

export type OriginVerdict = "absent" | "exact" | "allowed" | "foreign";

/**
 * `exact`: our own, scheme included; `allowed`: good with a token, but not with a cookie (python clients say `http`
 * over TLS, so that the scheme is not compared); `absent`: no browser. `host` is the Host header, `listening` the
 * address we listen on, both as `host:port`.
 */
export function judgeOrigin(
  origin: string | null,
  request: { readonly host: string | null; readonly listening: string; readonly secure: boolean },
  rules: OriginRules,
): OriginVerdict {
  if (origin === null) return "absent";
  const url = parseOrigin(origin);
  if (!url) return "foreign";
  if (rules.publicOrigin !== null && url.origin === rules.publicOrigin) return "exact";
  if (rules.allowed.includes(url.origin)) return "exact";
  const authority = withPort(url);
  const schemeless = [rules.publicOrigin, ...rules.allowed].some((one) => {
    const own = one === null ? undefined : parseOrigin(one);
    return own !== undefined && own.host === url.host;
  });
  if (schemeless) return "allowed";
  const countsAsOwn = [request.host, request.listening]
    .filter((host): host is string => host !== null)
    .filter((host) => rules.publicOrigin === null || isLoopback(host))
    .map((host) => parseOrigin(`${url.protocol}//${host}`))
    .some((own) => own !== undefined && withPort(own) === authority);
  if (!countsAsOwn) return "foreign";
  return (url.protocol === "https:") === request.secure ? "exact" : "allowed";
}

/** An http(s) origin and nothing else: no path, no credentials, not `null`. */
function parseOrigin(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const web = url.protocol === "http:" || url.protocol === "https:";
  return web &&
    url.origin.toLowerCase() ===
      text
        .toLowerCase()
        .replace(/\/$/, "")
        .replace(/:(80|443)$/, (port) => (url.port === "" ? "" : port))
    ? url
    : undefined;
}

function withPort(url: URL): string {
  const standard = url.protocol === "https:" ? "443" : "80";
  return `${url.hostname}:${url.port === "" ? standard : url.port}`;
}

function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}
