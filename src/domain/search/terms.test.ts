import { expect, test } from "bun:test";

import { excerptOf } from "./highlight.ts";
import { termsOf } from "./terms.ts";

const marked = (text: string, query: string) => {
  const excerpt = excerptOf(text, termsOf(query));
  return excerpt.ranges.map(([start, end]) => excerpt.text.slice(start, end));
};

test("a query is words, whatever else stands in it", () => {
  expect(termsOf('"João" OR -silva* NEAR(x)').words).toEqual(["João", "OR", "silva", "NEAR", "x"]);
  expect(termsOf("👍 \u0301 !?").words).toEqual([]);
  expect(termsOf("a ".repeat(50)).words).toHaveLength(10);
});

test("a phone is looked for with and without the ninth digit, in any format", () => {
  expect(termsOf("(11) 8765-4321").phones).toEqual(["1187654321", "11987654321"]);
  expect(termsOf("+55 11 98765-4321").phones).toContain("551187654321");
  expect(termsOf("pedido 123").phones).toEqual([]);
});

test("a number may be a conversation's, and with # it is nothing else", () => {
  expect(termsOf("#42")).toEqual({ words: [], phones: [], number: 42 });
  expect(termsOf("42").number).toBe(42);
  expect(termsOf("42a").number).toBeNull();
});

test("what was found is marked by its place in the text, accents or not", () => {
  expect(marked("Olá, João Conceição!", "joao conce")).toEqual(["João", "Conce"]);
  expect(marked("cafe\u0301 e CAFÉ", "café")).toEqual(["cafe\u0301", "CAFÉ"]);
  expect(marked("nothing here", "xyz")).toEqual([]);
});

test("a long text is cut around the first hit, between words and with its marks in place", () => {
  const text = `${"palavra ".repeat(60)}encomenda ${"depois ".repeat(60)}`;
  const { text: cut, ranges } = excerptOf(text, termsOf("encom"));
  expect(cut.length).toBeLessThanOrEqual(162);
  expect(cut).toStartWith("…");
  expect(ranges.map(([start, end]) => cut.slice(start, end))).toEqual(["encom"]);
});
