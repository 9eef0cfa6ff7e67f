import { Button } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import type { Conversation } from "../../contract/entities.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { activityOf, belongs, type Filter, keyOf } from "../filters.ts";
import { useDesk, usePart, useStore } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { useNow } from "../kit/use-now.ts";
import { useCommand } from "../shell/commands.ts";
import { go } from "../shell/go.ts";
import { listScroll } from "./list-choice.ts";
import { Row } from "./Row.tsx";

interface RowsProps {
  readonly filter: Filter;
  readonly currentId: ConversationId | null;
}

/** The conversations of a filter, newest first; only those in view are in the page. */
export function Rows({ filter, currentId }: RowsProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const now = useNow(30_000);
  const conversations = useListed(filter, now);
  const { floor, loading, failed } = usePart(desk.lists, () => desk.lists.stateOf(filter));
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const rows = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => conversations[index]?.id ?? index,
    initialOffset: () => listScroll.top,
    overscan: 6,
  });
  useEffect(() => rows.measure(), [rows, height]);
  useEffect(() => {
    if (floor === null && !loading && !failed) void desk.lists.open(filter);
  }, [desk, filter, floor, loading, failed]);
  const items = rows.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (floor && lastShown >= conversations.length - 10) void desk.lists.more(filter);
  }, [desk, filter, floor, lastShown, conversations.length]);
  useSteps(conversations, currentId, (index) => rows.scrollToIndex(index));

  if (failed && conversations.length === 0) {
    return (
      <EmptyState
        title={t("inbox.failed")}
        action={
          <Button variant="default" onClick={() => void desk.lists.more(filter)}>
            {t("app.retry")}
          </Button>
        }
      />
    );
  }
  if (conversations.length === 0) return floor === "" ? <Nothing filter={filter} /> : <Skeleton />;
  return (
    <div
      ref={scroller}
      className="list-rows"
      onScroll={(event) => {
        listScroll.top = event.currentTarget.scrollTop;
      }}
    >
      <div className="rows-inner" role="list" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const conversation = conversations[item.index];
          return (
            conversation && (
              <div
                key={item.key}
                role="listitem"
                className="rows-item"
                style={{ transform: `translateY(${item.start}px)`, height }}
                aria-setsize={conversations.length}
                aria-posinset={item.index + 1}
              >
                <Row conversation={conversation} current={conversation.id === currentId} now={now} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** What the store holds of this list, down to where it has been loaded. */
function useListed(filter: Filter, now: number): readonly Conversation[] {
  const desk = useDesk();
  const all = useStore((state) => state.conversations);
  const floor = usePart(desk.lists, () => desk.lists.stateOf(filter).floor);
  const me = desk.myId;
  return useMemo(
    () =>
      [...all.values()]
        .filter((one) => belongs(one, filter, { me, now }) && activityOf(one) >= (floor ?? ""))
        .toSorted((a, b) => (activityOf(a) < activityOf(b) ? 1 : -1)),
    [all, filter, floor, me, now],
  );
}

/** `j` and `k` go through the rows as they are shown. */
function useSteps(
  conversations: readonly Conversation[],
  currentId: ConversationId | null,
  reveal: (index: number) => void,
): void {
  const step = (by: 1 | -1) => {
    const at = conversations.findIndex(({ id }) => id === currentId);
    const next = at === -1 ? 0 : at + by;
    const conversation = conversations[next];
    if (!conversation) return;
    reveal(next);
    go(`/conversations/${conversation.id}`);
  };
  useCommand("next", () => step(1));
  useCommand("previous", () => step(-1));
}

/** The height of a row in pixels is a token, since it depends on density and screen. */
function useRowHeight(): number {
  useNow(2_000);
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue("--row"), 10) || 76;
}

function Nothing({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation();
  const noChannel = useStore((state) => state.channels.size === 0 && state.users.size > 0);
  const desk = useDesk();
  const icon = <IconBuildingStore size={30} stroke={1.6} />;
  if (noChannel && desk.may("manage_channels")) {
    return (
      <EmptyState
        icon={icon}
        title={t("inbox.empty.noChannel")}
        hint={t("inbox.empty.noChannelHint")}
        action={
          <Button component={Link} href="/settings/channels/new">
            {t("inbox.empty.connect")}
          </Button>
        }
      />
    );
  }
  const { stage, scope } = filter;
  if (stage === "open" && scope === "mine")
    return <EmptyState icon={icon} title={t("inbox.empty.mine")} hint={t("inbox.empty.mineHint")} />;
  const hint = t(stage === "open" ? "inbox.empty.openHint" : "inbox.empty.hint");
  return <EmptyState key={keyOf(filter)} icon={icon} title={t(`inbox.empty.${stage}`)} hint={hint} />;
}

function Skeleton() {
  return (
    <div className="list-rows" aria-hidden="true">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className="row-skeleton">
          <span className="skeleton" />
          <span className="skeleton" />
          <span className="skeleton" />
        </div>
      ))}
    </div>
  );
}
