import {
  IconActivity,
  IconBrandWhatsapp,
  IconBuildingStore,
  IconChevronRight,
  IconKey,
  IconStack2,
  IconTag,
  IconUserCircle,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";

import { useDesk } from "../hooks.ts";

interface Section {
  readonly path: string;
  readonly name: "profile" | "company" | "channels" | "users" | "queues" | "labels" | "keys" | "monitor";
  readonly Icon: TablerIcon;
  /** Whoever lacks it does not see the section; null: everybody does. */
  readonly permission: string | null;
}

const groups: readonly {
  readonly name: "account" | "shop" | "advanced";
  readonly sections: readonly Section[];
}[] = [
  {
    name: "account",
    sections: [{ path: "/profile", name: "profile", Icon: IconUserCircle, permission: null }],
  },
  {
    name: "shop",
    sections: [
      { path: "/company", name: "company", Icon: IconBuildingStore, permission: "manage_settings" },
      { path: "/channels", name: "channels", Icon: IconBrandWhatsapp, permission: "manage_channels" },
      { path: "/users", name: "users", Icon: IconUsers, permission: "manage_users" },
      { path: "/queues", name: "queues", Icon: IconStack2, permission: "manage_queues" },
      { path: "/labels", name: "labels", Icon: IconTag, permission: "manage_labels" },
    ],
  },
  {
    name: "advanced",
    sections: [
      { path: "/api-keys", name: "keys", Icon: IconKey, permission: "manage_api_keys" },
      { path: "/monitor", name: "monitor", Icon: IconActivity, permission: "view_connections" },
    ],
  },
];

/** The sections that the user may open. `asTitle`: it is the whole screen of a phone, so its name is the page's. */
export function SettingsNav({ asTitle }: { readonly asTitle: boolean }) {
  const { t } = useTranslation("settings");
  const desk = useDesk();
  const Title = asTitle ? "h1" : "p";
  return (
    <nav className="settings-nav" aria-label={t("nav.label")}>
      <Title className="settings-title">{t("title")}</Title>
      {groups.map(({ name, sections }) => {
        const open = sections.filter(({ permission }) => permission === null || desk.may(permission));
        if (open.length === 0) return null;
        return (
          <section key={name} aria-label={t(`nav.${name}`)}>
            <p className="settings-group">{t(`nav.${name}`)}</p>
            <ul>
              {open.map((section) => (
                <li key={section.path}>
                  <Item section={section} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

function Item({ section: { path, name, Icon } }: { readonly section: Section }) {
  const { t } = useTranslation("settings");
  const [here] = useLocation();
  const current = here === path || here.startsWith(`${path}/`);
  return (
    <Link href={path} className="settings-item" aria-current={current ? "page" : undefined}>
      <Icon size={20} stroke={1.7} aria-hidden="true" />
      {t(`nav.${name}`)}
      <IconChevronRight className="settings-chevron" size={18} aria-hidden="true" />
    </Link>
  );
}
