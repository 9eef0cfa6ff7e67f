import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

import type { DataKey } from "./data-key.ts";

/** What keys are for. A purpose's key says nothing about the others', nor about the data key. */
export type KeyPurpose = "jwt" | "refresh" | "attachments" | "secrets";

/** Version 1: AES-256-GCM, 12 bytes of nonce, the ciphertext, 16 bytes of tag; base64url after the prefix. */
const PREFIX = "v1.";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed secret that this key and context don't open: another installation's, moved to another row, or altered. */
export class UnsealError extends Error {
  override readonly name = "UnsealError";
  constructor(options?: ErrorOptions) {
    super("the secret can't be unsealed", options);
  }
}

/** 32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869). The same for the same data folder, for ever. */
export function deriveKey(key: DataKey, purpose: KeyPurpose): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync("sha256", key, new Uint8Array(), `balcao ${purpose} 1`, 32));
}

/**
 * Encrypts a secret for the database. `context` says whose it is (`channel:<id>`) and must be given to open it, so that
 * a sealed value copied to another row stays shut.
 */
export function sealSecret(key: DataKey, plaintext: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(key, "secrets"), nonce);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([
    nonce,
    cipher.update(plaintext, "utf8"),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return PREFIX + sealed.toString("base64url");
}

/** Decrypts what `sealSecret` gave for the same context. Throws `UnsealError`. */
export function openSecret(key: DataKey, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed.slice(PREFIX.length), "base64url");
  if (!sealed.startsWith(PREFIX) || bytes.length < NONCE_BYTES + TAG_BYTES) throw new UnsealError();
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(key, "secrets"), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]).toString("utf8");
  } catch (cause) {
    throw new UnsealError({ cause });
  }
}
