/** What a person types, as words to look for. Whatever has a meaning in FTS5's own language is left behind here. */
import { phoneVariants } from "../contacts/phone-variants.ts";

const maxTerms = 10;
const maxLength = 64;
/** Digits from which on a number is looked for as a phone. */
const minPhone = 3;

export interface Terms {
  /** Letters and digits only; each is looked for as the beginning of a word. */
  readonly words: readonly string[];
  /** Ways to write the number that was typed, digits only; empty where it was none. */
  readonly phones: readonly string[];
  /** A conversation's number (`#123` or `123`). */
  readonly number: number | null;
}

/** Takes any text apart; nothing to look for gives no words. */
export function termsOf(text: string): Terms {
  // `#12` can only be a conversation's number.
  const said = /^\s*#\d+\s*$/.test(text) ? "" : text;
  const words = said.normalize("NFC").match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const numeric = /^[\s\d()+./-]+$/.test(text);
  const digits = numeric ? text.replaceAll(/\D/g, "") : "";
  return {
    words: words.slice(0, maxTerms).map((word) => word.slice(0, maxLength).toWellFormed()),
    phones: digits.length >= minPhone && digits.length <= 15 ? phonesOf(digits) : [],
    number: numberOf(text),
  };
}

/** With and without Brazil's ninth digit, also where the country was left out. */
function phonesOf(digits: string): readonly string[] {
  const national = phoneVariants(`55${digits}`).map((variant) => variant.slice(2));
  return [...new Set([digits, ...phoneVariants(digits), ...national])];
}

function numberOf(text: string): number | null {
  const digits = /^\s*#?(\d{1,9})\s*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
