import { Button, TextInput } from "@mantine/core";
import { IconExternalLink, IconKey, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ApiKeyId, Instant, UserId } from "../../contract/ids.ts";
import { useDesk, useStore } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { listTime, shortDate } from "../kit/format.ts";
import { toast } from "../kit/toasts.ts";
import { Checklist } from "./parts/Choices.tsx";
import { CopyField } from "./parts/CopyField.tsx";
import { Confirm, Dialog, FormDialog } from "./parts/Dialog.tsx";
import { Loading } from "./parts/Loading.tsx";
import { Page } from "./parts/Page.tsx";
import { useLoaded } from "./parts/use-loaded.ts";
import { useSubmit } from "./parts/use-submit.ts";

const scopes = ["api", "realtime", "metrics"] as const;

/** As `GET /api-keys` shows it. */
interface ApiKey {
  readonly id: ApiKeyId;
  readonly user_id: UserId;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly (typeof scopes)[number][];
  readonly created_at: Instant;
  readonly last_used_at: Instant | null;
}

/** Keys for other systems. */
export function ApiKeysPage() {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const [state, reload] = useLoaded(async () => (await api.get<readonly ApiKey[]>("/api-keys")).data);
  const [open, setOpen] = useState<ApiKey | "new" | null>(null);
  const close = () => {
    setOpen(null);
    void reload();
  };
  const add = (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setOpen("new")}>
      {t("keys.add")}
    </Button>
  );
  return (
    <Page
      title={t("keys.title")}
      description={
        <>
          {t("keys.description")}{" "}
          <a className="outside" href="/api/docs" target="_blank" rel="noreferrer">
            {t("keys.docs")}
            <IconExternalLink size={15} aria-hidden="true" />
          </a>
        </>
      }
      action={state.at === "there" && state.data.length > 0 && add}
    >
      <Loading state={state} reload={reload}>
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState
              title={t("keys.empty")}
              hint={t("keys.emptyHint")}
              icon={<IconKey size={32} stroke={1.5} />}
              action={add}
            />
          ) : (
            <ul className="rows">
              {keys.map((key) => (
                <li key={key.id}>
                  <Row apiKey={key} onRevoke={() => setOpen(key)} />
                </li>
              ))}
            </ul>
          )
        }
      </Loading>
      {open === "new" && <NewKeyDialog onClose={close} />}
      {open !== null && open !== "new" && <RevokeDialog apiKey={open} onClose={close} />}
    </Page>
  );
}

function Row({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  const { t, i18n } = useTranslation("settings");
  const maker = useStore((state) => state.users.get(apiKey.user_id));
  const used = apiKey.last_used_at;
  return (
    <div className="row">
      <span className="row-main">
        <span className="row-title ellipsis">
          {apiKey.name} <code>{apiKey.hint}…</code>
        </span>
        <span className="row-detail ellipsis">
          {t("keys.made", { date: shortDate(apiKey.created_at, i18n.language), name: maker?.name ?? "" })}
          {" · "}
          {used === null ? t("keys.unused") : t("keys.used", { time: listTime(used, i18n.language) })}
        </span>
      </span>
      <span className="row-tags">
        {apiKey.scopes.map((scope) => (
          <span key={scope} className="chip">
            {t(`keys.scope.${scope}`)}
          </span>
        ))}
      </span>
      <Button
        variant="default"
        color="red"
        size="xs"
        aria-label={`${t("keys.revoke")}: ${apiKey.name}`}
        onClick={onRevoke}
      >
        {t("keys.revoke")}
      </Button>
    </div>
  );
}

function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(["api"]));
  const [key, setKey] = useState<string | null>(null);
  const submission = useSubmit();
  const make = async () => {
    const wanted = scopes.filter((scope) => chosen.has(scope));
    if (wanted.length === 0) throw new Error(t("keys.scopeNone"));
    const made = await api.post<ApiKey & { readonly key: string }>("/api-keys", {
      name: name.trim(),
      scopes: wanted,
    });
    setKey(made.key);
  };
  if (key !== null) {
    return (
      <Dialog title={t("keys.madeTitle")} onClose={onClose}>
        <div className="form">
          <p>{t("keys.madeText")}</p>
          <CopyField label={t("keys.key")} value={key} />
          <footer className="dialog-foot">
            <span className="dialog-space" />
            <Button onClick={onClose}>{t("users.done")}</Button>
          </footer>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t("keys.add")}
      submit={t("create")}
      submission={submission}
      onSubmit={make}
      onClose={onClose}
    >
      <TextInput
        label={t("keys.name")}
        description={t("keys.nameHint")}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checklist
        legend={t("keys.scopes")}
        empty=""
        items={scopes.map((id) => ({
          id,
          content: (
            <span>
              <span className="choice-label">{t(`keys.scope.${id}`)}</span>
              <span className="choice-hint">{t(`keys.scopeHint.${id}`)}</span>
            </span>
          ),
        }))}
        chosen={chosen}
        onChange={setChosen}
      />
    </FormDialog>
  );
}

interface RevokeDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

function RevokeDialog({ apiKey: { id, name }, onClose }: RevokeDialogProps) {
  const { t } = useTranslation("settings");
  const { api } = useDesk();
  const submission = useSubmit();
  const revoke = async () => {
    await api.delete(`/api-keys/${id}`);
    toast({ tone: "ok", text: t("keys.revoked") });
    onClose();
  };
  return (
    <Confirm
      title={t("keys.revokeTitle", { name })}
      text={t("keys.revokeText")}
      confirm={t("keys.revoke")}
      submission={submission}
      onConfirm={revoke}
      onClose={onClose}
    />
  );
}
