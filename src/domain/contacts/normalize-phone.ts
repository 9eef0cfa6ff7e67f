import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

import type { Locale } from "../../contract/entities.ts";

/** Where a number without a country code is from, by the language of who types it. */
const countries: Readonly<Partial<Record<Locale, CountryCode>>> = { "pt-BR": "BR", en: "US", es: "MX" };

/**
 * A phone number in any way that people write it, as E.164 (`+5511987654321`); null for what can't be one. Without a
 * country code it is one of `locale`'s country; with one the plus sign may be missing.
 */
export function normalizePhone(text: string, locale: Locale = "pt-BR"): string | null {
  // A number that has been copied from elsewhere is short: nothing longer is worth the parser's time.
  if (text.length > 40) return null;
  const country = countries[locale];
  const local = parsePhoneNumberFromString(text, country === undefined ? {} : { defaultCountry: country });
  if (local?.isValid()) return local.number;
  const digits = text.replaceAll(/\D/g, "");
  const international = parsePhoneNumberFromString(`+${digits}`);
  if (international?.isPossible() && digits.length >= 11) return international.number;
  return local?.isPossible() ? local.number : null;
}
