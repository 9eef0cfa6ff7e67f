import type { Contact } from "../../contract/entities.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { phoneText } from "../kit/format.ts";

interface ContactChoiceProps {
  readonly contact: Contact;
  readonly chosen: boolean;
  readonly onChoose: (contact: Contact) => void;
}

/** One person among those to choose from. */
export function ContactChoice({ contact, chosen, onChoose }: ContactChoiceProps) {
  return (
    <label className="target">
      <input type="radio" name="contact" checked={chosen} onChange={() => onChoose(contact)} />
      <Avatar name={contact.name} id={contact.id} url={contact.avatar_url} size={30} />
      <span className="ellipsis">{contact.name}</span>
      <span className="muted choice-end tabular">
        {contact.phone ? phoneText(contact.phone) : (contact.email ?? "")}
      </span>
    </label>
  );
}
