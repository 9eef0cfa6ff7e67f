import { type Locale, locales } from "../../contract/entities.ts";
import { i18n } from "../i18n/setup.ts";
import { guessedTimezone } from "../settings/parts/TimezoneField.tsx";

/** What the wizard asks before there is anybody to ask for. */
export interface SetupDraft {
  readonly company: string;
  readonly locale: Locale;
  /** IANA name. */
  readonly timezone: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface DraftProps {
  readonly draft: SetupDraft;
  readonly onChange: (part: Partial<SetupDraft>) => void;
}

/** The page's language and the browser's time zone are most likely the company's. */
export function emptyDraft(): SetupDraft {
  return {
    company: "",
    locale: locales.find((locale) => locale === i18n.language) ?? "pt-BR",
    timezone: guessedTimezone(),
    name: "",
    email: "",
    password: "",
  };
}
