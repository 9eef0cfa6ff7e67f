import { IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation, Identifier } from "../../contract/entities.ts";
import { Timeline } from "../contacts/Timeline.tsx";
import { useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { phoneText, shortDate } from "../kit/format.ts";
import { toast, toastError } from "../kit/toasts.ts";
import { ContactName } from "./ContactName.tsx";

/** The person, this conversation, and the earlier ones. */
export function ContactDetails({ conversation }: { readonly conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const { contact } = conversation;
  return (
    <div className="panel-body">
      <div className="panel-who">
        <Avatar name={contact.name} id={contact.id} url={contact.avatar_url} size={72} />
        <ContactName contact={contact} />
        <p className="muted">{t("contact.since", { date: shortDate(contact.created_at, i18n.language) })}</p>
      </div>
      <dl className="panel-facts">
        {contact.phone && <Phone phone={contact.phone} />}
        {contact.email && (
          <Fact name={t("contact.email")}>
            <a href={`mailto:${contact.email}`}>{contact.email}</a>
          </Fact>
        )}
        {contact.identifiers.filter(isTelling(contact.phone)).map((identifier) => (
          <Fact key={identifier.kind + identifier.value} name={t(`contact.kind.${identifier.kind}`)}>
            <span className="tabular wrap">{identifier.value}</span>
          </Fact>
        ))}
      </dl>
      <section>
        <h3>{t("contact.conversation")}</h3>
        <ThisConversation conversation={conversation} />
      </section>
      <section>
        <h3>{t("contact.previous")}</h3>
        <Timeline contactId={contact.id} currentId={conversation.id} />
      </section>
    </div>
  );
}

/** An identifier that says no more than the phone number above it is left out. */
function isTelling(phone: string | null): (identifier: Identifier) => boolean {
  const digits = phone?.replace(/\D/g, "");
  return ({ kind, value }) => kind !== "phone" && kind !== "email" && value !== digits;
}

function Phone({ phone }: { readonly phone: string }) {
  const { t } = useTranslation();
  const copy = async () => {
    await navigator.clipboard.writeText(phone);
    toast({ tone: "ok", text: t("app.copied") });
  };
  return (
    <Fact name={t("contact.phone")}>
      <a className="tabular" href={`tel:${phone}`}>
        {phoneText(phone)}
      </a>
      <button
        type="button"
        className="fact-copy"
        aria-label={t("contact.copyPhone")}
        onClick={() => void copy().catch(toastError)}
      >
        <IconCopy size={15} aria-hidden="true" />
      </button>
    </Fact>
  );
}

function ThisConversation({ conversation }: { readonly conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const { queue_id, assignee_id, channel_id, labels: worn } = conversation;
  const queue = useStore((state) => (queue_id ? state.queues.get(queue_id) : undefined));
  const assignee = useStore((state) => (assignee_id ? state.users.get(assignee_id) : undefined));
  const channel = useStore((state) => state.channels.get(channel_id));
  const labels = useStore((state) => state.labels);
  return (
    <>
      <dl className="panel-facts">
        <Fact name={t("contact.number")}>
          <span className="tabular">#{conversation.number}</span>
        </Fact>
        <Fact name={t("inbox.stage.label")}>{t(`inbox.status.${conversation.status}`)}</Fact>
        <Fact name={t("contact.assignee")}>{assignee?.name ?? t("inbox.unassigned")}</Fact>
        <Fact name={t("inbox.queue")}>{queue?.name ?? t("inbox.noQueue")}</Fact>
        <Fact name={t("inbox.channel")}>{channel?.name}</Fact>
        <Fact name={t("action.priority")}>{t(`inbox.priority.${conversation.priority}`)}</Fact>
      </dl>
      {worn.length > 0 && (
        <p className="chips">
          {worn.map((id) => {
            const label = labels.get(id);
            return (
              label && (
                <span key={id} className="chip" style={{ "--dot": label.color }}>
                  <span className="chip-dot" />
                  {label.name}
                </span>
              )
            );
          })}
        </p>
      )}
      <p className="muted small">
        {t("contact.opened", { date: shortDate(conversation.created_at, i18n.language) })}
      </p>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="panel-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
