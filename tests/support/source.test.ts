import { describe, expect, test } from "bun:test";

import { importsOf } from "./imports.ts";
import { literalsOf } from "./source.ts";

const texts = (source: string) => literalsOf(source).map(({ parts }) => parts.join("…"));

describe("the literals of a source", () => {
  test("are its strings and templates, with the line that they begin on", () => {
    expect(literalsOf('const a = "one";\nconst b = `two`;')).toEqual([
      { line: 1, parts: ["one"], interpolations: [] },
      { line: 2, parts: ["two"], interpolations: [] },
    ]);
  });

  test("leave out comments, and regular expressions with quotes in them", () => {
    expect(texts(`// it's "no" literal\n/* 'nor this' */ const a = /["'\`/]+/.test("yes");`)).toEqual([
      "yes",
    ]);
  });

  test("are found after a division", () => {
    expect(texts('const a = b / c; const d = "yes" / 2;')).toEqual(["yes"]);
  });

  test("know what is put into a template, and the literals in there", () => {
    const source = 'sql(`SELECT ${columns} FROM t WHERE ${ok ? `a = ${"}"}` : "b"} LIMIT 1`)';
    expect(literalsOf(source)[0]).toEqual({
      line: 1,
      parts: ["SELECT ", " FROM t WHERE ", " LIMIT 1"],
      interpolations: ["columns", 'ok ? `a = ${"}"}` : "b"'],
    });
    expect(texts(source)).toEqual(["SELECT … FROM t WHERE … LIMIT 1", "a = …", "}", "b"]);
  });

  test("go on after an apostrophe in the text of a component", () => {
    expect(texts('<p>d\'água</p>\n<b title="yes" />')).toContain("yes");
  });

  test("keep escaped quotes", () => {
    expect(texts(String.raw`const a = "say \"yes\"", b = 'it\'s';`)).toEqual(['say "yes"', "it's"]);
  });
});

test("the imports of a source are values, types, effects and what is loaded later", () => {
  const text = [
    'import { a } from "./a.ts";',
    "import {",
    "  b,",
    "  type C,",
    '} from "../b/c.ts";',
    'import type { D } from "zod";',
    'import "./style.css";',
    'export { e } from "./e.ts";',
    'const later = () => import("./later.ts");',
    'const none = "from ./nowhere.ts";',
  ].join("\n");
  expect(importsOf({ path: "src/x/file.ts", text })).toEqual([
    "src/x/a.ts",
    "src/b/c.ts",
    "zod",
    "src/x/style.css",
    "src/x/e.ts",
    "src/x/later.ts",
  ]);
});
