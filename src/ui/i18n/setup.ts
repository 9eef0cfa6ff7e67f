import { createInstance } from "i18next";
import { initReactI18next } from "react-i18next";

import { type Locale, locales } from "../../contract/entities.ts";
import { ptBr } from "./pt-br.ts";

const kept = "balcao:locale";

export const languageNames: Readonly<Record<Locale, string>> = {
  "pt-BR": "Português",
  en: "English",
  es: "Español",
};

/** Texts of the screens that are loaded when they are asked for bring their own namespace. */
export const i18n = createInstance();

/** The language chosen here before, else the first of the browser's that we speak, else Portuguese. */
export function firstLocale(): Locale {
  const chosen = localStorage.getItem(kept);
  const wanted = [chosen, ...navigator.languages].map((tag) => tag?.toLowerCase().slice(0, 2));
  for (const tag of wanted) {
    const found = locales.find((locale) => locale.toLowerCase().slice(0, 2) === tag);
    if (found) return found;
  }
  return "pt-BR";
}

/** Prepares the texts; Portuguese comes with the page, the others are loaded by themselves. */
export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: "pt-BR",
    fallbackLng: "pt-BR",
    resources: { "pt-BR": { translation: ptBr } },
    // React escapes what it shows; doing it here too would show the escapes.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await speak(firstLocale());
}

/** Changes the language of the page and keeps the choice in this browser. */
export async function speak(locale: Locale): Promise<void> {
  if (locale === "en" && !i18n.hasResourceBundle("en", "translation")) {
    i18n.addResourceBundle("en", "translation", (await import("./en.ts")).en);
  }
  if (locale === "es" && !i18n.hasResourceBundle("es", "translation")) {
    i18n.addResourceBundle("es", "translation", (await import("./es.ts")).es);
  }
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
  localStorage.setItem(kept, locale);
}
