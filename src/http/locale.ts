import { type Locale, locales } from "../contract/entities.ts";

/** The best of our languages for an `Accept-Language` header (RFC 9110, 12.5.4); Portuguese where it names none. */
export function localeFrom(header: string | undefined): Locale {
  const wanted = (header ?? "")
    .slice(0, 256)
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/);
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const [language] = tag.split("-");
    const locale = locales.find((ours) => ours.toLowerCase().split("-")[0] === language);
    if (locale) return locale;
  }
  return "pt-BR";
}
