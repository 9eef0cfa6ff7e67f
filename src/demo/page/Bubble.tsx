import { useState } from "react";

import type { PhoneMessage } from "../phone/protocol.ts";
import { BubbleContent, summaryOf } from "./BubbleContent.tsx";
import { BubbleMenu } from "./BubbleMenu.tsx";
import { timeOf } from "./format.ts";
import { MoreIcon } from "./Icons.tsx";
import { Ticks } from "./Ticks.tsx";
import { words } from "./words.ts";

/** What can be done to a message; the chat adds whose and which. */
export type BubbleCommand =
  | { readonly type: "react"; readonly emoji: string | null }
  | { readonly type: "delete" }
  | { readonly type: "choose"; readonly option: string };

interface BubbleProps {
  readonly message: PhoneMessage;
  readonly quoted: PhoneMessage | undefined;
  readonly business: string;
  /** Whether the one before is of the other side. */
  readonly isFirst: boolean;
  readonly onReply: () => void;
  readonly onCommand: (command: BubbleCommand) => void;
}

export function Bubble({ message, quoted, business, isFirst, onReply, onCommand }: BubbleProps) {
  const [menu, setMenu] = useState(false);
  const { from, content, at, ticks, reactions, deleted } = message;
  const emojis = [reactions.customer, reactions.business].filter((emoji) => emoji !== null);
  const author = from === "customer" ? words.you : business;
  return (
    <article
      className={`bubble ${from}`}
      data-first={isFirst}
      data-kind={kindOf(message)}
      aria-label={author}
    >
      {quoted !== undefined && !deleted && (
        <blockquote>
          <strong>{quoted.from === "customer" ? words.you : business}</strong>
          <span>{summaryOf(quoted.content)}</span>
        </blockquote>
      )}
      {deleted ? (
        <p className="gone">{words.deleted}</p>
      ) : (
        <BubbleContent
          content={content}
          chosen={message.chosen}
          onChoose={(option) => onCommand({ type: "choose", option })}
        />
      )}
      <footer>
        {!deleted && (
          <button
            type="button"
            className="more"
            aria-label={words.actions}
            aria-haspopup="menu"
            aria-expanded={menu}
            onClick={() => setMenu(!menu)}
          >
            <MoreIcon size={16} />
          </button>
        )}
        <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>
        {ticks !== null && !deleted && <Ticks far={ticks} />}
      </footer>
      {menu && (
        <BubbleMenu
          message={message}
          onReply={onReply}
          onCommand={onCommand}
          onClose={() => setMenu(false)}
        />
      )}
      {emojis.length > 0 && !deleted && <span className="reactions">{emojis.join(" ")}</span>}
    </article>
  );
}

function kindOf({ content, deleted }: PhoneMessage): string {
  if (deleted) return "text";
  return content.type === "media" ? content.kind : content.type;
}
