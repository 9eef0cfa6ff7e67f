import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Contact } from "../../contract/entities.ts";
import { useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { listTime, phoneText } from "../kit/format.ts";
import { ContactActions } from "./ContactActions.tsx";
import { Merges } from "./Merges.tsx";
import { Timeline } from "./Timeline.tsx";

interface ContactCardProps {
  readonly contact: Contact;
  readonly onSaved: (contact: Contact) => void;
  /** Contacts came or went. */
  readonly onChanged: () => void;
}

/** One person in the list of contacts; opens to what can be done, and the conversations. */
export function ContactCard({ contact, onSaved, onChanged }: ContactCardProps) {
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
          <ContactActions contact={contact} onSaved={onSaved} onChanged={onChanged} />
          <OwnFields custom={contact.custom} />
          <Merges contactId={contact.id} onChanged={onChanged} />
          <Timeline contactId={contact.id} currentId={null} />
        </div>
      )}
    </li>
  );
}

function OwnFields({ custom }: { readonly custom: Contact["custom"] }) {
  const fields = Object.entries(custom);
  if (fields.length === 0) return null;
  return (
    <dl className="panel-facts">
      {fields.map(([name, value]) => (
        <div key={name} className="panel-fact">
          <dt>{name}</dt>
          <dd className="wrap">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
