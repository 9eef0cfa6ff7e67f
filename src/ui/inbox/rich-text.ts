/** WhatsApp's marks and links as a tree. Nothing here is HTML: what is no mark stays the text that was typed. */

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string; readonly block: boolean }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "bold" | "italic" | "strike"; readonly pieces: readonly Piece[] };

const marks = { "*": "bold", _: "italic", "~": "strike" } as const;
type Mark = keyof typeof marks;

/** Marks within marks deeper than this are shown as typed. */
const DEEPEST = 4;

const links = /\b(?:https?:\/\/|www\.)[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/giu;

/** Parses a message as WhatsApp shows it: ```` ``` ````, `` ` ``, `*`, `_`, `~`, and addresses. */
export function parseRichText(text: string): readonly Piece[] {
  return text.split(/(```[\s\S]+?```)/).flatMap((part): readonly Piece[] => {
    if (part === "") return [];
    if (/^```[\s\S]+```$/.test(part)) return [{ kind: "code", text: part.slice(3, -3).trim(), block: true }];
    return parseInline(part, 0);
  });
}

/** A message without its marks, for one quiet line: a list that shows stars and underscores looks broken. */
export function plainText(text: string): string {
  return parseRichText(text).map(wordsOf).join("");
}

function wordsOf(piece: Piece): string {
  return "pieces" in piece ? piece.pieces.map(wordsOf).join("") : piece.text;
}

function parseInline(text: string, depth: number): readonly Piece[] {
  if (depth > DEEPEST) return [{ kind: "text", text }];
  const pieces: Piece[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const end = closingOf(text, at);
    if (end === -1) {
      at += 1;
      continue;
    }
    pieces.push(...linkify(text.slice(plainFrom, at)));
    const inner = text.slice(at + 1, end);
    const mark = text[at];
    if (isMark(mark)) pieces.push({ kind: marks[mark], pieces: parseInline(inner, depth + 1) });
    else pieces.push({ kind: "code", text: inner, block: false });
    at = end + 1;
    plainFrom = at;
  }
  pieces.push(...linkify(text.slice(plainFrom)));
  return pieces;
}

/** Where the mark that opens at `at` closes, on the same line; -1 when there is none. */
function closingOf(text: string, at: number): number {
  const mark = text[at];
  if (mark === undefined || !(isMark(mark) || mark === "`")) return -1;
  const before = text[at - 1] ?? " ";
  const after = text[at + 1] ?? " ";
  // A mark opens at the edge of a word: `2*3*4` and `snake_case_name` are no marks.
  if (/[\p{L}\p{N}]/u.test(before) || /\s/.test(after)) return -1;
  for (let end = text.indexOf(mark, at + 2); end !== -1; end = text.indexOf(mark, end + 1)) {
    if (text.slice(at, end).includes("\n")) return -1;
    const follows = text[end + 1] ?? " ";
    if (!/\s/.test(text[end - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(follows)) return end;
  }
  return -1;
}

function isMark(character: string | undefined): character is Mark {
  return character === "*" || character === "_" || character === "~";
}

function linkify(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(links)) {
    // The end of a sentence is not the end of an address.
    const address = match[0].replace(/[.,;:!?)\]'"*_~]+$/u, "");
    const href = hrefOf(address);
    if (href === null) continue;
    if (match.index > from) pieces.push({ kind: "text", text: text.slice(from, match.index) });
    pieces.push({ kind: "link", text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

/** The address to open: http, https or mail, nothing else; null for what is no address after all. */
function hrefOf(address: string): string | null {
  const isMail = !/^(?:https?:\/\/|www\.)/i.test(address);
  const full = isMail ? `mailto:${address}` : address.replace(/^www\./i, "https://www.");
  try {
    const url = new URL(full);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
