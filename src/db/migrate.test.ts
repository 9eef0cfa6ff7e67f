import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { manualClock } from "../lib/clock.ts";
import { migrate, type MigrateReport, MigrationError } from "./migrate.ts";
import { type Migration, migrations } from "./migrations/index.ts";
import { temporaryFolder } from "./testing/temporary.ts";

const first: Migration = {
  version: 1,
  name: "notes",
  text: "CREATE TABLE notes (id TEXT PRIMARY KEY) STRICT;",
};
const second: Migration = {
  version: 2,
  name: "marks",
  text: "CREATE TABLE marks (note TEXT NOT NULL REFERENCES notes (id)) STRICT; INSERT INTO notes VALUES ('from 2');",
};

function installation() {
  const folder = temporaryFolder();
  const database = join(folder, "balcao.db");
  const backups = join(folder, "backups");
  const clock = manualClock();
  return {
    database,
    backups,
    migrateTo: (...steps: Migration[]): MigrateReport =>
      migrate({ database, backups, clock, migrations: steps }),
    ask: (text: string): unknown[] => {
      using file = new Database(database, { readwrite: true });
      return file.query(text).all();
    },
  };
}

test("the product's own schema is applied to a new database, and needs nothing the second time", () => {
  const { ask, migrateTo } = installation();

  expect(migrateTo(...migrations).applied).toEqual(migrations.map(({ version }) => version));
  expect(migrateTo(...migrations)).toEqual({ applied: [], snapshot: undefined });
  expect(ask("SELECT name FROM sqlite_schema WHERE name = 'messages'")).toEqual([{ name: "messages" }]);
  expect(ask("PRAGMA foreign_key_check")).toEqual([]);
});

test("the product's migrations are numbered without a gap, and each has its file", () => {
  const names = migrations.map(({ version, name }) => `${String(version).padStart(4, "0")}-${name}.sql`);
  const files = readdirSync(join(import.meta.dir, "migrations")).filter((name) => name.endsWith(".sql"));

  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  expect(files.toSorted()).toEqual(names);
});

test("a new database is readable by its owner only, and no copy of nothing is made", () => {
  const { database, backups, migrateTo } = installation();

  expect(migrateTo(first)).toEqual({ applied: [1], snapshot: undefined });
  expect(statSync(database).mode & 0o777).toBe(0o600);
  expect(existsSync(backups)).toBe(false);
});

test("before a database is changed, a copy of it is kept that only its owner can read", () => {
  const { ask, backups, migrateTo } = installation();
  migrateTo(first);
  ask("INSERT INTO notes VALUES ('precious') RETURNING id");

  const { applied, snapshot } = migrateTo(first, second);

  expect(applied).toEqual([2]);
  expect(snapshot).toBe(join(backups, "before-0002-20260105T120000Z.db"));
  expect(statSync(backups).mode & 0o777).toBe(0o700);
  expect(statSync(snapshot ?? "").mode & 0o777).toBe(0o600);
  using copy = new Database(snapshot, { readonly: true });
  expect(copy.query("SELECT id FROM notes").all()).toEqual([{ id: "precious" }]);
  expect(copy.query("SELECT version FROM schema_migrations").all()).toEqual([{ version: 1 }]);
  expect(ask("SELECT id FROM notes")).toEqual([{ id: "precious" }, { id: "from 2" }]);
});

test("tables that no migration made are copied as well before anything is done to them", () => {
  const { ask, migrateTo } = installation();
  migrateTo();
  ask("CREATE TABLE letters (id TEXT) STRICT");

  const { snapshot } = migrateTo(first);

  using copy = new Database(snapshot, { readonly: true });
  expect(copy.query("SELECT name FROM sqlite_schema WHERE name = 'letters'").all()).toEqual([
    { name: "letters" },
  ]);
});

test("a step that fails leaves nothing of itself, and works when it is repaired", () => {
  const { ask, backups, migrateTo } = installation();
  migrateTo(first);
  const broken = { ...second, text: "INSERT INTO notes VALUES ('half'); SELECT * FROM nowhere;" };

  expect(() => migrateTo(first, broken)).toThrow("migration 2 (marks) failed: no such table: nowhere");
  expect(ask("SELECT id FROM notes")).toEqual([]);

  expect(migrateTo(first, second).applied).toEqual([2]);
  expect(readdirSync(backups).toSorted()).toEqual([
    "before-0002-20260105T120000Z-2.db",
    "before-0002-20260105T120000Z.db",
  ]);
});

test("a step that leaves rows that refer to nothing is refused", () => {
  const { migrateTo } = installation();
  const orphan = { ...second, text: `${second.text} INSERT INTO marks VALUES ('nobody');` };

  expect(() => migrateTo(first, orphan)).toThrow("rows of marks refer to rows that don't exist");
});

test("a step that would end its own transaction is refused", () => {
  const { ask, migrateTo } = installation();

  expect(() => migrateTo({ ...first, text: `${first.text} COMMIT;` })).toThrow(
    "it ended its own transaction",
  );
  expect(ask("SELECT version FROM schema_migrations")).toEqual([]);
});

test("a database that a newer version made is refused, and left as it is", () => {
  const { ask, backups, migrateTo } = installation();
  migrateTo(first, second);

  expect(() => migrateTo(first)).toThrow(
    new MigrationError(
      "newer",
      "the database has schema 2 and this version knows 1: start a newer version, or restore a backup",
    ),
  );
  expect(ask("SELECT max(version) AS newest FROM schema_migrations")).toEqual([{ newest: 2 }]);
  expect(existsSync(backups)).toBe(false);
});

test("a step that was edited after it had been applied is refused", () => {
  const { migrateTo } = installation();
  migrateTo(first);

  expect(() => migrateTo({ ...first, text: `${first.text} -- edited` }, second)).toThrow(
    "migration 1 (notes) is not the one that this database was made with",
  );
});
