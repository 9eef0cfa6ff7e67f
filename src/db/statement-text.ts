/** Literals and comments (skipped), then every way to write a parameter. */
const PIECES = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)|[?:@$]\w*/g;

const CONTROL = /^\s*(?:begin|commit|end|rollback|savepoint|release|attach|detach|vacuum|pragma)\b/i;

/**
 * What is wrong with a statement text, or undefined.
 *
 * SQLite numbers `$1…$n` by first appearance, not by their digits: `$2 … $1` would swap the values silently.
 * Statements that steer the transaction or the connection belong to this folder only.
 */
export function statementProblem(text: string): string | undefined {
  if (CONTROL.test(text)) return "steers the connection";
  let highest = 0;
  for (const [piece, digits] of text.matchAll(PIECES)) {
    if (/^['"]|^--|^\/\*/.test(piece)) continue;
    if (digits === undefined) return `has the parameter ${piece}, which is not $1…$n`;
    const number = Number(digits);
    if (number < 1 || number > highest + 1) return `names $${digits} before $${highest + 1}`;
    highest = Math.max(highest, number);
  }
  return undefined;
}
