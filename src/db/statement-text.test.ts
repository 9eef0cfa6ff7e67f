import { expect, test } from "bun:test";

import { statementProblem } from "./statement-text.ts";

test("parameters numbered by first appearance are sound, also when repeated", () => {
  expect(statementProblem("SELECT * FROM notes WHERE id = $1 AND (body = $2 OR body = $1)")).toBeUndefined();
});

test("a statement whose parameters would be bound in another order than their numbers is refused", () => {
  expect(statementProblem("UPDATE notes SET body = $2 WHERE id = $1")).toContain("$2 before $1");
  expect(statementProblem("SELECT $1, $3")).toContain("$3 before $2");
  expect(statementProblem("SELECT $0")).toContain("$0");
});

test("other ways to write a parameter are refused", () => {
  for (const text of ["SELECT ?", "SELECT ?1", "SELECT :id", "SELECT @id", "SELECT $id"]) {
    expect(statementProblem(text)).toContain("not $1…$n");
  }
});

test("what stands in a literal or a comment is no parameter", () => {
  expect(
    statementProblem(`SELECT '$2 it''s?', "a:b" -- why $9?\n, /* :x */ body ->> '$.name' FROM notes`),
  ).toBeUndefined();
});

test("a statement that would end the transaction or change the connection is refused", () => {
  for (const text of [
    "COMMIT",
    " rollback",
    "PRAGMA foreign_keys = OFF",
    "ATTACH 'x' AS y",
    "VACUUM",
    "SAVEPOINT one",
  ]) {
    expect(statementProblem(text)).toBe("steers the connection");
  }
  expect(statementProblem("SELECT id FROM commits")).toBeUndefined();
});
