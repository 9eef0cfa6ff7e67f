/**
 * The other ways in which the same mobile number may be written by a provider (channels.md, "Contacts and
 * identifiers"). Digits only, country code first, no plus sign.
 */
interface Rule {
  /** The longer way; its groups are what comes before and after the digit that may be missing. */
  readonly long: RegExp;
  readonly short: RegExp;
  readonly digit: string;
}

const rules: readonly Rule[] = [
  // Brazil: 55, area code, the ninth digit. A subscriber number that starts with 2–5 is a landline and has no twin.
  { long: /^(55[1-9][1-9])9([6-9]\d{7})$/, short: /^(55[1-9][1-9])([6-9]\d{7})$/, digit: "9" },
  // Mexico: the 1 that mobiles had after the country code until 2019, and that WhatsApp ids keep.
  { long: /^(52)1([2-9]\d{9})$/, short: /^(52)([2-9]\d{9})$/, digit: "1" },
  // Argentina: the 9 of mobiles called from abroad.
  { long: /^(54)9([1-8]\d{9})$/, short: /^(54)([1-8]\d{9})$/, digit: "9" },
];

/** `digits` first, then its twin where there is one. Anything that is no such number comes back alone. */
export function phoneVariants(digits: string): readonly string[] {
  for (const { long, short, digit } of rules) {
    if (long.test(digits)) return [digits, digits.replace(long, "$1$2")];
    if (short.test(digits)) return [digits, digits.replace(short, `$1${digit}$2`)];
  }
  return [digits];
}
