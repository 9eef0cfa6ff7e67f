import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";

import { useDesk } from "../../hooks.ts";
import { Page } from "../parts/Page.tsx";
import { NewChannelForm } from "./NewChannelForm.tsx";

/** Connects a number; the channel's own page then leads on. */
export function NewChannelPage() {
  const { t } = useTranslation("channels");
  const { api } = useDesk();
  const [, go] = useLocation();
  return (
    <Page title={t("form.title")} description={t("form.description")} back="/channels">
      <div className="card">
        <NewChannelForm api={api} onCreated={(id) => go(`/channels/${id}`, { replace: true })} />
      </div>
    </Page>
  );
}
