import { join } from "node:path";

const checkout = join(import.meta.dir, "../..");

/** A file of the checkout as text. */
export interface SourceFile {
  /** Below the checkout, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Reads the files that match, as `src/**\/*.ts`, in the order of their names. */
export async function sourceFiles(pattern: string): Promise<readonly SourceFile[]> {
  const paths = [...new Bun.Glob(pattern).scanSync({ cwd: checkout })].toSorted();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await Bun.file(join(checkout, path)).text() })),
  );
}

/** Tests and what only tests use: they may reach for anything. */
export function isForTests(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)(testing|fixtures)\/|\/test-[\w-]+\.ts$/.test(path);
}

/** A string or template of the source. */
export interface Literal {
  readonly line: number;
  /** The texts between the interpolations: one more than there are of those. */
  readonly parts: readonly string[];
  /** The source of each `${…}`. */
  readonly interpolations: readonly string[];
}

/** Where a `/` begins a regular expression and does not divide. */
const beforeRegex = /(?:^|[=(,:[!&|?{};+\n>]|\breturn|\bcase)\s*$/;

/** The strings and templates of a TypeScript source, those inside interpolations too; comments are passed over. */
export function literalsOf(text: string): Literal[] {
  const literals: Literal[] = [];
  for (let at = 0; at < text.length; at++) {
    const two = text.slice(at, at + 2);
    if (two === "//") at = endOf(text, "\n", at);
    else if (two === "/*") at = endOf(text, "*/", at) + 1;
    else if (text[at] === "/" && beforeRegex.test(text.slice(Math.max(0, at - 20), at)))
      at = regexEnd(text, at);
    else if (text[at] === '"' || text[at] === "'" || text[at] === "`") {
      const { literal, end } = readLiteral(text, at);
      literals.push(literal, ...literal.interpolations.flatMap(literalsOf));
      at = end;
    }
  }
  return literals;
}

/** Reads the literal whose quote is at `start`; `end` is the place of its closing quote. */
function readLiteral(text: string, start: number): { literal: Literal; end: number } {
  const quote = text[start];
  const parts = [""];
  const interpolations: string[] = [];
  const add = (piece: string) => parts.push((parts.pop() ?? "") + piece);
  let at = start + 1;
  for (; at < text.length && text[at] !== quote; at++) {
    // Only a template goes on; an apostrophe in the text of a component ends with its line.
    if (quote !== "`" && text[at] === "\n") break;
    if (text[at] === "\\") add(text[++at] ?? "");
    else if (quote === "`" && text.startsWith("${", at)) {
      const end = closingBrace(text, at + 2);
      interpolations.push(text.slice(at + 2, end));
      parts.push("");
      at = end;
    } else add(text[at] ?? "");
  }
  const line = text.slice(0, start).split("\n").length;
  return { literal: { line, parts, interpolations }, end: at };
}

function closingBrace(text: string, start: number): number {
  let open = 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "{") open++;
    else if (character === "}") open--;
    else if (character === '"' || character === "'" || character === "`") at = readLiteral(text, at).end;
    if (open === 0) return at;
  }
  return text.length;
}

function regexEnd(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "\n" || (character === "/" && !inClass)) return at;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}
