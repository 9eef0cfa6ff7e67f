import { existsSync } from "node:fs";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { newId } from "../lib/ids.ts";
import { makePrivateFolder } from "./files.ts";

/** Content that came as a stream or whole. */
export type BlobSource = AsyncIterable<Uint8Array> | Uint8Array;

export interface StoredBlob {
  /** Lower-case hex: the blob's name. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** The content was longer than allowed. Nothing of it is kept. */
export class BlobTooLarge extends Error {
  override readonly name = "BlobTooLarge";
  constructor(readonly limit: number) {
    super(`the content has more than ${limit} bytes`);
  }
}

const HASH = /^[0-9a-f]{64}$/;

/** Attachments on disk, named by what is in them: `ab/cd/abcd…`. The same content is stored once. */
export class BlobFiles {
  readonly #folder: string;
  readonly #drafts: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#drafts = join(folder, "drafts");
  }

  /** Opens the store and removes what a crash left half written. */
  static async open(folder: string): Promise<BlobFiles> {
    const blobs = new BlobFiles(folder);
    makePrivateFolder(blobs.#drafts);
    const drafts = await readdir(blobs.#drafts);
    await Promise.all(drafts.map((name) => rm(join(blobs.#drafts, name), { force: true })));
    return blobs;
  }

  /** Stores content of at most `limit` bytes; it is on the disk when this resolves. Throws `BlobTooLarge`, or what the source or the disk threw. */
  async put(source: BlobSource, limit: number): Promise<StoredBlob> {
    const draft = join(this.#drafts, newId());
    try {
      const blob = await writeDraft(draft, source, limit);
      const path = this.#path(blob.sha256);
      const known = existsSync(dirname(path));
      makePrivateFolder(dirname(path));
      // Over an existing file as well: the content is the same, and one that is being deleted comes back.
      await rename(draft, path);
      await syncFolder(dirname(path));
      if (!known) await this.#syncFoldersAbove(path);
      return blob;
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** The stored content, to be streamed; undefined when there is none by that name. */
  open(sha256: string): Blob | undefined {
    if (!HASH.test(sha256) || !existsSync(this.#path(sha256))) return undefined;
    return Bun.file(this.#path(sha256));
  }

  /** Removes the content, if there is any. Whether a row still names it is for the caller to know. */
  async delete(sha256: string): Promise<void> {
    if (HASH.test(sha256)) await rm(this.#path(sha256), { force: true });
  }

  #path(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  async #syncFoldersAbove(path: string): Promise<void> {
    await syncFolder(dirname(dirname(path)));
    await syncFolder(this.#folder);
  }
}

async function writeDraft(path: string, source: BlobSource, limit: number): Promise<StoredBlob> {
  const hash = new Bun.CryptoHasher("sha256");
  const file = await open(path, "wx", 0o600);
  let size = 0;
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      size += chunk.byteLength;
      if (size > limit) throw new BlobTooLarge(limit);
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), size };
}

/** `write` may write less than it was given. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.byteLength;) {
    const { bytesWritten } = await file.write(chunk, offset);
    offset += bytesWritten;
  }
}

/** A new name is durable only once its folder is on the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
