import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Channel } from "../../../contract/entities.ts";
import type { ChannelId } from "../../../contract/ids.ts";
import type { Api } from "../../api.ts";
import { FormError } from "../../kit/FormError.tsx";
import { type CloudDraft, settingsOf } from "./cloud-settings.ts";
import { CloudFields } from "./CloudFields.tsx";
import { Rich } from "./Rich.tsx";
import { useCloudForm } from "./use-cloud-form.ts";
import { keepVerifyToken, newVerifyToken } from "./verify-token.ts";

interface NewChannelFormProps {
  readonly api: Api;
  readonly onCreated: (id: ChannelId) => void;
  /** Beside the button that sends. */
  readonly aside?: ReactNode;
}

/** Connects a WhatsApp number, from nothing but what Meta's pages show. */
export function NewChannelForm({ api, onCreated, aside }: NewChannelFormProps) {
  const { t } = useTranslation("channels");
  const [initial] = useState<CloudDraft>(() => ({
    name: t("form.nameDefault"),
    phoneNumberId: "",
    wabaId: "",
    accessToken: "",
    appSecret: "",
    verifyToken: newVerifyToken(),
    apiVersion: "",
  }));
  const form = useCloudForm({
    initial,
    kept: false,
    send: async (draft) => {
      const body = { kind: "whatsapp_cloud", name: draft.name.trim(), settings: settingsOf(draft) };
      const { id } = await api.post<Channel>("/channels", body);
      keepVerifyToken(id, draft.verifyToken.trim());
      onCreated(id);
    },
  });
  return (
    <form
      className="form form-wide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit(event.currentTarget);
      }}
    >
      <Prepare />
      <CloudFields draft={form.draft} onChange={form.change} problems={form.problems} kept={false} />
      <FormError text={form.submission.error} />
      <footer className="form-foot">
        {aside}
        <Button type="submit" size="md" loading={form.submission.busy}>
          {t("form.submit")}
        </Button>
      </footer>
    </form>
  );
}

/** For who has never seen Meta's console. */
function Prepare() {
  const { t } = useTranslation("channels");
  return (
    <details className="more more-box">
      <summary>{t("form.newHere")}</summary>
      <ol className="steps">
        {(["app", "number", "token"] as const).map((step) => (
          <li key={step}>
            <div>
              <Rich text={`form.prepare.${step}`} />
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}
