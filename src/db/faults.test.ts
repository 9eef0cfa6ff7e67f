import { Database } from "bun:sqlite";
import { expect, onTestFinished, test } from "bun:test";
import { join } from "node:path";

import { Connection } from "./connection.ts";
import { openSqlite, Sqlite } from "./sqlite.ts";
import { startChild } from "./testing/child.ts";
import { insertNote, note } from "./testing/rows.ts";
import { noteIds, openNotes, temporaryFolder } from "./testing/temporary.ts";

const page = "x".repeat(4_000);

/** A database whose file may have `spare` more pages, as on a disk that is nearly full. */
async function openNearlyFull(spare: number): Promise<{ sql: Sqlite; makeRoom: () => void }> {
  const path = join(temporaryFolder(), "notes.db");
  await (await openNotes({ path })).close();
  const writer = new Connection(path, "read-write");
  const pages = writer.control<{ page_count: number }>("PRAGMA page_count")?.page_count ?? 0;
  writer.control(`PRAGMA max_page_count = ${pages + spare}`);
  const sql = new Sqlite({ path }, { writer, reader: new Connection(path, "read-only") });
  onTestFinished(() => sql.close());
  return { sql, makeRoom: () => writer.control("PRAGMA max_page_count = 1000000") };
}

test("on a full disk what found no room fails as full, the others of its batch are stored once, reads work", async () => {
  const { sql, makeRoom } = await openNearlyFull(8);
  const bodies = ["", page.repeat(20), "", page.repeat(20), ""];

  const outcomes = await Promise.allSettled(
    bodies.map((body, index) => sql.transaction((tx) => tx.run(insertNote, note(String(index), body)))),
  );

  expect(outcomes.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(outcomes[1]).toMatchObject({ reason: { name: "StorageError", reason: "full" } });
  expect((await noteIds(sql)).toSorted()).toEqual(["0", "2", "4"]);

  makeRoom();
  await sql.transaction((tx) => tx.run(insertNote, note("after", page.repeat(20))));
  expect(await noteIds(sql)).toContain("after");
});

test("a function that hides a full disk behind an error of its own still fails as full", async () => {
  const { sql } = await openNearlyFull(2);

  const outcome = sql.transaction(async (tx) => {
    await tx.run(insertNote, note("a", page.repeat(20))).catch(() => {
      throw new RangeError("the name is taken");
    });
  });

  await expect(outcome).rejects.toMatchObject({ name: "StorageError", reason: "full" });
});

test("when the commit itself can't be written, all of its batch fail and nothing of it was stored", async () => {
  const path = join(temporaryFolder(), "notes.db");
  await (await openNotes({ path })).close();
  // A limit of 1000 KiB on the size of files; writing past it is an error instead of a signal.
  const child = startChild("disk-filler.ts", [path], "trap '' XFSZ; ulimit -f 1000");

  const report: unknown = JSON.parse(await child.line());

  expect(report).toMatchObject({
    told: ["StorageError: storage is failed", "StorageError: storage is failed"],
  });
  const sql = await openSqlite({ path });
  onTestFinished(() => sql.close());
  const ids = await noteIds(sql);
  expect(ids.length).toBeGreaterThan(2);
  expect(report).toMatchObject({ stored: ids, acknowledged: ids });
});

test("while another process holds the lock the event loop goes on, and what waited is stored afterwards", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const sql = await openNotes({ path });
  const holder = startChild("lock-holder.ts", [path]);
  expect(await holder.line()).toBe("locked");

  const stored = sql.transaction((tx) => tx.run(insertNote, note("waited")));
  const stall = await longestStall(500);
  expect(await Promise.race([stored, "still waiting"])).toBe("still waiting");
  await holder.goOn();

  expect(await stored).toBe(1);
  expect(stall).toBeLessThan(300);
});

test("a transaction that waits too long for the lock fails as busy, and the next one works", async () => {
  const path = join(temporaryFolder(), "notes.db");
  const sql = await openNotes({ path, busyDeadlineMs: 100 });
  using other = new Database(path, { readwrite: true });
  other.run("BEGIN IMMEDIATE");

  await expect(sql.transaction((tx) => tx.run(insertNote, note("a")))).rejects.toMatchObject({
    name: "StorageError",
    reason: "busy",
  });
  expect(await noteIds(sql)).toEqual([]);
  other.run("ROLLBACK");

  expect(await sql.transaction((tx) => tx.run(insertNote, note("b")))).toBe(1);
});

test("what was acknowledged is there after the process was killed at any moment", async () => {
  const path = join(temporaryFolder(), "notes.db");
  await (await openNotes({ path })).close();
  const acknowledged: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const child = startChild("durable-writer.ts", [path, `${round}-`]);
    for (let line = 0; line < 200 + round * 37; line += 1) acknowledged.push(await child.line());
    child.kill();
    acknowledged.push(...(await child.rest()));
  }

  const sql = await openSqlite({ path });
  onTestFinished(() => sql.close());
  const stored = new Set(await noteIds(sql));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(await sql.heavy("SELECT integrity_check FROM pragma_integrity_check")).toEqual([
    { integrity_check: "ok" },
  ]);
});

/** The longest time (ms) for which a timer of 5 ms came late, over `milliseconds`. */
async function longestStall(milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let longest = 0;
  for (let before = performance.now(); before < end;) {
    await Bun.sleep(5);
    const now = performance.now();
    longest = Math.max(longest, now - before - 5);
    before = now;
  }
  return longest;
}
