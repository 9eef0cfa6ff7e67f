/** A thread in days, and each day in pieces that can be taken out of the page while nobody looks at them. */
import type { ThreadItem } from "./thread-items.ts";

export type PieceItem = Exclude<ThreadItem, { readonly kind: "day" }>;

export interface Piece {
  readonly key: string;
  readonly items: readonly PieceItem[];
}

export interface Day {
  readonly key: string;
  /** An instant of that day; null while there is nothing but what waits to be sent. */
  readonly at: string | null;
  readonly pieces: readonly Piece[];
}

/** One message in so many begins a piece. */
const RATIO = 36;

/**
 * Where a piece begins follows from the message itself and not from its place, so that neither what comes below nor what
 * is loaded above changes the pieces between.
 */
function beginsPiece(item: PieceItem): boolean {
  if (item.kind !== "message") return false;
  let sum = 0;
  for (const letter of item.key) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % RATIO === 0;
}

/** The day's own name, so that it stays the same when its earlier messages are loaded; clocks may bring a day twice. */
function keyOf(at: string, before: readonly { readonly key: string }[]): string {
  const date = new Date(at).toDateString();
  return before.some(({ key }) => key === date) ? `${date} ${before.length}` : date;
}

export function intoDays(items: readonly ThreadItem[]): readonly Day[] {
  const days: { key: string; at: string | null; pieces: { key: string; items: PieceItem[] }[] }[] = [];
  for (const item of items) {
    if (item.kind === "day") {
      days.push({ key: keyOf(item.at, days), at: item.at, pieces: [] });
      continue;
    }
    let day = days.at(-1);
    if (!day) days.push((day = { key: "first", at: null, pieces: [] }));
    const piece = day.pieces.at(-1);
    if (piece && !beginsPiece(item)) piece.items.push(item);
    else day.pieces.push({ key: item.key, items: [item] });
  }
  return days;
}
