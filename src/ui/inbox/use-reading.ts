import { useEffect, useRef } from "react";

import type { Conversation } from "../../contract/entities.ts";
import type { MessageId } from "../../contract/ids.ts";
import { useDesk } from "../hooks.ts";
import { usePageVisible } from "../kit/use-page-visible.ts";

/**
 * Says that the conversation has been read, once for each newest message that was on the screen of a page that was
 * looked at. Whose reading counts is the server's rule.
 */
export function useReading(
  conversation: Conversation | undefined,
  newest: MessageId | undefined,
  atEnd: boolean,
): void {
  const { api } = useDesk();
  const visible = usePageVisible();
  const told = useRef<MessageId | undefined>(undefined);
  const id = conversation?.id;
  const unread = (conversation?.unread_count ?? 0) > 0;
  useEffect(() => {
    if (!id || !unread || !visible || !atEnd || newest === undefined || told.current === newest) return;
    told.current = newest;
    api.post(`/conversations/${id}/read`).catch(() => {
      // Tried again with the next message or visit.
      told.current = undefined;
    });
  }, [api, id, unread, visible, atEnd, newest]);
}
