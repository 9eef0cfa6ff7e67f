import { dialAddress, type Lookup, RefusedAddress } from "./outgoing-address.ts";

export interface OutgoingOptions {
  /** Addresses of this origin are reached as they are: the operator configured it. */
  readonly trustedOrigin?: string;
  /** `BALCAO_ALLOW_PRIVATE_URLS`. */
  readonly allowPrivate: boolean;
  readonly lookup?: Lookup;
}

export interface OutgoingRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const MOST_REDIRECTS = 3;

/**
 * GET of an address that a provider or a customer gave us. Each hop is resolved and checked before it is dialled, and
 * dialled by the checked address, so that a second look-up can't lead elsewhere. `Authorization` doesn't follow to
 * another origin. Throws `RefusedAddress`, or what `fetch` throws.
 */
export async function outgoingGet(
  address: string,
  request: OutgoingRequest,
  options: OutgoingOptions,
): Promise<Response> {
  const first = parse(address);
  let url = first;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const headers = url.origin === first.origin ? request.headers : withoutCredentials(request.headers);
    const response = await getOnce(url, { ...request, headers }, options);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    url = parse(location, url);
  }
  throw new RefusedAddress("too many redirects");
}

async function getOnce(url: URL, request: OutgoingRequest, options: OutgoingOptions): Promise<Response> {
  const init = { signal: request.signal, redirect: "manual" } as const;
  if (options.allowPrivate || url.origin === options.trustedOrigin) {
    return fetch(url, { ...init, headers: request.headers });
  }
  const { address, family } = await dialAddress(url, options.lookup);
  const dialled = new URL(url);
  dialled.hostname = family === 6 ? `[${address}]` : address;
  return fetch(dialled, {
    ...init,
    headers: { ...request.headers, Host: url.host },
    proxy: false,
    ...(url.protocol === "https:" ? { tls: { serverName: url.hostname } } : {}),
  });
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !["authorization", "cookie"].includes(name.toLowerCase())),
  );
}

function parse(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (!url) throw new RefusedAddress("not an address");
  return url;
}
