import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Contact } from "../../contract/entities.ts";
import { useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { listTime, phoneText } from "../kit/format.ts";
import { Timeline } from "./Timeline.tsx";

/** One person in the list of contacts; opens to his conversations. */
export function ContactCard({ contact }: { readonly contact: Contact }) {
  const { i18n } = useTranslation();
  const labels = useStore((state) => state.labels);
  const [open, setOpen] = useState(false);
  return (
    <li className="person" data-open={open}>
      <button type="button" className="person-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Avatar name={contact.name} id={contact.id} url={contact.avatar_url} size={40} />
        <span className="person-name">
          <strong className="ellipsis">{contact.name}</strong>
          <span className="muted tabular ellipsis">
            {contact.phone ? phoneText(contact.phone) : (contact.email ?? "")}
          </span>
        </span>
        <span className="person-labels">
          {contact.labels.map((id) => {
            const label = labels.get(id);
            return (
              label && (
                <span key={id} className="fact-label" style={{ "--dot": label.color }}>
                  {label.name}
                </span>
              )
            );
          })}
        </span>
        {contact.last_contact_at && (
          <time className="row-time" dateTime={contact.last_contact_at}>
            {listTime(contact.last_contact_at, i18n.language)}
          </time>
        )}
        <IconChevronDown size={18} className="person-open" aria-hidden="true" />
      </button>
      {open && (
        <div className="person-body">
          <Timeline contactId={contact.id} currentId={null} />
        </div>
      )}
    </li>
  );
}
