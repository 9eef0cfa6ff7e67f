import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Contact } from "../../contract/entities.ts";
import type { LabelId } from "../../contract/ids.ts";
import { useDesk, useStore } from "../hooks.ts";
import { FormDialog } from "../settings/parts/Dialog.tsx";
import { useSubmit } from "../settings/parts/use-submit.ts";
import { customOf, rowsOf } from "./custom-fields.ts";
import { CustomFields } from "./CustomFields.tsx";

interface EditContactDialogProps {
  readonly contact: Contact;
  readonly onSaved: (contact: Contact) => void;
  readonly onClose: () => void;
}

/** Who somebody is: name, ways to reach, labels, and what else the shop wants to know. */
export function EditContactDialog({ contact, onSaved, onClose }: EditContactDialogProps) {
  const { t } = useTranslation();
  const { api } = useDesk();
  const submission = useSubmit();
  const [name, setName] = useState(contact.name);
  const [email, setEmail] = useState(contact.email ?? "");
  const [labels, setLabels] = useState(contact.labels);
  const [rows, setRows] = useState(() => rowsOf(contact.custom));
  const save = async () => {
    const change = { name: name.trim(), email: email.trim() || null, labels, custom: customOf(rows) };
    onSaved(await api.patch<Contact>(`/contacts/${contact.id}`, change));
    onClose();
  };
  return (
    <FormDialog
      title={t("contacts.editTitle")}
      submit={t("app.save")}
      submission={submission}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={t("contact.name")}
        required
        maxLength={200}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("contact.email")}
        type="email"
        maxLength={254}
        value={email}
        error={submission.refused.includes("email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Labels chosen={labels} onChosen={setLabels} />
      <CustomFields rows={rows} onRows={setRows} />
    </FormDialog>
  );
}

interface LabelsProps {
  readonly chosen: readonly LabelId[];
  readonly onChosen: (labels: readonly LabelId[]) => void;
}

function Labels({ chosen, onChosen }: LabelsProps) {
  const { t } = useTranslation();
  const labels = useStore((state) => state.labels);
  if (labels.size === 0) return null;
  return (
    <fieldset className="label-choices">
      <legend>{t("contact.labels")}</legend>
      {[...labels.values()].map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={({ currentTarget }) =>
            onChosen(currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
          }
        />
      ))}
    </fieldset>
  );
}
