import { describe, expect, test } from "bun:test";

import { phoneVariants } from "./phone-variants.ts";

const twins: readonly (readonly [string, string, string])[] = [
  ["a mobile of São Paulo", "5511987654321", "551187654321"],
  ["a mobile of Porto Alegre", "5551999998888", "555199998888"],
  ["a mobile of Mexico City", "5215512345678", "525512345678"],
  ["a mobile of Buenos Aires", "5491123456789", "541123456789"],
];

const alone: readonly (readonly [string, string])[] = [
  ["a Brazilian landline", "551132654321"],
  ["a landline number with a 9 before it, which is another line", "5511932654321"],
  ["a Brazilian number that is too short", "55118765432"],
  ["an area code that does not exist", "5501987654321"],
  ["a number of the United States", "16505551234"],
  ["a Portuguese mobile", "351912345678"],
  ["nothing", ""],
  ["letters", "visitor-55"],
];

describe("the ways to write a number", () => {
  for (const [name, long, short] of twins) {
    test(`${name} is found with and without the extra digit`, () => {
      expect(phoneVariants(long)).toEqual([long, short]);
      expect(phoneVariants(short)).toEqual([short, long]);
    });
  }
  for (const [name, digits] of alone) {
    test(`${name} has one way only`, () => expect(phoneVariants(digits)).toEqual([digits]));
  }
});
