import { expect, test } from "bun:test";

import { message } from "../testing/samples.ts";
import { intoDays, type Piece } from "./thread-days.ts";
import { layOut } from "./thread-items.ts";

/** `count` messages, a minute apart, from `start` minutes after a day's beginning. */
function talk(start: number, count: number) {
  const noon = new Date(2026, 10, 20, 6).getTime();
  return Array.from({ length: count }, (_, index) => {
    const minute = start + index;
    return message(`m${minute}`, { created_at: new Date(noon + minute * 60_000).toISOString() });
  });
}

const piecesOf = (messages: ReturnType<typeof talk>): readonly Piece[] =>
  intoDays(layOut(messages, [], null)).flatMap((day) => day.pieces);
const keysOf = (piece: Piece) => piece.items.map((item) => item.key).join(" ");

test("every message stands in one piece, in order", () => {
  const messages = talk(0, 600);
  const keys = piecesOf(messages).flatMap((piece) => piece.items.map((item) => item.key));
  expect(keys).toEqual(messages.map(({ id }) => id as string));
});

test("a long day is many pieces, none of them very long", () => {
  const sizes = piecesOf(talk(0, 1000)).map((piece) => piece.items.length);
  expect(sizes.length).toBeGreaterThan(10);
  expect(Math.max(...sizes)).toBeLessThan(300);
});

test("each day has its own section", () => {
  const days = intoDays(layOut([...talk(0, 3), ...talk(24 * 60, 2)], [], null));
  expect(days.map((day) => day.pieces.flatMap((piece) => piece.items).length)).toEqual([3, 2]);
});

test("messages that come below leave the pieces above as they are", () => {
  const before = piecesOf(talk(0, 400)).map(keysOf);
  const after = piecesOf(talk(0, 460)).map(keysOf);
  expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
});

test("messages that are loaded above change the first piece only", () => {
  const before = piecesOf(talk(60, 400)).map(keysOf);
  const after = piecesOf(talk(0, 460)).map(keysOf);
  expect(after.slice(1 - before.length)).toEqual(before.slice(1));
});

test("a day keeps its name when its earlier messages are loaded", () => {
  const names = (messages: ReturnType<typeof talk>) =>
    intoDays(layOut(messages, [], null)).map((day) => day.key);
  expect(names(talk(0, 80))).toEqual(names(talk(60, 20)));
});
