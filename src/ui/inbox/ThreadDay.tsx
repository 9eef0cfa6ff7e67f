import { type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Message } from "../../contract/entities.ts";
import { dayName } from "../kit/format.ts";
import { MessageLine } from "./MessageLine.tsx";
import { PendingLine } from "./PendingLine.tsx";
import type { Day, Piece, PieceItem } from "./thread-days.ts";
import { useOffstage } from "./use-offstage.ts";

interface Common {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onReply: (message: Message) => void;
}

/** What was said on one day. Its name stays at the top while any of it is in view. */
export function ThreadDay({ day, ...common }: Common & { readonly day: Day }) {
  const { i18n } = useTranslation();
  return (
    <section className="day-part">
      {day.at !== null && (
        <p className="day">
          <span>{dayName(day.at, i18n.language)}</span>
        </p>
      )}
      {day.pieces.map((piece) => (
        <ThreadPiece key={piece.key} piece={piece} {...common} />
      ))}
    </section>
  );
}

/** Some messages in a row: far out of view they are but their height, so that a long thread stays light. */
function ThreadPiece({ piece, scroller, onReply }: Common & { readonly piece: Piece }) {
  const part = useRef<HTMLDivElement>(null);
  const height = useOffstage({ scroller, part });
  if (height !== null) {
    // A quote finds its message by what is held here.
    const held = piece.items.map((item) => item.key).join(" ");
    return <div ref={part} className="piece" data-holds={held} style={{ height }} />;
  }
  return (
    <div ref={part} className="piece">
      {piece.items.map((item) => (
        <Line key={item.key} item={item} onReply={onReply} />
      ))}
    </div>
  );
}

interface LineProps {
  readonly item: PieceItem;
  readonly onReply: (message: Message) => void;
}

function Line({ item, onReply }: LineProps) {
  const { t } = useTranslation();
  switch (item.kind) {
    case "unread":
      return (
        <p className="unread-place">
          <span>{t("thread.unreadHere")}</span>
        </p>
      );
    case "message":
      return <MessageLine message={item.message} first={item.first} last={item.last} onReply={onReply} />;
    case "pending":
      return <PendingLine send={item.send} first={item.first} />;
  }
}
