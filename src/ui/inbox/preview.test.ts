import { expect, test } from "bun:test";

import type { TFunction } from "i18next";

import { lastWords } from "./preview.ts";

const words: Readonly<Record<string, string>> = { "thread.audio": "Áudio", "thread.image": "Foto" };
const t = ((key: string) => words[key] ?? key) as TFunction;

test.each([
  ["🎤", "🎤 Áudio"],
  ["📷", "📷 Foto"],
  ["📷 o bolo", "📷 o bolo"],
  ["📄 orçamento.pdf", "📄 orçamento.pdf"],
  ["Bom dia,\ntem pão?", "Bom dia, tem pão?"],
  ["Dá pra escrever _Lívia *5* anos_?", "Dá pra escrever Lívia 5 anos?"],
  ["2*3*4 e www.padaria.example", "2*3*4 e www.padaria.example"],
  ["toString", "toString"],
  ["", ""],
])("the last message %p is listed as %p", (last, line) => {
  expect(lastWords(last, t)).toBe(line);
});
