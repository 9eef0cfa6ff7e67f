import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Contact } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { toast } from "../kit/toasts.ts";
import { FormDialog } from "../settings/parts/Dialog.tsx";
import { useSubmit } from "../settings/parts/use-submit.ts";
import { ContactChoice } from "./ContactChoice.tsx";
import { undoMerge } from "./merges.ts";
import { useContactSearch } from "./use-contact-search.ts";

interface MergeDialogProps {
  /** Who stays. */
  readonly contact: Contact;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

interface Merged {
  readonly merge_id: string;
  readonly contact: Contact;
}

/** Makes two contacts one: the same person under two numbers. It can be taken back. */
export function MergeDialog({ contact, onChanged, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const { api } = useDesk();
  const submission = useSubmit();
  const [query, setQuery] = useState("");
  const [other, setOther] = useState<Contact | null>(null);
  const found = useContactSearch(query)?.filter(({ id }) => id !== contact.id);
  const merge = async () => {
    if (!other) return;
    const { merge_id: id } = await api.post<Merged>(`/contacts/${contact.id}/merge`, {
      contact_id: other.id,
    });
    const undo = () => void undoMerge(api, { contactId: contact.id, id }).then(onChanged);
    toast({
      tone: "ok",
      text: t("contacts.merged", { name: contact.name }),
      action: { label: t("action.undo"), run: undo },
    });
    onChanged();
    onClose();
  };
  return (
    <FormDialog
      title={t("contacts.mergeTitle", { name: contact.name })}
      submit={t("contacts.merge")}
      submission={submission}
      onSubmit={merge}
      onClose={onClose}
    >
      <TextInput
        label={t("contacts.mergeWith")}
        description={t("contacts.mergeHint", { name: contact.name })}
        value={query}
        autoComplete="off"
        data-autofocus
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setOther(null);
        }}
      />
      <fieldset className="targets targets-found">
        <legend>{t("contacts.mergeWith")}</legend>
        {found?.map((one) => (
          <ContactChoice key={one.id} contact={one} chosen={one.id === other?.id} onChoose={setOther} />
        ))}
        {found?.length === 0 && <p className="targets-none">{t("contacts.none")}</p>}
      </fieldset>
    </FormDialog>
  );
}
