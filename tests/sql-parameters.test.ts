import { describe, expect, test } from "bun:test";

import { statementProblem } from "../src/db/statement-text.ts";
import { importsOf } from "./support/imports.ts";
import { isForTests, type Literal, literalsOf, type SourceFile, sourceFiles } from "./support/source.ts";

const sql = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\b/i;
const everyFile = (await sourceFiles("src/**/*.ts")).filter(({ path }) => !isForTests(path));
const byPath = new Map(everyFile.map((file) => [file.path, file]));
const stores = everyFile.filter(({ path }) => path.endsWith("store.ts"));

interface Statement {
  readonly where: string;
  /** Complete, or what of it is not a fixed text. */
  readonly text: { readonly fixed: string } | { readonly open: string };
}

function statementsOf(file: SourceFile): Statement[] {
  return literalsOf(file.text)
    .filter(({ parts }) => sql.test(parts[0] ?? ""))
    .map((literal) => ({ where: `${file.path} line ${literal.line}`, text: complete(literal, file) }));
}

/** Puts the constants into a template; only a constant of this file or of one that it imports may stand there. */
function complete({ parts, interpolations }: Literal, file: SourceFile): Statement["text"] {
  let text = parts[0] ?? "";
  for (const [index, name] of interpolations.entries()) {
    const value = constant(name, file);
    if (value === undefined) return { open: name };
    text += value + (parts[index + 1] ?? "");
  }
  return { fixed: text };
}

function constant(name: string, file: SourceFile): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const around = importsOf(file).flatMap((path) => byPath.get(path) ?? []);
  for (const { path, text } of [file, ...around]) {
    const start = new RegExp(`^(?:export )?const ${name}(?:: string)? =\\s*(?=["'\`])`, "m").exec(text);
    const literal = start && literalsOf(text.slice(start.index))[0];
    if (!literal) continue;
    const value = complete(literal, { path, text });
    return "fixed" in value ? value.fixed : undefined;
  }
  return undefined;
}

const statements = stores.flatMap(statementsOf);

describe("the statements of the stores", () => {
  test("are found", () => {
    const withoutAny = stores.filter(
      (file) => /\btx\.(?:run|get|all)\b/.test(file.text) && statementsOf(file).length === 0,
    );
    expect(withoutAny.map(({ path }) => path)).toEqual([]);
  });

  test("are fixed texts, with nothing put in but constants", () => {
    const open = statements.flatMap(({ where, text }) => ("open" in text ? [`${where}: ${text.open}`] : []));
    expect(open).toEqual([]);
  });

  test("number their parameters in the order of first appearance, since SQLite would swap them silently", () => {
    const wrong = statements.flatMap(({ where, text }) => {
      const problem = "fixed" in text ? statementProblem(text.fixed) : undefined;
      return problem === undefined ? [] : [`${where} ${problem}`];
    });
    expect(wrong).toEqual([]);
  });
});

test("migrations take no parameters", async () => {
  const migrations = await sourceFiles("src/db/migrations/*.sql");
  expect(migrations.length).toBeGreaterThan(0);
  const wrong = migrations.filter(({ text }) =>
    /[$?:@]\d|\?(?=[\s,)])/.test(text.replaceAll(/--.*|'(?:[^']|'')*'/g, "")),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});
