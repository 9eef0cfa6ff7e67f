import { expect, onTestFinished, test } from "bun:test";
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { FolderInUse } from "./folder-lock.ts";
import { startChild } from "./testing/child.ts";
import { temporaryFolder } from "./testing/temporary.ts";

function open(path: string): DataFolder {
  const folder = openDataFolder(path);
  onTestFinished(() => folder.close());
  return folder;
}

function mode(path: string): number {
  return statSync(path).mode & 0o777;
}

test("a missing data folder is created for its owner only, with what belongs into it", () => {
  const path = join(temporaryFolder(), "some", "data");

  const folder = open(path);

  expect([mode(path), mode(folder.files), mode(folder.backups)]).toEqual([0o700, 0o700, 0o700]);
  for (const name of ["secret.key", "server.lock", "server.pid"]) expect(mode(join(path, name))).toBe(0o600);
  expect(folder.database).toBe(join(path, "balcao.db"));
});

test("a folder that others could enter is closed to them", () => {
  const path = temporaryFolder();
  chmodSync(path, 0o755);
  open(path);

  expect(mode(path)).toBe(0o700);
});

test("the key is made once and stays the same", () => {
  const path = temporaryFolder();
  const folder = openDataFolder(path);
  folder.close();

  expect(open(path).key).toEqual(folder.key);
  expect(folder.key).toHaveLength(32);
  expect(readdirSync(path)).not.toContain("secret.key.new");
  expect(folder.key).not.toEqual(open(temporaryFolder()).key);
});

test("a damaged key is refused and not replaced, and the folder is free again", () => {
  const path = temporaryFolder();
  writeFileSync(join(path, "secret.key"), "too short");

  expect(() => openDataFolder(path)).toThrow("secret.key is damaged (9 bytes, not 32)");
  expect(() => openDataFolder(path)).toThrow("secret.key is damaged");
  expect(readFileSync(join(path, "secret.key"), "utf8")).toBe("too short");
});

test("a key that is missing beside a database is not made anew: it could open none of its secrets", () => {
  const path = temporaryFolder();
  openDataFolder(path).close();
  writeFileSync(join(path, "balcao.db"), "");
  rmSync(join(path, "secret.key"));

  expect(() => openDataFolder(path)).toThrow("put it back from a backup");
  expect(readdirSync(path)).not.toContain("secret.key");
});

test("two servers can't have one folder, and the second is told who has it", () => {
  const path = temporaryFolder();
  const folder = openDataFolder(path);

  expect(() => openDataFolder(path)).toThrow(FolderInUse);
  expect(() => openDataFolder(path)).toThrow(`is in use by the process ${process.pid}`);

  folder.close();
  open(path);
});

test("the folder of a process that was killed is free", async () => {
  const path = temporaryFolder();
  const holder = startChild("folder-holder.ts", [path]);
  const pid = await holder.line();

  expect(() => openDataFolder(path)).toThrow(`is in use by the process ${pid}`);
  holder.kill();
  await holder.rest();

  open(path);
});
