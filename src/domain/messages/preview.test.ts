import { expect, test } from "bun:test";

import { preview } from "./preview.ts";

test("a text is shown as it is", () => {
  expect(preview("text", "  Bom dia ")).toBe("Bom dia");
});

test("a file without words is a sign, which the browser names in the agent's language", () => {
  expect(preview("audio", "", "audio.ogg")).toBe("🎤");
  expect(preview("image", "", "image.jpeg")).toBe("📷");
});

test("a document goes by its name", () => {
  expect(preview("document", "", "orçamento.pdf")).toBe("📄 orçamento.pdf");
});

test("what was written beside a file stands behind the sign", () => {
  expect(preview("image", "o bolo", "image.jpeg")).toBe("📷 o bolo");
  expect(preview("document", "segue", "orçamento.pdf")).toBe("📄 segue");
});

test("a long text is cut, never in the middle of a character", () => {
  const cut = preview("text", `${"a".repeat(299)}😀`);
  expect(cut).toHaveLength(300);
  expect(cut.isWellFormed()).toBe(true);
});
