import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** Creates the folder, and those above it, for this user only. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Creates an empty file unless there is one, and makes it readable by this user only. */
export function makePrivateFile(path: string): void {
  const isNew = !existsSync(path);
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  if (isNew) syncPath(dirname(path));
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
