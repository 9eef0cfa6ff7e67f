/** What stays of the request that opened a session. Plain strings: a retained `Headers` or `URL` costs kilobytes. */
export interface EngineHandshake {
  /** Path and query. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly secure: boolean;
}

/** The headers that somebody reads later. */
const KEPT = ["authorization", "origin", "user-agent"] as const;

export function engineHandshake(
  request: Request,
  url: URL,
  peer: { readonly ip: string; readonly secure: boolean },
): EngineHandshake {
  const headers: Record<string, string> = {};
  for (const name of KEPT) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return {
    url: url.pathname + url.search,
    query: Object.fromEntries(url.searchParams),
    headers,
    ...peer,
  };
}
