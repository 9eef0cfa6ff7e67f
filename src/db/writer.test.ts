import { expect, test } from "bun:test";

import { TransactionMisuse } from "./handle.ts";
import type { Tx } from "./sql.ts";
import { insertNote, note } from "./testing/rows.ts";
import { noteIds, openNotes } from "./testing/temporary.ts";

const countNotes = "SELECT count(*) AS count FROM notes";

function store(id: string): (tx: Tx) => Promise<number> {
  return (tx) => tx.run(insertNote, note(id));
}

test("transactions asked for at the same time are stored in the order of asking, and share commits", async () => {
  let commits = 0;
  const sql = await openNotes({ onCommit: () => (commits += 1) });
  commits = 0;
  const ids = Array.from({ length: 100 }, (_, index) => `note ${index}`);

  await Promise.all(ids.map((id) => sql.transaction(store(id))));

  expect(await noteIds(sql)).toEqual(ids);
  // One, or a few where the machine is so busy that a batch ran out of its time.
  expect(commits).toBeLessThanOrEqual(10);
});

test("without group commit each transaction is committed on its own", async () => {
  let commits = 0;
  const sql = await openNotes({ groupCommit: false, onCommit: () => (commits += 1) });
  commits = 0;

  await Promise.all(["a", "b", "c"].map((id) => sql.transaction(store(id))));

  expect(commits).toBe(3);
});

test("a batch holds at most 256 transactions, so that sockets get their turn", async () => {
  let commits = 0;
  const sql = await openNotes({ onCommit: () => (commits += 1) });
  commits = 0;

  await Promise.all(Array.from({ length: 600 }, (_, index) => sql.transaction(store(String(index)))));

  expect(commits).toBeGreaterThanOrEqual(3);
});

test("a transaction answers with what its function returned, and tells how many rows it changed", async () => {
  const sql = await openNotes();

  const changed = await sql.transaction((tx) => tx.run("INSERT INTO notes VALUES ('a', ''), ('b', '')"));
  const found = await sql.transaction((tx) =>
    tx.get<{ id: string }>("SELECT id FROM notes WHERE id = $1", ["b"]),
  );
  const missing = await sql.transaction((tx) => tx.get("SELECT id FROM notes WHERE id = $1", ["z"]));

  expect(changed).toBe(2);
  expect(found).toEqual({ id: "b" });
  expect(missing).toBeUndefined();
});

test("a transaction sees what those before it in the same batch have stored", async () => {
  const sql = await openNotes();

  const [, count] = await Promise.all([
    sql.transaction(store("a")),
    sql.transaction((tx) => tx.get<{ count: number }>(countNotes)),
  ]);

  expect(count).toEqual({ count: 1 });
});

test("a transaction that throws loses all that it did and nothing of its siblings", async () => {
  const sql = await openNotes();

  const [first, broken, last] = await Promise.allSettled([
    sql.transaction(store("first")),
    sql.transaction(async (tx) => {
      await tx.run(insertNote, note("broken"));
      throw new RangeError("not today");
    }),
    sql.transaction(store("last")),
  ]);

  expect([first.status, last.status]).toEqual(["fulfilled", "fulfilled"]);
  expect(broken).toEqual({ status: "rejected", reason: new RangeError("not today") });
  expect(await noteIds(sql)).toEqual(["first", "last"]);
});

test("a function that throws before its first await is rolled back like any other", async () => {
  const sql = await openNotes();

  const broken = sql.transaction(() => {
    throw new RangeError("at once");
  });

  await expect(broken).rejects.toThrow("at once");
});

test("an SQL error that the function swallows still fails the transaction", async () => {
  const sql = await openNotes();
  await sql.transaction(store("taken"));

  const outcome = sql.transaction(async (tx) => {
    await tx.run(insertNote, note("before"));
    await tx.run(insertNote, note("taken")).catch(() => 0);
  });

  await expect(outcome).rejects.toThrow("UNIQUE");
  expect(await noteIds(sql)).toEqual(["taken"]);
});

test("what a function makes of an SQL error reaches the caller", async () => {
  const sql = await openNotes();
  await sql.transaction(store("taken"));

  const outcome = sql.transaction(async (tx) => {
    await tx.run(insertNote, note("taken")).catch(() => {
      throw new RangeError("the name is taken");
    });
  });

  await expect(outcome).rejects.toThrow("the name is taken");
});

test("a function that never settles is rolled back and holds nobody up", async () => {
  const sql = await openNotes();

  const [stuck, sibling] = await Promise.allSettled([
    sql.transaction(async (tx) => {
      await tx.run(insertNote, note("stuck"));
      await new Promise(() => {});
    }),
    sql.transaction(store("sibling")),
  ]);

  expect(stuck).toMatchObject({ status: "rejected", reason: expect.any(TransactionMisuse) });
  expect(sibling.status).toBe("fulfilled");
  expect(await noteIds(sql)).toEqual(["sibling"]);
});

test("a function that awaits a file or a timer is rolled back, and its late statements are refused", async () => {
  const sql = await openNotes();
  const late = Promise.withResolvers<unknown>();

  const outcome = sql.transaction(async (tx) => {
    await Bun.file(import.meta.path).text();
    await tx.run(insertNote, note("late")).catch(late.resolve);
  });

  await expect(outcome).rejects.toBeInstanceOf(TransactionMisuse);
  expect(await late.promise).toBeInstanceOf(TransactionMisuse);
  expect(await noteIds(sql)).toEqual([]);
});

test("a function that returns through many async calls is not mistaken for a stuck one", async () => {
  const sql = await openNotes();
  async function deep(tx: Tx, depth: number): Promise<number> {
    if (depth === 0) return tx.run(insertNote, note("deep"));
    const changed = await deep(tx, depth - 1);
    return changed;
  }

  expect(await sql.transaction((tx) => deep(tx, 200))).toBe(1);
});

test("storage called inside a transaction is refused at once, and usable again after it", async () => {
  const sql = await openNotes();

  await sql.transaction(async (tx) => {
    await expect(sql.transaction(store("inner"))).rejects.toBeInstanceOf(TransactionMisuse);
    await expect(sql.read((inner) => inner.all("SELECT 1"))).rejects.toBeInstanceOf(TransactionMisuse);
    await expect(sql.heavy("SELECT 1")).rejects.toBeInstanceOf(TransactionMisuse);
    await tx.run(insertNote, note("outer"));
  });
  await sql.transaction(store("next"));

  expect(await noteIds(sql)).toEqual(["outer", "next"]);
});

test("a tx kept beyond its transaction is refused", async () => {
  const sql = await openNotes();
  let kept: Tx | undefined;
  await sql.transaction(async (tx) => {
    kept = tx;
  });

  await expect(kept?.run(insertNote, note("afterwards"))).rejects.toBeInstanceOf(TransactionMisuse);
});

test("values that are too many or too few, and rows of a wrong type, are errors", async () => {
  const sql = await openNotes();

  await expect(sql.transaction((tx) => tx.run(insertNote, ["alone"]))).rejects.toThrow("expected 2 values");
  await expect(sql.transaction((tx) => tx.run(insertNote, ["a", "b", "c"]))).rejects.toThrow(
    "expected 2 values",
  );
  await expect(sql.transaction((tx) => tx.run(insertNote, ["a", new Uint8Array(1)]))).rejects.toThrow("TEXT");
  await expect(sql.transaction((tx) => tx.run("COMMIT"))).rejects.toThrow("steers the connection");
});

test("a row that refers to nothing is refused: foreign keys are on", async () => {
  const sql = await openNotes();
  await sql.transaction((tx) =>
    tx.run("CREATE TABLE marks (note TEXT NOT NULL REFERENCES notes (id)) STRICT"),
  );

  await expect(sql.transaction((tx) => tx.run("INSERT INTO marks VALUES ('none')"))).rejects.toThrow(
    "FOREIGN KEY",
  );
});

test("a transaction that can't be committed fails alone: its siblings are committed without it", async () => {
  const sql = await openNotes();
  await sql.transaction((tx) =>
    tx.run(
      "CREATE TABLE marks (note TEXT NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED) STRICT",
    ),
  );

  const [first, orphan, last] = await Promise.allSettled([
    sql.transaction(store("first")),
    sql.transaction((tx) => tx.run("INSERT INTO marks VALUES ('none')")),
    sql.transaction(store("last")),
  ]);

  expect([first.status, orphan.status, last.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await noteIds(sql)).toEqual(["first", "last"]);
});

test("the listener of commits hears of it before the callers do, only when rows changed, and can't break them", async () => {
  const heard: string[] = [];
  const sql = await openNotes({
    onCommit: () => {
      heard.push("commit");
      throw new Error("a broken listener");
    },
  });
  heard.length = 0;

  await sql.transaction((tx) => tx.all("SELECT id FROM notes"));
  await sql.transaction(store("a")).then(() => heard.push("caller"));

  expect(heard).toEqual(["commit", "caller"]);
});

test("closing waits for what was asked before, and refuses what is asked after", async () => {
  const sql = await openNotes();
  const asked = Promise.all(["a", "b"].map((id) => sql.transaction(store(id))));

  const closed = sql.close();

  await expect(sql.transaction(store("c"))).rejects.toMatchObject({ name: "StorageError", reason: "closed" });
  await expect(sql.read((tx) => tx.all("SELECT 1"))).rejects.toMatchObject({
    name: "StorageError",
    reason: "closed",
  });
  await closed;
  expect(await asked).toEqual([1, 1]);
});
