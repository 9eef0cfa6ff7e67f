import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { chmodSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { Connection } from "./connection.ts";
import { openSqlite } from "./sqlite.ts";
import { insertNote, note } from "./testing/rows.ts";
import { openNotes, temporaryFolder } from "./testing/temporary.ts";

test("the database and the files beside it are readable by their owner only", async () => {
  const path = join(temporaryFolder(), "notes.db");
  await openNotes({ path });

  const modes = readdirSync(dirname(path)).map((name) => [
    name,
    statSync(join(dirname(path), name)).mode & 0o777,
  ]);

  expect(Object.fromEntries(modes)).toEqual({
    "notes.db": 0o600,
    "notes.db-wal": 0o600,
    "notes.db-shm": 0o600,
  });
});

test("a database that others could read, as after a copy by hand, is closed to them", async () => {
  const path = join(temporaryFolder(), "notes.db");
  await (await openNotes({ path })).close();
  chmodSync(path, 0o644);

  await (await openSqlite({ path })).close();

  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("each commit is synced to the disk, foreign keys hold, and the writer folds a long log itself", async () => {
  const path = join(temporaryFolder(), "notes.db");
  await (await openNotes({ path })).close();
  const connection = new Connection(path, "read-write");
  const setting = (name: string) => Object.values(connection.control<object>(`PRAGMA ${name}`) ?? {});

  expect(setting("journal_mode")).toEqual(["wal"]);
  expect(setting("synchronous")).toEqual([2]);
  expect(setting("foreign_keys")).toEqual([1]);
  expect(setting("wal_autocheckpoint")).toEqual([4_000]);
  connection.close();
});

test("soon after commits the log is folded into the database without anybody closing it", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const sql = await openNotes({ path });
  const before = statSync(path).size;
  await sql.transaction((tx) => tx.run(insertNote, note("a", "x".repeat(100_000))));

  const deadline = performance.now() + 10_000;
  while (statSync(path).size < before + 100_000 && performance.now() < deadline) await Bun.sleep(20);

  expect(statSync(path).size).toBeGreaterThan(100_000);
});

test("after closing there is one file, with everything in it", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const sql = await openNotes({ path });
  await sql.transaction((tx) => tx.run(insertNote, note("a")));
  await sql.heavy("SELECT 1");

  await sql.close();

  expect(readdirSync(dirname(path))).toEqual(["notes.db"]);
  using file = new Database(path, { readonly: true });
  expect(file.query("SELECT id FROM notes").all()).toEqual([{ id: "a" }]);
});

test("a log that a reader keeps from shrinking is reported once, and shrinks when the reader is gone", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const warnings: string[] = [];
  const sql = await openNotes({
    path,
    log: { warn: (message) => warnings.push(message), error: (message) => warnings.push(message) },
  });
  using reader = new Database(path, { readonly: true });
  reader.run("BEGIN");
  reader.query("SELECT count(*) FROM notes").get();

  const body = "x".repeat(8_000_000);
  const deadline = performance.now() + 20_000;
  for (let round = 0; (warnings.length === 0 || round < 14) && performance.now() < deadline; round += 1) {
    await sql.transaction((tx) => tx.run(insertNote, note(String(round), body)));
    await Bun.sleep(30);
  }

  expect(warnings).toEqual(["a long read keeps the write-ahead log from shrinking"]);
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(80_000_000);

  reader.run("ROLLBACK");
  for (let round = 0; statSync(`${path}-wal`).size > 67_108_864 && performance.now() < deadline; round += 1) {
    await sql.transaction((tx) => tx.run(insertNote, note(`small ${round}`)));
    await Bun.sleep(30);
  }
  expect(statSync(`${path}-wal`).size).toBeLessThanOrEqual(67_108_864);
});

test("a file that is no database is refused with an error, and left as it is", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const text = "this is a letter, not a database. ".repeat(100);
  writeFileSync(path, text);

  await expect(openSqlite({ path })).rejects.toThrow("storage is failed");
  expect(await Bun.file(path).text()).toBe(text);
});
