import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";

/** Creates the folder, and those above it, for this user only. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Puts a file's content, or a folder's list of names, on the disk: a name is durable only once its folder is. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
