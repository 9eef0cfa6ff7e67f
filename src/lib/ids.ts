/**
 * A new UUIDv7: sorts by time of creation, so that inserts stay at the end of an index.
 * The type parameter names whose id it is (`newId<MessageId>()`); the brand exists in types only.
 */
export function newId<Branded extends string>(): Branded {
  return Bun.randomUUIDv7() as Branded;
}

/** `bytes` random bytes as base64url: for tokens, codes and public names (128 bits by default). */
export function randomToken(bytes = 16): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("base64url");
}

/** SHA-256 as lower-case hex: how tokens and keys are stored. */
export function sha256Hex(text: string | Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}

/** A new id that says nothing of when it was made and can't be guessed from another: for addresses of files. */
export function randomId<Branded extends string>(): Branded {
  return crypto.randomUUID() as Branded;
}
