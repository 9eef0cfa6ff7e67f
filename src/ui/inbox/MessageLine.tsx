import { IconLock } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { Message } from "../../contract/entities.ts";
import { clock, dateTime } from "../kit/format.ts";
import { Bubble } from "./Bubble.tsx";
import { Failure } from "./Failure.tsx";
import { MessageActions } from "./MessageActions.tsx";
import { Ticks } from "./Ticks.tsx";

interface MessageLineProps {
  readonly message: Message;
  readonly first: boolean;
  readonly last: boolean;
  readonly onReply: (message: Message) => void;
}

/** One message on its side of the thread. */
export const MessageLine = memo(function MessageLine({ message, first, last, onReply }: MessageLineProps) {
  if (message.message_type === "system") return <SystemLine message={message} />;
  const note = message.message_type === "note";
  return (
    <article
      className="line"
      data-side={note || message.direction === "out" ? "out" : "in"}
      data-note={note}
      data-first={first}
      data-last={last}
      data-message-id={message.id}
      data-testid="message"
    >
      {first && <Author message={message} note={note} />}
      <div className="line-row">
        <Bubble message={message} meta={<Meta message={message} />} />
        {message.deleted_at === null && <MessageActions message={message} onReply={onReply} />}
      </div>
      <Reactions message={message} />
      <Failure message={message} />
    </article>
  );
});

function SystemLine({ message }: { readonly message: Message }) {
  const { i18n } = useTranslation();
  return (
    <p className="system" data-testid="message">
      {message.content}
      <time dateTime={message.created_at}>{clock(message.created_at, i18n.language)}</time>
    </p>
  );
}

function Author({ message, note }: { readonly message: Message; readonly note: boolean }) {
  const { t } = useTranslation();
  if (message.direction === "in") return null;
  return (
    <p className="author">
      {note && (
        <>
          <IconLock size={13} aria-hidden="true" />
          {t("thread.note")} ·{" "}
        </>
      )}
      {message.sender_id === null && message.sender_type === "agent"
        ? t("thread.fromPhone")
        : message.sender_name}
    </p>
  );
}

function Meta({ message }: { readonly message: Message }) {
  const { t, i18n } = useTranslation();
  const ticks = message.direction === "out" && message.message_type !== "note" && !message.deleted_at;
  return (
    <span className="meta">
      {message.edited_at && <span>{t("thread.edited")}</span>}
      <time dateTime={message.created_at} title={dateTime(message.created_at, i18n.language)}>
        {clock(message.created_at, i18n.language)}
      </time>
      {ticks && <Ticks status={message.status} />}
    </span>
  );
}

function Reactions({ message }: { readonly message: Message }) {
  if (message.reactions.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { emoji } of message.reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return (
    <p className="reactions">
      {[...counts].map(([emoji, count]) => (
        <span key={emoji}>
          {emoji}
          {count > 1 && <b>{count}</b>}
        </span>
      ))}
    </p>
  );
}
