import type { Terms } from "./terms.ts";

/** Part of a text and where in it the words stand: `[start, end)` in UTF-16 units, so that nobody parses HTML. */
export interface Excerpt {
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
}

/** Characters of an excerpt, and of what stands before its first hit. */
const maxExcerpt = 160;
const lead = 40;

/** The part of `text` around the first word that begins with one of the terms; its beginning where none does. */
export function excerptOf(text: string, terms: Terms): Excerpt {
  const wanted = [...terms.words, ...terms.phones].map(fold);
  const ranges = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap((match) => {
    const length = matchedLength(match[0], wanted);
    return length === 0 ? [] : [[match.index, match.index + length] as const];
  });
  return cut(text, ranges);
}

function cut(text: string, ranges: readonly (readonly [number, number])[]): Excerpt {
  const first = ranges[0]?.[0] ?? 0;
  const start = text.length <= maxExcerpt || first <= lead ? 0 : wordStart(text, first - lead);
  const end = Math.min(text.length, start + maxExcerpt);
  const before = start > 0 ? "…" : "";
  const shift = before.length - start;
  return {
    text: `${before}${text.slice(start, end).toWellFormed()}${end < text.length ? "…" : ""}`,
    ranges: ranges
      .filter((range) => range[0] >= start && range[1] <= end)
      .map((range) => [range[0] + shift, range[1] + shift]),
  };
}

/** Does not begin in the middle of a word. */
function wordStart(text: string, from: number): number {
  const space = text.indexOf(" ", from);
  return space === -1 || space - from > lead ? from : space + 1;
}

/** How much of a word one of the terms covers, in UTF-16 units of the word; 0 where none begins it. */
function matchedLength(word: string, wanted: readonly string[]): number {
  const folded = fold(word);
  const longest = Math.max(0, ...wanted.filter((term) => folded.startsWith(term)).map((term) => term.length));
  if (longest === 0) return 0;
  // Folding drops accents, so the place in the word is counted by what remains of its beginning.
  let length = 0;
  let kept = 0;
  for (const character of word) {
    const size = fold(character).length;
    if (kept >= longest && size > 0) break;
    kept += size;
    length += character.length;
  }
  return length;
}

/** As the index compares: without case and accents. */
function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
