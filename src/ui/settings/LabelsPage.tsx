import { Button, TextInput } from "@mantine/core";
import { IconPlus, IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Label } from "../../contract/entities.ts";
import { useDesk, useStore } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { toast } from "../kit/toasts.ts";
import { colors, Swatches } from "./parts/Choices.tsx";
import { Confirm, FormDialog } from "./parts/Dialog.tsx";
import { Page } from "./parts/Page.tsx";
import { useColorNames } from "./parts/use-color-names.ts";
import { useSubmit } from "./parts/use-submit.ts";
import { QueueChip } from "./people/QueueChips.tsx";

/** The labels for conversations and contacts. */
export function LabelsPage() {
  const { t } = useTranslation("settings");
  const labels = useStore((state) => state.labels);
  const [open, setOpen] = useState<Label | "new" | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setOpen("new")}>
      {t("labels.add")}
    </Button>
  );
  return (
    <Page title={t("labels.title")} description={t("labels.description")} action={labels.size > 0 && add}>
      {labels.size === 0 ? (
        <EmptyState
          title={t("labels.empty")}
          hint={t("labels.emptyHint")}
          icon={<IconTag size={32} stroke={1.5} />}
          action={add}
        />
      ) : (
        <ul className="rows">
          {[...labels.values()]
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map((label) => (
              <li key={label.id}>
                <button type="button" className="row" onClick={() => setOpen(label)}>
                  <span className="row-color" style={{ "--dot": label.color }} aria-hidden="true" />
                  <span className="row-main row-title ellipsis">{label.name}</span>
                </button>
              </li>
            ))}
        </ul>
      )}
      {open && <LabelDialog label={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

interface LabelDialogProps {
  readonly label: Label | null;
  readonly onClose: () => void;
}

function LabelDialog({ label, onClose }: LabelDialogProps) {
  const { t } = useTranslation(["settings", "translation"]);
  const { api } = useDesk();
  const [name, setName] = useState(label?.name ?? "");
  const [color, setColor] = useState<string>(label?.color ?? colors[0]);
  const [removing, setRemoving] = useState(false);
  const submission = useSubmit();
  const colorNames = useColorNames();
  const save = async () => {
    const body = { name: name.trim(), color };
    await (label ? api.patch(`/labels/${label.id}`, body) : api.post("/labels", body));
    toast({ tone: "ok", text: t("labels.saved") });
    onClose();
  };
  const remove = async () => {
    if (label) await api.delete(`/labels/${label.id}`);
    toast({ tone: "ok", text: t("labels.removed") });
    onClose();
  };
  if (label && removing) {
    return (
      <Confirm
        title={t("labels.removeTitle", { name: label.name })}
        text={t("labels.removeText")}
        confirm={t("remove")}
        submission={submission}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      />
    );
  }
  return (
    <FormDialog
      title={t(label ? "labels.editTitle" : "labels.add")}
      submit={t(label ? "translation:app.save" : "create")}
      submission={submission}
      onSubmit={save}
      onClose={onClose}
      aside={
        label && (
          <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
            {t("remove")}
          </Button>
        )
      }
    >
      <TextInput
        label={t("labels.name")}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Swatches legend={t("color")} names={colorNames} value={color} onChange={setColor} />
      <div className="form-line">
        <span className="muted">{t("labels.preview")}</span>
        <QueueChip name={name.trim() || t("labels.sample")} color={color} />
      </div>
    </FormDialog>
  );
}
