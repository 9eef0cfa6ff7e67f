import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { listTime, phoneText } from "../../kit/format.ts";
import type { ChannelHealth } from "./health.ts";

type State = "done" | "now" | "todo" | "failed";

/** How far the connection with Meta has come; told to screen readers as it goes on. */
export function Progress({ health }: { readonly health: ChannelHealth }) {
  const { t, i18n } = useTranslation("channels");
  const { verified_at, last_inbound_at } = health;
  // Events prove that the address is right, whoever confirmed it and when.
  const verified = verified_at !== null || last_inbound_at !== null;
  const receiving = last_inbound_at !== null;
  return (
    <ol className="progress" aria-live="polite">
      <TokenStep health={health} />
      <Step
        state={verified ? "done" : "now"}
        title={t(verified ? "progress.verified" : "progress.verifiedWaiting")}
      >
        {verified_at === null
          ? !verified && t("progress.verifiedHint")
          : t("progress.verifiedDone", { time: listTime(verified_at, i18n.language) })}
      </Step>
      <Step
        state={receiving ? "done" : verified ? "now" : "todo"}
        title={t(receiving || !verified ? "progress.events" : "progress.eventsWaiting")}
      >
        {receiving
          ? t("progress.eventsDone", { time: listTime(last_inbound_at, i18n.language) })
          : verified && t("progress.eventsHint")}
      </Step>
    </ol>
  );
}

function TokenStep({ health: { channel } }: { readonly health: ChannelHealth }) {
  const { t } = useTranslation("channels");
  const { status, phone } = channel;
  switch (status) {
    case "connecting":
    case "qr":
      return <Step state="now" title={t("progress.tokenWaiting")} />;
    case "error":
      return (
        <Step state="failed" title={t("progress.tokenFailed")}>
          {t("progress.tokenFailedHint")}
        </Step>
      );
    case "disconnected":
      return <Step state="todo" title={t("progress.tokenOff")} />;
    case "connected":
    case "degraded":
      return (
        <Step state="done" title={t("progress.token")}>
          {phone === null
            ? t("progress.tokenDoneUnknown")
            : t("progress.tokenDone", { phone: phoneText(phone) })}
        </Step>
      );
  }
}

interface StepProps {
  readonly state: State;
  readonly title: string;
  readonly children?: ReactNode;
}

function Step({ state, title, children }: StepProps) {
  const { t } = useTranslation("channels");
  return (
    <li className="progress-step" data-state={state}>
      <span className="progress-mark" role="img" aria-label={t(`progress.${state}`)}>
        {state === "done" && <IconCheck size={16} stroke={2.6} />}
        {state === "failed" && <IconAlertTriangle size={16} />}
      </span>
      <div>
        <strong>{title}</strong>
        {children && <p className="muted">{children}</p>}
      </div>
    </li>
  );
}
