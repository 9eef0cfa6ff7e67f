import { Button } from "@mantine/core";
import { IconArrowsJoin2, IconMessagePlus, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Contact } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { starting } from "../start/starting.ts";
import { EditContactDialog } from "./EditContactDialog.tsx";
import { MergeDialog } from "./MergeDialog.tsx";

interface ContactActionsProps {
  readonly contact: Contact;
  readonly onSaved: (contact: Contact) => void;
  /** Contacts came or went. */
  readonly onChanged: () => void;
}

/** What can be done with one contact. */
export function ContactActions({ contact, onSaved, onChanged }: ContactActionsProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [open, setOpen] = useState<"none" | "edit" | "merge">("none");
  if (!desk.may("attend")) return null;
  const close = () => setOpen("none");
  return (
    <div className="person-actions">
      <Button
        variant="default"
        leftSection={<IconMessagePlus size={18} aria-hidden="true" />}
        onClick={() => starting.set({ contact })}
      >
        {t("start.submit")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPencil size={18} aria-hidden="true" />}
        onClick={() => setOpen("edit")}
      >
        {t("contacts.edit")}
      </Button>
      {desk.may("manage_contacts") && (
        <Button
          variant="default"
          leftSection={<IconArrowsJoin2 size={18} aria-hidden="true" />}
          onClick={() => setOpen("merge")}
        >
          {t("contacts.mergeOpen")}
        </Button>
      )}
      {open === "edit" && <EditContactDialog contact={contact} onSaved={onSaved} onClose={close} />}
      {open === "merge" && <MergeDialog contact={contact} onChanged={onChanged} onClose={close} />}
    </div>
  );
}
