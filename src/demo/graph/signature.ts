/**
 * The `X-Hub-Signature-256` header for a webhook body: `sha256=` and the lower-case hex of
 * HMAC-SHA256(body, app secret). Signs the exact bytes. Source: Meta, "Webhooks: validate payloads".
 */
export function signBody(body: string | Uint8Array, appSecret: string): string {
  return `sha256=${new Bun.CryptoHasher("sha256", appSecret).update(body).digest("hex")}`;
}
