/** Valid only for `/ws` upgrades and `GET` of attachments, never for changes (http.md, "Auth"). */
export const sessionCookie = "balcao_session";

/** Only the refresh address ever sees it. */
export const refreshCookie = "balcao_refresh";

/** The value of one cookie of a `Cookie` header (RFC 6265, 4.2); the first where a name comes twice. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const [key = "", ...value] = pair.split("=");
    if (key.trim() === name) return value.join("=").trim() || undefined;
  }
  return undefined;
}
