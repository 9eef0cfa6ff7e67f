/** The digits of a phone number written in any form. */
export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, "");
}

/**
 * The wa_id of a Brazilian mobile registered before its area got the ninth digit: `55` + area code + 8 digits.
 * Other numbers, landlines included, stay as they are. Give it as `waIdOf` to see what such a customer does.
 */
export function withoutNinthDigit(digits: string): string {
  const mobile = /^55([1-9][0-9])9([6-9][0-9]{7})$/.exec(digits);
  return mobile === null ? digits : `55${mobile[1] ?? ""}${mobile[2] ?? ""}`;
}
