import { IconAlarmSnooze, IconClockHour4, IconFlag3Filled } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import type { Conversation } from "../../contract/entities.ts";
import { activityOf } from "../filters.ts";
import { useDesk, usePart, useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { duration, firstName, listTime } from "../kit/format.ts";
import { lastWords } from "./preview.ts";

interface RowProps {
  readonly conversation: Conversation;
  readonly current: boolean;
  /** Milliseconds. */
  readonly now: number;
}

/** The window's end is worth a word when it is this near, in milliseconds. */
const SOON = 2 * 3_600_000;

/** One conversation in a list. */
export const Row = memo(function Row({ conversation, current, now }: RowProps) {
  const { t, i18n } = useTranslation();
  const { contact, unread_count: unread, priority } = conversation;
  const typing = usePart(
    useDesk().signals,
    ({ typing: all }) => all.get(conversation.id)?.some(({ kind }) => kind === "contact") ?? false,
  );
  return (
    <Link
      href={`/conversations/${conversation.id}`}
      className="list-row"
      aria-current={current ? "true" : undefined}
      data-unread={unread > 0}
      data-testid="conversation-row"
    >
      <Avatar name={contact.name} id={contact.id} url={contact.avatar_url} size={42} />
      <span className="row-body">
        <span className="row-line">
          <span className="row-name ellipsis">{contact.name}</span>
          {(priority === "high" || priority === "urgent") && (
            <IconFlag3Filled
              size={13}
              className={`flag-${priority}`}
              aria-label={t(`inbox.priority.${priority}`)}
            />
          )}
          <time className="row-time" dateTime={activityOf(conversation)}>
            {listTime(activityOf(conversation), i18n.language, now)}
          </time>
        </span>
        <span className="row-line">
          <span className="row-text ellipsis" data-typing={typing}>
            {typing
              ? t("thread.typing", { name: firstName(contact.name) })
              : lastWords(conversation.last_message, t) || t("inbox.noMessages")}
          </span>
          {unread > 0 && (
            <span className="badge" aria-label={t("inbox.unread", { count: unread })}>
              {unread > 99 ? "99+" : unread}
            </span>
          )}
        </span>
        <Facts conversation={conversation} now={now} />
      </span>
    </Link>
  );
});

/** Who has it, where it belongs, and what presses. */
function Facts({ conversation, now }: { readonly conversation: Conversation; readonly now: number }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { assignee_id, queue_id, labels: worn, window_expires_at, status, snoozed_until } = conversation;
  const assignee = useStore((state) => (assignee_id ? state.users.get(assignee_id) : undefined));
  const queue = useStore((state) => (queue_id ? state.queues.get(queue_id) : undefined));
  const labels = useStore((state) => state.labels);
  const open = status === "active" || status === "assigned";
  const left = window_expires_at === null ? 0 : Date.parse(window_expires_at) - now;
  return (
    <span className="row-facts">
      {assignee_id === null ? (
        <span className="fact-free">{t("inbox.unassigned")}</span>
      ) : (
        <span className="ellipsis">
          {assignee_id === desk.myId ? t("inbox.you") : firstName(assignee?.name ?? "")}
        </span>
      )}
      {queue && (
        <span className="fact-queue ellipsis">
          <span className="chip-dot" style={{ "--dot": queue.color }} />
          {queue.name}
        </span>
      )}
      {worn.slice(0, 1).map((id) => {
        const label = labels.get(id);
        return (
          label && (
            <span key={id} className="fact-label ellipsis" style={{ "--dot": label.color }}>
              {label.name}
            </span>
          )
        );
      })}
      {worn.length > 1 && <span className="tabular">+{worn.length - 1}</span>}
      {snoozed_until !== null && Date.parse(snoozed_until) > now && (
        <IconAlarmSnooze size={14} aria-label={t("inbox.stage.snoozed")} />
      )}
      {open && left > 0 && left < SOON && (
        <span className="fact-window" title={t("inbox.windowCloses", { time: duration(left) })}>
          <IconClockHour4 size={13} aria-hidden="true" />
          {duration(left)}
        </span>
      )}
    </span>
  );
}
