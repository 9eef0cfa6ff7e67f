import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { copyDatabase } from "./copy-database.ts";
import { insertNote, note } from "./testing/rows.ts";
import { openNotes, temporaryFolder } from "./testing/temporary.ts";

function idsIn(path: string): unknown[] {
  using copy = new Database(path, { readonly: true });
  return copy.query("SELECT id FROM notes").all();
}

test("a database in use is copied with everything committed so far, for its owner only", async () => {
  const folder = temporaryFolder();
  const sql = await openNotes({ path: join(folder, "notes.db") });
  await sql.transaction((tx) => tx.run(insertNote, note("a")));

  copyDatabase(join(folder, "notes.db"), join(folder, "copy.db"));
  await sql.transaction((tx) => tx.run(insertNote, note("b")));

  expect(idsIn(join(folder, "copy.db"))).toEqual([{ id: "a" }]);
  expect(statSync(join(folder, "copy.db")).mode & 0o777).toBe(0o600);
});

test("a database that nobody has open is copied as well", async () => {
  const folder = temporaryFolder();
  const sql = await openNotes({ path: join(folder, "notes.db") });
  await sql.transaction((tx) => tx.run(insertNote, note("a")));
  await sql.close();

  copyDatabase(join(folder, "notes.db"), join(folder, "copy.db"));

  expect(idsIn(join(folder, "copy.db"))).toEqual([{ id: "a" }]);
});

test("a copy never replaces a file, and a failed one leaves nothing", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "taken.db"), "precious");
  writeFileSync(join(folder, "letter.db"), "not a database. ".repeat(100));

  expect(() => copyDatabase(join(folder, "letter.db"), join(folder, "taken.db"))).toThrow("EEXIST");
  expect(() => copyDatabase(join(folder, "letter.db"), join(folder, "copy.db"))).toThrow("storage is failed");
  expect(existsSync(join(folder, "copy.db"))).toBe(false);
});
