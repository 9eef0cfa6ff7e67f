import { expect, test } from "bun:test";

import { normalizePhone } from "./normalize-phone.ts";

const written: readonly (readonly [string, string | null])[] = [
  ["(11) 98765-4321", "+5511987654321"],
  ["11987654321", "+5511987654321"],
  ["011 98765 4321", "+5511987654321"],
  ["+55 11 98765-4321", "+5511987654321"],
  ["5511987654321", "+5511987654321"],
  ["551187654321", "+551187654321"],
  ["(11) 3265-4321", "+551132654321"],
  ["+1 650 555 1234", "+16505551234"],
  ["+54 9 11 2345-6789", "+5491123456789"],
  ["", null],
  ["123", null],
  ["não sei", null],
  ["9".repeat(100_000), null],
];

for (const [text, phone] of written) {
  test(`"${text.slice(0, 24)}" is ${phone ?? "no phone number"}`, () => {
    expect(normalizePhone(text)).toBe(phone);
  });
}

test("a number without a country code is from the country of who types it", () => {
  expect(normalizePhone("(650) 253-0000", "en")).toBe("+16502530000");
});
