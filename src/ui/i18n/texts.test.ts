import { expect, test } from "bun:test";

import { en } from "./en.ts";
import { es } from "./es.ts";
import { ptBr } from "./pt-br.ts";

/** `inbox.title` → text, all the way down. */
function flat(texts: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === "object" && value !== null
        ? [...flat(value, `${path}${key}.`)]
        : [[`${path}${key}`, String(value)] as const],
    ),
  );
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).toSorted((a, b) => a.localeCompare(b));

for (const [name, texts] of Object.entries({ en, es })) {
  test(`${name} has the keys of Portuguese, no more and no fewer`, () => {
    expect([...flat(texts).keys()].toSorted()).toEqual([...flat(ptBr).keys()].toSorted());
  });

  test(`${name} fills in the same values as Portuguese`, () => {
    const own = flat(texts);
    for (const [key, text] of flat(ptBr)) {
      expect([key, placeholders(own.get(key) ?? "")]).toEqual([key, placeholders(text)]);
    }
  });
}

test("no text is empty, and none has an exclamation mark", () => {
  for (const texts of [ptBr, en, es]) {
    for (const [key, text] of flat(texts)) {
      expect([key, text.trim() === ""]).toEqual([key, false]);
      expect([key, text.includes("!")]).toEqual([key, false]);
    }
  }
});
