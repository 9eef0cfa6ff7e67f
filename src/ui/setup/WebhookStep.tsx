import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ChannelId } from "../../contract/ids.ts";
import type { Api } from "../api.ts";
import { useHealth } from "../settings/channels/health.ts";
import { Progress } from "../settings/channels/Progress.tsx";
import { WebhookGuide } from "../settings/channels/WebhookGuide.tsx";
import { Loading } from "../settings/parts/Loading.tsx";
import { SheetHead } from "./Sheet.tsx";

interface WebhookStepProps {
  readonly api: Api;
  readonly id: ChannelId;
  readonly onDone: () => void;
}

/** Watches Meta find the shop; nobody has to wait for it. */
export function WebhookStep({ api, id, onDone }: WebhookStepProps) {
  const { t } = useTranslation("settings");
  const [state, reload] = useHealth(api, id);
  return (
    <div className="setup-sheet">
      <SheetHead title={t("setup.webhookTitle")} hint={t("setup.webhookHint")} />
      <Loading state={state} reload={reload}>
        {(health) => (
          <>
            {health.webhook_url !== null && <WebhookGuide api={api} id={id} address={health.webhook_url} />}
            <div className="setup-progress">
              <Progress health={health} />
            </div>
            <footer className="form-foot">
              <Button
                size="md"
                variant={health.last_inbound_at === null ? "default" : "filled"}
                onClick={onDone}
              >
                {t("setup.finish")}
              </Button>
            </footer>
          </>
        )}
      </Loading>
    </div>
  );
}
