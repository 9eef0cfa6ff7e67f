import { expect, test } from "bun:test";
import { join } from "node:path";

import { StorageError } from "./sql.ts";
import { insertNote, note } from "./testing/rows.ts";
import { openNotes, temporaryFolder } from "./testing/temporary.ts";

/** Takes longer than any test. */
const endless =
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000000) SELECT count(*) FROM n";

test("a heavy query sees what is committed and gets its parameters", async () => {
  const sql = await openNotes();
  await sql.transaction((tx) => tx.run(insertNote, note("a", "olá")));

  expect(await sql.heavy<{ body: string }>("SELECT body FROM notes WHERE id = $1", ["a"])).toEqual([
    { body: "olá" },
  ]);
});

test("heavy queries that are asked together are all answered, each with its own rows", async () => {
  const sql = await openNotes();
  const numbers = Array.from({ length: 20 }, (_, index) => index);

  const answers = await Promise.all(numbers.map((number) => sql.heavy("SELECT $1 AS number", [number])));

  expect(answers).toEqual(numbers.map((number) => [{ number }]));
});

test("a heavy query that is wrong, or writes, fails; the next one works", async () => {
  const sql = await openNotes();

  await expect(sql.heavy("SELECT id FROM nowhere")).rejects.toThrow("no such table: nowhere");
  await expect(sql.heavy("DELETE FROM notes")).rejects.toBeInstanceOf(StorageError);
  await expect(sql.heavy("SELECT $2, $1", [1, 2])).rejects.toThrow("$2 before $1");
  expect(await sql.heavy("SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("a heavy query that takes too long is given up, and those behind it are answered", async () => {
  const sql = await openNotes({ heavyDeadlineMs: 300 });

  const [slow, next] = await Promise.allSettled([sql.heavy(endless), sql.heavy("SELECT 1 AS one")]);

  expect(slow).toMatchObject({ status: "rejected", reason: { name: "StorageError", reason: "busy" } });
  expect(next).toMatchObject({ status: "fulfilled", value: [{ one: 1 }] });
});

test("closing ends heavy queries instead of waiting for them", async () => {
  const sql = await openNotes();
  const asked = Promise.allSettled([sql.heavy(endless), sql.heavy("SELECT 1")]);

  await sql.close();

  expect(await asked).toMatchObject([
    { reason: { name: "StorageError", reason: "closed" } },
    { reason: { name: "StorageError", reason: "closed" } },
  ]);
});

test("a heavy query on a database that has gone away fails as storage", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const sql = await openNotes({ path });
  await sql.transaction((tx) => tx.run(insertNote, note("a")));
  await sql.close();

  await expect(sql.heavy("SELECT 1")).rejects.toMatchObject({ name: "StorageError", reason: "closed" });
});
