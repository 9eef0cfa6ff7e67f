import { useTranslation } from "react-i18next";

import { dateTime } from "../../kit/format.ts";
import { Card } from "../parts/Card.tsx";
import type { ChannelHealth } from "./health.ts";

/** What the team wrote and Meta has not taken yet. */
export function OutboxCard({ health }: { readonly health: ChannelHealth }) {
  const { t, i18n } = useTranslation("channels");
  const { waiting, oldest_at, last_error } = health.outbox;
  const idle = waiting === 0;
  const isStopped = health.paused_reason !== null || health.channel.status === "disconnected";
  return (
    <Card title={t("outbox.title")}>
      <div className="fact">
        <strong>{idle ? t("outbox.idle") : t("outbox.waiting", { count: waiting })}</strong>
        {idle && <p className="muted">{t("outbox.idleHint")}</p>}
        {oldest_at !== null && (
          <p className="muted">{t("outbox.oldest", { time: dateTime(oldest_at, i18n.language) })}</p>
        )}
        {last_error !== null && <p className="muted">{t("outbox.lastError", { error: last_error })}</p>}
        {isStopped && !idle && (
          <p className="muted">
            {t("outbox.paused")}. {t("outbox.pausedHint")}
          </p>
        )}
      </div>
    </Card>
  );
}
