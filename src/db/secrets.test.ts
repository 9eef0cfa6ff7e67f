import { expect, onTestFinished, test } from "bun:test";

import { openDataFolder } from "./data-folder.ts";
import type { DataKey } from "./data-key.ts";
import { deriveKey, type KeyPurpose, openSecret, sealSecret, UnsealError } from "./secrets.ts";
import { temporaryFolder } from "./testing/temporary.ts";

function someKey(): DataKey {
  const folder = openDataFolder(temporaryFolder());
  onTestFinished(() => folder.close());
  return folder.key;
}

test("a sealed secret opens with its key and context, and shows nothing of itself", () => {
  const key = someKey();
  const secret = "EAAG-token-ção-🔑";

  const sealed = sealSecret(key, secret, "channel:1");

  expect(openSecret(key, sealed, "channel:1")).toBe(secret);
  expect(sealed).toMatch(/^v1\.[\w-]+$/);
  expect(Buffer.from(sealed.slice(3), "base64url").includes("token")).toBe(false);
  expect(sealSecret(key, secret, "channel:1")).not.toBe(sealed);
  expect(openSecret(key, sealSecret(key, "", "c"), "c")).toBe("");
});

test("a secret moved to another channel, or of another installation, stays shut", () => {
  const key = someKey();
  const sealed = sealSecret(key, "token", "channel:1");

  expect(() => openSecret(key, sealed, "channel:2")).toThrow(UnsealError);
  expect(() => openSecret(someKey(), sealed, "channel:1")).toThrow(UnsealError);
});

test("a secret with any one bit flipped, cut short, or of an unknown version stays shut", () => {
  const key = someKey();
  const sealed = sealSecret(key, "token", "channel:1");
  const bytes = Buffer.from(sealed.slice(3), "base64url");

  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => openSecret(key, `v1.${flipped.toString("base64url")}`, "channel:1")).toThrow(UnsealError);
  }
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => openSecret(key, sealed.slice(0, length), "channel:1")).toThrow(UnsealError);
  }
  expect(() => openSecret(key, sealed.replace("v1.", "v2."), "channel:1")).toThrow(UnsealError);
});

test("each purpose has a key of its own, which is the same every time", () => {
  const key = someKey();
  const purposes: KeyPurpose[] = ["jwt", "refresh", "attachments", "secrets"];

  const derived = purposes.map((purpose) => Buffer.from(deriveKey(key, purpose)).toString("hex"));

  expect(new Set([...derived, Buffer.from(key).toString("hex")]).size).toBe(5);
  expect(Buffer.from(deriveKey(key, "jwt")).toString("hex")).toBe(derived[0] ?? "");
  expect(deriveKey(key, "jwt")).toHaveLength(32);
});
