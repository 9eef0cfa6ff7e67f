import { Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { locales } from "../../contract/entities.ts";
import { languageNames, speak } from "../i18n/setup.ts";
import { Wordmark } from "../kit/Wordmark.tsx";

/** The frame of every screen before the desk: a wall of tiles and a sheet of paper. */
export function Door({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="door" data-wide={wide}>
      <aside className="door-wall tiles" aria-hidden="true">
        <p>{t("auth.caption")}</p>
      </aside>
      <div className="door-side">
        <header className="door-head">
          <Wordmark height={34} />
          <Languages />
        </header>
        <main className="door-main">{children}</main>
      </div>
    </div>
  );
}

function Languages() {
  const { t, i18n } = useTranslation();
  const current = locales.find((locale) => locale === i18n.language) ?? "pt-BR";
  return (
    <Menu>
      <Menu.Target>
        <button
          type="button"
          className="door-language"
          aria-label={`${t("app.language")}: ${languageNames[current]}`}
        >
          <IconLanguage size={18} aria-hidden="true" />
          {languageNames[current]}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {locales.map((locale) => (
          <Menu.Item key={locale} lang={locale} onClick={() => void speak(locale)}>
            {languageNames[locale]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
