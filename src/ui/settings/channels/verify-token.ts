import type { ChannelId } from "../../../contract/ids.ts";

/** Tokens that this page made; the server never shows them again, and a reload forgets them. */
const made = new Map<ChannelId, string>();

/** 24 random letters and digits: enough that nobody guesses it, short enough to compare by eye. */
export function newVerifyToken(): string {
  const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  // 248 is the largest multiple of the alphabet's 31 in a byte: beyond it some letters would come more often.
  const wanted = 24;
  let token = "";
  while (token.length < wanted) {
    for (const byte of crypto.getRandomValues(new Uint8Array(wanted))) {
      if (byte < 248 && token.length < wanted) token += alphabet.charAt(byte % alphabet.length);
    }
  }
  return token;
}

export function keepVerifyToken(id: ChannelId, token: string): void {
  made.set(id, token);
}

/** Null where it was made elsewhere or before a reload. */
export function keptVerifyToken(id: ChannelId): string | null {
  return made.get(id) ?? null;
}
