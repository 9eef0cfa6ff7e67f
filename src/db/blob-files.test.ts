import { expect, test } from "bun:test";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { sha256Hex } from "../lib/ids.ts";
import { BlobFiles, BlobTooLarge } from "./blob-files.ts";
import { temporaryFolder } from "./testing/temporary.ts";

const content = new TextEncoder().encode("a photo");
const hash = sha256Hex(content);
const plenty = 1_000_000;

async function* chunks(count: number, size: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield new Uint8Array(size).fill(index);
}

/** Files below the folder, hidden ones included. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

test("content is stored under its hash, for its owner only, and read back", async () => {
  const folder = temporaryFolder();
  const blobs = await BlobFiles.open(folder);

  expect(await blobs.put(content, plenty)).toEqual({ sha256: hash, size: content.length });

  const path = join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await blobs.open(hash)?.bytes()).toEqual(content);
});

test("a stream of many chunks is stored as one content", async () => {
  const blobs = await BlobFiles.open(temporaryFolder());
  const whole = Buffer.concat(await Array.fromAsync(chunks(50, 10_000)));

  const stored = await blobs.put(chunks(50, 10_000), plenty);

  expect(stored).toEqual({ sha256: sha256Hex(whole), size: 500_000 });
  expect(await blobs.open(stored.sha256)?.bytes()).toEqual(new Uint8Array(whole));
});

test("the body of a request or an answer can be stored as it comes", async () => {
  const blobs = await BlobFiles.open(temporaryFolder());
  const body = new Response(content).body;

  expect((await blobs.put(body ?? content, plenty)).sha256).toBe(hash);
});

test("the same content stored by many at once is one file", async () => {
  const folder = temporaryFolder();
  const blobs = await BlobFiles.open(folder);

  await Promise.all(Array.from({ length: 10 }, () => blobs.put(content, plenty)));

  expect(filesIn(folder)).toEqual([hash]);
});

test("content above the limit is refused without reading it to its end, and leaves nothing", async () => {
  const folder = temporaryFolder();
  const blobs = await BlobFiles.open(folder);
  let read = 0;
  async function* endless() {
    for (;;) {
      read += 1_000;
      yield new Uint8Array(1_000);
    }
  }

  await expect(blobs.put(endless(), 10_000)).rejects.toBeInstanceOf(BlobTooLarge);
  await expect(blobs.put(new Uint8Array(10_001), 10_000)).rejects.toBeInstanceOf(BlobTooLarge);
  expect((await blobs.put(new Uint8Array(10_000), 10_000)).size).toBe(10_000);

  expect(read).toBe(11_000);
  expect(filesIn(folder)).toHaveLength(1);
});

test("content whose source breaks off leaves nothing", async () => {
  const folder = temporaryFolder();
  const blobs = await BlobFiles.open(folder);
  async function* broken() {
    yield content;
    throw new RangeError("connection lost");
  }

  await expect(blobs.put(broken(), plenty)).rejects.toThrow("connection lost");
  expect(filesIn(folder)).toEqual([]);
});

test("deleted content is gone, deleting it again is no error, and it can be stored again", async () => {
  const blobs = await BlobFiles.open(temporaryFolder());
  await blobs.put(content, plenty);

  await blobs.delete(hash);
  await blobs.delete(hash);
  expect(blobs.open(hash)).toBeUndefined();

  await blobs.put(content, plenty);
  expect(blobs.open(hash)).toBeDefined();
});

test("a name that is no hash reaches no file", async () => {
  const folder = temporaryFolder();
  const blobs = await BlobFiles.open(join(folder, "files"));
  const outside = join(folder, "secret");
  writeFileSync(outside, "secret");

  for (const name of [
    "../secret",
    "../../secret",
    outside,
    "",
    hash.toUpperCase(),
    `${hash}\n`,
    `${hash}/../../x`,
  ]) {
    expect(blobs.open(name)).toBeUndefined();
    await blobs.delete(name);
  }
  expect(existsSync(outside)).toBe(true);
});

test("what a crash left half written is removed at the next start", async () => {
  const folder = temporaryFolder();
  await BlobFiles.open(folder);
  writeFileSync(join(folder, "drafts", "half"), "half");

  await BlobFiles.open(folder);

  expect(filesIn(folder)).toEqual([]);
});
