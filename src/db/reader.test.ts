import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";

import { TransactionMisuse } from "./handle.ts";
import { insertNote, note } from "./testing/rows.ts";
import { noteIds, openNotes, temporaryFolder } from "./testing/temporary.ts";

const countNotes = "SELECT count(*) AS count FROM notes";

test("what is committed is seen by the next read", async () => {
  const sql = await openNotes();
  await sql.transaction((tx) => tx.run(insertNote, note("a")));

  expect(await noteIds(sql)).toEqual(["a"]);
});

test("a read sees one state of the database, whatever another connection commits while it runs", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const sql = await openNotes({ path });
  using other = new Database(path, { readwrite: true });

  const counts = await sql.read(async (tx) => {
    const before = await tx.get<{ count: number }>(countNotes);
    other.run("INSERT INTO notes VALUES ('meanwhile', '')");
    return [before, await tx.get<{ count: number }>(countNotes)];
  });

  expect(counts).toEqual([{ count: 0 }, { count: 0 }]);
  expect(await noteIds(sql)).toEqual(["meanwhile"]);
});

test("rows that a transaction has not committed yet are not read", async () => {
  const sql = await openNotes();
  let reading: Promise<string[]> | undefined;
  // Asked for outside the transaction, while it is in the middle of its work.
  const outside = Promise.withResolvers<void>();
  void outside.promise.then(() => (reading = noteIds(sql)));

  await sql
    .transaction(async (tx) => {
      await tx.run(insertNote, note("uncommitted"));
      outside.resolve();
      for (let turn = 0; turn < 20; turn += 1) await tx.get(countNotes);
      throw new Error("given up");
    })
    .catch(() => undefined);

  expect(reading).toBeDefined();
  expect(await reading).toEqual([]);
});

test("a read can't write", async () => {
  const sql = await openNotes();

  await expect(sql.read((tx) => tx.all("DELETE FROM notes RETURNING id"))).rejects.toThrow(
    "storage is failed",
  );
});

test("a read that awaits something else is ended, and the next one works", async () => {
  const sql = await openNotes();

  const [stuck, next] = await Promise.allSettled([
    sql.read(() => Bun.sleep(1)),
    sql.read((tx) => tx.get<{ count: number }>(countNotes)),
  ]);

  expect(stuck).toMatchObject({ status: "rejected", reason: expect.any(TransactionMisuse) });
  expect(next).toMatchObject({ status: "fulfilled", value: { count: 0 } });
});

test("a statement that fails in a read fails that read only", async () => {
  const sql = await openNotes();

  const [broken, next] = await Promise.allSettled([
    sql.read((tx) => tx.all("SELECT id FROM nowhere")),
    sql.read((tx) => tx.get<{ count: number }>(countNotes)),
  ]);

  expect([broken.status, next.status]).toEqual(["rejected", "fulfilled"]);
});
