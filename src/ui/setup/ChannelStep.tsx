import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ChannelId } from "../../contract/ids.ts";
import type { Api } from "../api.ts";
import { NewChannelForm } from "../settings/channels/NewChannelForm.tsx";
import { SheetHead } from "./Sheet.tsx";

interface ChannelStepProps {
  readonly api: Api;
  readonly onCreated: (id: ChannelId) => void;
  readonly onLater: () => void;
}

/** The WhatsApp number; may be left for later. */
export function ChannelStep({ api, onCreated, onLater }: ChannelStepProps) {
  const { t } = useTranslation("settings");
  return (
    <div className="setup-sheet">
      <SheetHead title={t("setup.whatsappTitle")} hint={t("setup.whatsappHint")} />
      <NewChannelForm
        api={api}
        onCreated={onCreated}
        aside={
          <Button variant="default" size="md" onClick={onLater}>
            {t("setup.later")}
          </Button>
        }
      />
    </div>
  );
}
