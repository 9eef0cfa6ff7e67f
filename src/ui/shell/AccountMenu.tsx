import { Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
  IconBellOff,
  IconCheck,
  IconKeyboard,
  IconLayoutList,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { presences } from "../../contract/entities.ts";
import { useDesk, useObservable, useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { go } from "./go.ts";
import { overlay } from "./overlay.ts";
import { prefer, preferences } from "./preferences.ts";

/** The signed-in user's own menu. */
export function AccountMenu() {
  const { t } = useTranslation();
  const desk = useDesk();
  const { user } = useObservable(desk.me);
  const presence = useStore((state) => state.users.get(user.id))?.presence ?? user.presence;
  const { at } = useObservable(desk.connection);
  const online = at === "connected" || at === "polling";
  const signOut = async () => {
    // The session ends here in any case: who leaves a shared computer must not depend on the network.
    await desk.api.post("/auth/logout").catch(() => undefined);
    desk.api.session.leave();
  };
  return (
    <Menu position="right-end" width={240}>
      <Menu.Target>
        <button type="button" className="rail-item rail-account" aria-label={t("nav.account")}>
          <Avatar name={user.name} id={user.id} url={user.avatar_url} size={34} presence={presence} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="account-head">
          <strong className="ellipsis">{user.name}</strong>
          <span className="ellipsis muted">
            {t(`role.${user.role}`)} · {online ? t("connection.connected") : t("connection.connecting")}
          </span>
        </div>
        {presences
          .filter((choice) => choice !== "offline")
          .map((choice) => (
            <Menu.Item
              key={choice}
              leftSection={<span className="presence-dot" data-presence={choice} />}
              rightSection={presence === choice && <IconCheck size={16} aria-hidden="true" />}
              onClick={() => desk.connection.presence(choice)}
            >
              {t(`presence.${choice}`)}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <LookItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCircle size={18} />} onClick={() => go("/settings/profile")}>
          {t("nav.profile")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={18} />} onClick={() => overlay.set("keys")}>
          {t("nav.keys")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void signOut()}>
          {t("nav.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LookItems() {
  const { t } = useTranslation();
  const { sound, density } = useObservable(preferences);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === "dark";
  const compact = density === "compact";
  return (
    <>
      <Menu.Item
        leftSection={dark ? <IconSun size={18} /> : <IconMoon size={18} />}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
      >
        {t(dark ? "nav.light" : "nav.dark")}
      </Menu.Item>
      <Menu.Item
        leftSection={sound ? <IconBellOff size={18} /> : <IconBell size={18} />}
        onClick={() => prefer({ sound: !sound })}
      >
        {t(sound ? "nav.soundOff" : "nav.soundOn")}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLayoutList size={18} />}
        onClick={() => prefer({ density: compact ? "comfortable" : "compact" })}
      >
        {t(compact ? "nav.comfortable" : "nav.compact")}
      </Menu.Item>
    </>
  );
}
