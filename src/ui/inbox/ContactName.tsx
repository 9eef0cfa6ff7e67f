import { IconPencil } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Contact } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { toastError } from "../kit/toasts.ts";

/** The customer's name; pressing it lets one write a better one. */
export function ContactName({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation();
  const { api } = useDesk();
  const [name, setName] = useState<string | null>(null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const next = name?.trim() ?? "";
    setName(null);
    if (next !== "" && next !== contact.name) {
      api.patch(`/contacts/${contact.id}`, { name: next }).catch(toastError);
    }
  };
  if (name === null) {
    return (
      <button type="button" className="panel-name" onClick={() => setName(contact.name)}>
        <h2>{contact.name}</h2>
        <IconPencil size={15} aria-label={t("contact.edit")} />
      </button>
    );
  }
  return (
    <form onSubmit={save}>
      <input
        className="panel-name-input"
        aria-label={t("contact.name")}
        // Somebody has just pressed the name to write here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === "Escape" && setName(null)}
      />
    </form>
  );
}
