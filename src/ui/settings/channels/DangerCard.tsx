import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";

import type { Channel } from "../../../contract/entities.ts";
import { useDesk } from "../../hooks.ts";
import { toast } from "../../kit/toasts.ts";
import { Card } from "../parts/Card.tsx";
import { Confirm } from "../parts/Dialog.tsx";
import { useSubmit } from "../parts/use-submit.ts";

interface DangerCardProps {
  readonly channel: Channel;
  readonly onChange: () => Promise<void>;
}

/** Switches a channel off and on, or takes it away. */
export function DangerCard({ channel, onChange }: DangerCardProps) {
  const { t } = useTranslation("channels");
  const { api } = useDesk();
  const [, go] = useLocation();
  const [asking, setAsking] = useState<"disconnect" | "remove" | null>(null);
  const submission = useSubmit();
  const isOff = channel.status === "disconnected";
  const { name } = channel;
  const set = async (action: "connect" | "disconnect") => {
    await api.post(`/channels/${channel.id}/${action}`);
    setAsking(null);
    await onChange();
  };
  const remove = async () => {
    await api.delete(`/channels/${channel.id}`);
    toast({ tone: "ok", text: t("action.removed") });
    go("/channels", { replace: true });
  };
  return (
    <Card title={t("action.danger")}>
      <div className="form-line">
        <span className="muted">{t("action.pauseHint")}</span>
        <Button
          variant="default"
          loading={isOff && submission.busy}
          onClick={() => (isOff ? void submission.run(() => set("connect")) : setAsking("disconnect"))}
        >
          {t(isOff ? "action.connect" : "action.disconnect")}
        </Button>
      </div>
      <div className="form-line">
        <span className="muted">{t("action.removeHint")}</span>
        <Button variant="default" color="red" onClick={() => setAsking("remove")}>
          {t("action.remove")}
        </Button>
      </div>
      {asking === "disconnect" && (
        <Confirm
          title={t("action.disconnectTitle", { name })}
          text={t("action.disconnectText")}
          confirm={t("action.disconnect")}
          submission={submission}
          onConfirm={() => set("disconnect")}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "remove" && (
        <Confirm
          title={t("action.removeTitle", { name })}
          text={t("action.removeHint")}
          confirm={t("action.remove")}
          submission={submission}
          onConfirm={remove}
          onClose={() => setAsking(null)}
        />
      )}
    </Card>
  );
}
