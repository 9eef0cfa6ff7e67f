import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether Meta signed these bytes: `X-Hub-Signature-256: sha256=` + HMAC-SHA256(raw body, app secret).
 * Compares in constant time, and before anything is parsed: re-serialised JSON has another signature.
 */
export function isSigned(raw: Uint8Array, header: string | null | undefined, appSecret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  // An empty secret would let anybody sign.
  if (given === undefined || appSecret === "") return false;
  const expected = createHmac("sha256", appSecret).update(raw).digest();
  return timingSafeEqual(Buffer.from(given, "hex"), expected);
}
