import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import type { Conversation } from "../../contract/entities.ts";
import type { ContactId, ConversationId } from "../../contract/ids.ts";
import { activityOf } from "../filters.ts";
import { useDesk } from "../hooks.ts";
import { lastWords } from "../inbox/preview.ts";
import { listTime } from "../kit/format.ts";

interface TimelineProps {
  readonly contactId: ContactId;
  /** The one that is on the screen. */
  readonly currentId: ConversationId | null;
}

/** All conversations of one contact, newest first. */
export function Timeline({ contactId, currentId }: TimelineProps) {
  const { t, i18n } = useTranslation();
  const { api } = useDesk();
  const [conversations, setConversations] = useState<readonly Conversation[] | null>(null);
  useEffect(() => {
    let over = false;
    api.get<readonly Conversation[]>(`/contacts/${contactId}/conversations`).then(
      ({ data }) => !over && setConversations(data),
      () => !over && setConversations([]),
    );
    return () => {
      over = true;
    };
  }, [api, contactId]);
  const others = conversations?.filter(({ id }) => id !== currentId);
  if (!others) return null;
  if (others.length === 0) return <p className="muted small">{t("contact.none")}</p>;
  return (
    <ul className="timeline">
      {others.map((conversation) => (
        <li key={conversation.id}>
          <Link href={`/conversations/${conversation.id}`}>
            <span className="row-line">
              <strong className="tabular">#{conversation.number}</strong>
              <span className="muted ellipsis">{t(`inbox.status.${conversation.status}`)}</span>
              <time className="row-time">{listTime(activityOf(conversation), i18n.language)}</time>
            </span>
            <span className="muted ellipsis timeline-text">{lastWords(conversation.last_message, t)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
