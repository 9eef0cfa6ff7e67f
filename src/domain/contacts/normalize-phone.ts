import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";

/**
 * A phone number as a person writes it ("(11) 98765-4321", "+44 20 7946 0958") as E.164, or null where it is none.
 * One without a country code is of `country`.
 */
export function normalizePhone(text: string, country: CountryCode = "BR"): string | null {
  const parsed = parsePhoneNumberFromString(text, country);
  return parsed?.isPossible() ? parsed.number : null;
}
