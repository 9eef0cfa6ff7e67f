import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ConversationId } from "../../contract/ids.ts";
import { useDesk, useObservable, useStore } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { useMedia } from "../kit/use-media.ts";
import { prefer, preferences } from "../shell/preferences.ts";
import { ContactPanel } from "./ContactPanel.tsx";
import { ConversationList } from "./ConversationList.tsx";
import { NothingChosen } from "./NothingChosen.tsx";
import { Thread } from "./Thread.tsx";

/** The desk itself: list, thread and contact, side by side as far as there is room. */
export function Inbox({ conversationId }: { readonly conversationId: string | null }) {
  const desk = useDesk();
  const id = conversationId as ConversationId | null;
  const wide = useMedia("(min-width: 1100px)");
  const { panel } = useObservable(preferences);
  // Over the thread of one conversation: another one begins without.
  const [drawerOf, setDrawerOf] = useState<ConversationId | null>(null);
  const drawer = drawerOf === id;
  const known = useStore((state) => id !== null && state.conversations.has(id));
  useEffect(() => {
    if (id === null) return undefined;
    void desk.threads.open(id);
    desk.connection.join(id);
    return () => desk.connection.leave(id);
  }, [desk, id]);

  const toggle = () => (wide ? prefer({ panel: !panel }) : setDrawerOf(drawer ? null : id));
  return (
    <div className="inbox" data-pane={id === null ? "list" : "thread"} data-panel={known && wide && panel}>
      <ConversationList currentId={id} />
      {id === null ? (
        <NothingChosen />
      ) : known ? (
        <>
          <Thread key={id} id={id} onDetails={toggle} />
          {(wide ? panel : drawer) && <ContactPanel id={id} asDrawer={!wide} onClose={toggle} />}
        </>
      ) : (
        <Missing id={id} />
      )}
    </div>
  );
}

/** While it is looked for, nothing; then that there is none. */
function Missing({ id }: { readonly id: ConversationId }) {
  const { t } = useTranslation();
  const failed = useObservable(useDesk().threads).get(id)?.failed ?? false;
  return (
    <main className="thread" aria-label={t("inbox.thread")}>
      {failed && <EmptyState title={t("inbox.gone")} />}
    </main>
  );
}
