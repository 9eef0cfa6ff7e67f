import { IconArrowDown } from "@tabler/icons-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation, Message } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { intoDays } from "./thread-days.ts";
import type { ThreadItem } from "./thread-items.ts";
import { ThreadDay } from "./ThreadDay.tsx";
import { TypingLine } from "./TypingLine.tsx";
import { useStick } from "./use-stick.ts";

interface MessageListProps {
  readonly conversation: Conversation;
  readonly items: readonly ThreadItem[];
  readonly loaded: boolean;
  /** The first message of all is there. */
  readonly complete: boolean;
  readonly atEnd: boolean;
  readonly onAtEnd: (atEnd: boolean) => void;
  readonly onReply: (message: Message) => void;
}

/** What was said, in order, with the newest at the foot. */
export function MessageList({ conversation, items, loaded, complete, ...rest }: MessageListProps) {
  const { t } = useTranslation();
  const { threads } = useDesk();
  const scroller = useRef<HTMLDivElement>(null);
  const days = useMemo(() => intoDays(items), [items]);
  const { below, toEnd, onScroll } = useStick({
    scroller,
    items,
    atEnd: rest.atEnd,
    onAtEnd: rest.onAtEnd,
    onTop: () => void threads.older(conversation.id),
  });
  return (
    <div className="messages-frame">
      {/* A keyboard must be able to scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scroller} className="messages" tabIndex={0} onScroll={onScroll} aria-busy={!loaded}>
        <div className="messages-inner" role="log" aria-live="off" aria-label={t("thread.messages")}>
          {loaded && <p className="thread-start">{complete ? t("thread.beginning") : t("thread.older")}</p>}
          {days.map((day) => (
            <ThreadDay key={day.key} day={day} scroller={scroller} onReply={rest.onReply} />
          ))}
          <TypingLine conversation={conversation} />
        </div>
      </div>
      {!rest.atEnd && (
        <button
          type="button"
          className="below"
          aria-label={below > 0 ? t("thread.newBelow", { count: below }) : t("thread.toEnd")}
          onClick={() => toEnd(true)}
        >
          {below > 0 && <span>{t("thread.newBelow", { count: below })}</span>}
          <IconArrowDown size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
