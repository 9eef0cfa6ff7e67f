import { Button } from "@mantine/core";
import { IconLock, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDesk } from "../../hooks.ts";
import { FormError } from "../../kit/FormError.tsx";
import { toast } from "../../kit/toasts.ts";
import { Card } from "../parts/Card.tsx";
import { settingsOf } from "./cloud-settings.ts";
import { CloudFields } from "./CloudFields.tsx";
import type { ChannelHealth } from "./health.ts";
import { useCloudForm } from "./use-cloud-form.ts";
import { keepVerifyToken } from "./verify-token.ts";

interface DataCardProps {
  readonly health: ChannelHealth;
  readonly onSaved: () => Promise<void>;
}

/** The channel's data; its secrets can be replaced, never read. */
export function DataCard({ health, onSaved }: DataCardProps) {
  const { t } = useTranslation("channels");
  const [editing, setEditing] = useState(false);
  const saved = async () => {
    setEditing(false);
    toast({ tone: "info", text: t("form.saved") });
    await onSaved();
  };
  return (
    <Card
      title={t("data.title")}
      aside={
        !editing && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPencil size={16} />}
            onClick={() => setEditing(true)}
          >
            {t("data.edit")}
          </Button>
        )
      }
    >
      {editing ? (
        <DataForm health={health} onSaved={saved} onCancel={() => setEditing(false)} />
      ) : (
        <Facts health={health} />
      )}
    </Card>
  );
}

function Facts({ health: { settings } }: { readonly health: ChannelHealth }) {
  const { t } = useTranslation("channels");
  const facts = [
    [t("form.phoneNumberId"), settings.phone_number_id],
    [t("form.wabaId"), settings.waba_id],
    [t("form.apiVersion"), settings.api_version],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="tabular">{value ?? <span className="muted">{t("data.none")}</span>}</dd>
        </div>
      ))}
      <div>
        <dt>{t("data.secrets")}</dt>
        <dd className="muted facts-secret">
          <IconLock size={15} aria-hidden="true" />
          {t("data.hidden")}
        </dd>
      </div>
    </dl>
  );
}

interface DataFormProps {
  readonly health: ChannelHealth;
  readonly onSaved: () => Promise<void>;
  readonly onCancel: () => void;
}

function DataForm({ health: { channel, settings }, onSaved, onCancel }: DataFormProps) {
  const { t } = useTranslation(["channels", "translation"]);
  const { api } = useDesk();
  const form = useCloudForm({
    initial: {
      name: channel.name,
      phoneNumberId: settings.phone_number_id ?? "",
      wabaId: settings.waba_id ?? "",
      accessToken: "",
      appSecret: "",
      verifyToken: "",
      apiVersion: settings.api_version ?? "",
    },
    kept: true,
    send: async (draft) => {
      await api.patch(`/channels/${channel.id}`, { name: draft.name.trim(), settings: settingsOf(draft) });
      if (draft.verifyToken.trim() !== "") keepVerifyToken(channel.id, draft.verifyToken.trim());
      await onSaved();
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
      <CloudFields draft={form.draft} onChange={form.change} problems={form.problems} kept />
      <FormError text={form.submission.error} />
      <footer className="form-foot">
        <Button variant="default" onClick={onCancel}>
          {t("translation:app.cancel")}
        </Button>
        <Button type="submit" loading={form.submission.busy}>
          {t("form.save")}
        </Button>
      </footer>
    </form>
  );
}
