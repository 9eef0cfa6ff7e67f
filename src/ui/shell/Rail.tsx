import { Tooltip } from "@mantine/core";
import {
  IconAddressBook,
  IconCommand,
  IconMessages,
  IconSettings,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";

import { useDesk, useObservable } from "../hooks.ts";
import { AccountMenu } from "./AccountMenu.tsx";
import { overlay } from "./overlay.ts";

/** Where one can go: a rail at the left, a bar at the foot of a phone. */
export function Rail() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const unread = useObservable(useDesk().counts)?.unread ?? 0;
  const atInbox = path === "/" || path.startsWith("/conversations");
  return (
    <nav className="rail" aria-label={t("nav.main")}>
      <img className="rail-mark" src="/favicon.svg" alt="balcão" width={32} height={32} />
      <Place to="/" label={t("nav.inbox")} Icon={IconMessages} current={atInbox} badge={unread} />
      <Place
        to="/contacts"
        label={t("nav.contacts")}
        Icon={IconAddressBook}
        current={path.startsWith("/contacts")}
      />
      <Place
        to="/settings"
        label={t("nav.settings")}
        Icon={IconSettings}
        current={path.startsWith("/settings")}
      />
      <span className="rail-space" />
      <Tooltip label={`${t("nav.palette")} (Ctrl K)`} position="right">
        <button
          type="button"
          className="rail-item rail-palette"
          aria-label={t("nav.palette")}
          onClick={() => overlay.set("palette")}
        >
          <IconCommand size={22} stroke={1.7} aria-hidden="true" />
        </button>
      </Tooltip>
      <AccountMenu />
    </nav>
  );
}

interface PlaceProps {
  readonly to: string;
  readonly label: string;
  readonly Icon: TablerIcon;
  readonly current: boolean;
  readonly badge?: number;
}

function Place({ to, label, Icon, current, badge = 0 }: PlaceProps) {
  return (
    <Tooltip label={label} position="right">
      <Link href={to} className="rail-item" aria-current={current ? "page" : undefined}>
        <Icon size={22} stroke={1.7} aria-hidden="true" />
        <span className="rail-label">{label}</span>
        {badge > 0 && <span className="rail-badge">{badge > 99 ? "99+" : badge}</span>}
      </Link>
    </Tooltip>
  );
}
