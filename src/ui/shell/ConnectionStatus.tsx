import { IconAlertTriangle, IconCheck, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import type { Channel } from "../../contract/entities.ts";
import type { ConnectionState } from "../connection-types.ts";
import { useDesk, useObservable, useStore } from "../hooks.ts";
import { clock } from "../kit/format.ts";

/** How long "complete" stays on the screen after a recovery, in milliseconds. */
const COMPLETE_STAYS = 8_000;
/** A cut shorter than this is not worth a word. */
const PATIENCE = 700;

/** A line above the screens, only while there is something to say about the connection or a channel. */
export function ConnectionStatus() {
  const { t, i18n } = useTranslation();
  const state = useObservable(useDesk().connection);
  const shown = useSettled(state);
  return (
    <>
      <div role="status" className="connection" data-state={shown.at} data-shown={isWorthIt(shown)}>
        {isWorthIt(shown) && (
          <>
            <StatusIcon state={shown} />
            <span>{words()}</span>
          </>
        )}
      </div>
      <ChannelsDown />
    </>
  );

  function words(): string {
    switch (shown.at) {
      case "connecting":
        return t("connection.connecting");
      case "reconnecting":
        return t(navigator.onLine ? "connection.reconnecting" : "connection.offline");
      case "polling":
        return t("connection.polling");
      case "connected":
      case "closed": {
        const recovered = shown.at === "connected" ? shown.recovered : null;
        if (!recovered) return t("connection.connected");
        const time = clock(recovered.completeAt, i18n.language);
        return recovered.messages > 0
          ? t("connection.complete_recovered", { time, count: recovered.messages })
          : t("connection.complete", { time });
      }
    }
  }
}

function StatusIcon({ state }: { readonly state: ConnectionState }) {
  if (state.at === "connected") return <IconCheck size={16} aria-hidden="true" />;
  if (state.at === "polling") return <IconPlugConnectedX size={16} aria-hidden="true" />;
  return <IconRefresh size={16} aria-hidden="true" className="turning" />;
}

function isWorthIt(state: ConnectionState): boolean {
  if (state.at === "connected") return state.recovered !== null;
  return state.at === "reconnecting" || state.at === "polling";
}

/** The state without its flicker: short cuts are skipped, a recovery is forgotten after a while. */
function useSettled(state: ConnectionState): ConnectionState {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    const delay = state.at === "reconnecting" && shown.at !== "reconnecting" ? PATIENCE : 0;
    const timer = setTimeout(() => setShown(state), delay);
    return () => clearTimeout(timer);
  }, [state, shown.at]);
  useEffect(() => {
    if (shown.at !== "connected" || !shown.recovered) return undefined;
    const timer = setTimeout(() => setShown({ at: "connected", recovered: null }), COMPLETE_STAYS);
    return () => clearTimeout(timer);
  }, [shown]);
  return shown;
}

function ChannelsDown() {
  const { t } = useTranslation();
  const desk = useDesk();
  const channels = useStore((state) => state.channels);
  const down = [...channels.values()].filter(isDown);
  return down.map((channel) => (
    <div key={channel.id} className="connection" data-state="channel" data-shown="true" role="status">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <span>{t("connection.channelDown", { name: channel.name })}</span>
      {desk.may("manage_channels") && (
        <Link href={`/settings/channels/${channel.id}`}>{t("connection.channelSee")}</Link>
      )}
    </div>
  ));
}

function isDown(channel: Channel): boolean {
  return channel.status === "error" || channel.status === "degraded";
}
