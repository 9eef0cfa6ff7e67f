import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Message } from "../../contract/entities.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import { useDesk, useObservable, useStore } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { onePane, useMedia } from "../kit/use-media.ts";
import { Composer } from "./Composer.tsx";
import { DropZone } from "./DropZone.tsx";
import { MessageList } from "./MessageList.tsx";
import { byPosition, firstUnread, layOut } from "./thread-items.ts";
import { ThreadHeader } from "./ThreadHeader.tsx";
import { useDraft } from "./use-draft.ts";
import { useReading } from "./use-reading.ts";

interface ThreadProps {
  readonly id: ConversationId;
  /** Shows or hides the contact. */
  readonly onDetails: () => void;
}

const nobody: ReadonlyMap<MessageId, Message> = new Map();

/** One conversation: who, what was said, and where to answer. */
export function Thread({ id, onDetails }: ThreadProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const conversation = useStore((state) => state.conversations.get(id));
  const thread = useStore((state) => state.threads.get(id));
  const state = useObservable(desk.threads).get(id);
  const draft = useDraft(id);
  const messages = useMemo(() => byPosition((thread ?? nobody).values()), [thread]);
  const pending = usePending(id, messages);
  const unreadFrom = useUnreadPlace(messages, conversation?.unread_count ?? 0, thread !== undefined);
  const items = useMemo(() => layOut(messages, pending, unreadFrom), [messages, pending, unreadFrom]);
  const [atEnd, setAtEnd] = useState(true);
  useReading(conversation, messages.at(-1)?.id, atEnd);
  // On a phone the list, which has the page's title elsewhere, is not there.
  const Title = useMedia(onePane) ? "h1" : "h2";
  if (!conversation) return null;
  return (
    <main className="thread" aria-label={t("inbox.thread")}>
      <Title className="unseen">{conversation.contact.name}</Title>
      <DropZone onFiles={draft.addFiles}>
        <ThreadHeader conversation={conversation} onDetails={onDetails} />
        {state?.failed && !thread ? (
          <EmptyState
            title={t("thread.failed")}
            action={
              <Button variant="default" onClick={() => void desk.threads.latest(id)}>
                {t("app.retry")}
              </Button>
            }
          />
        ) : (
          <MessageList
            conversation={conversation}
            items={items}
            loaded={thread !== undefined}
            complete={state?.complete ?? false}
            atEnd={atEnd}
            onAtEnd={setAtEnd}
            onReply={draft.replyTo}
          />
        )}
        <Composer conversation={conversation} draft={draft} messages={messages} />
      </DropZone>
    </main>
  );
}

/** What waits in this conversation and has not come back as a message yet. */
function usePending(id: ConversationId, messages: readonly Message[]) {
  const all = useObservable(useDesk().pending);
  return useMemo(() => {
    const known = new Set(messages.map((message) => message.client_id));
    return all.filter((send) => send.conversation_id === id && !known.has(send.body.client_id));
  }, [all, id, messages]);
}

/** Where the unread messages began when the thread was opened; it stays there while one reads. */
function useUnreadPlace(messages: readonly Message[], unread: number, loaded: boolean): MessageId | null {
  const [place, setPlace] = useState<{ readonly id: MessageId | null } | null>(null);
  if (loaded && place === null) setPlace({ id: firstUnread(messages, unread) });
  return place?.id ?? null;
}
