/** The token of an `Authorization: Bearer …` header (RFC 6750, 2.1); null where there is none, or another scheme. */
export function bearerToken(header: string | null | undefined): string | null {
  return /^bearer +(\S+)$/i.exec(header?.trim() ?? "")?.[1] ?? null;
}
