import { useEffect, useRef } from "react";

import type { PhoneMessage } from "../phone/protocol.ts";
import type { BubbleCommand } from "./Bubble.tsx";
import { BinIcon, ReplyIcon } from "./Icons.tsx";
import { words } from "./words.ts";

const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"] as const;

interface BubbleMenuProps {
  readonly message: PhoneMessage;
  readonly onReply: () => void;
  readonly onCommand: (command: BubbleCommand) => void;
  readonly onClose: () => void;
}

/** Reactions, reply, delete. Arrow keys walk, Escape and a click elsewhere close. */
export function BubbleMenu({ message, onReply, onCommand, onClose }: BubbleMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector("button")?.focus({ preventScroll: true });
    menu.current?.scrollIntoView({ block: "nearest" });
    const onPointer = ({ target }: PointerEvent) => {
      if (target instanceof Node && menu.current?.parentElement?.contains(target) === true) return;
      onClose();
    };
    document.addEventListener("pointerdown", onPointer);
    return () => document.removeEventListener("pointerdown", onPointer);
  }, [onClose]);

  const act = (action: () => void) => () => {
    action();
    onClose();
  };
  const mine = message.reactions.customer;
  return (
    <div
      ref={menu}
      className="menu"
      role="menu"
      tabIndex={-1}
      aria-label={words.actions}
      onKeyDown={(event) => walk(event, onClose)}
    >
      <div className="emojis" role="group" aria-label={words.react}>
        {emojis.map((emoji) => (
          <button
            key={emoji}
            type="button"
            role="menuitemradio"
            aria-checked={mine === emoji}
            aria-label={mine === emoji ? `${words.unreact} ${emoji}` : `${words.react} ${emoji}`}
            onClick={act(() => onCommand({ type: "react", emoji: mine === emoji ? null : emoji }))}
          >
            {emoji}
          </button>
        ))}
      </div>
      <button type="button" role="menuitem" onClick={act(onReply)}>
        <ReplyIcon size={18} /> {words.reply}
      </button>
      {message.from === "customer" && (
        <button type="button" role="menuitem" onClick={act(() => onCommand({ type: "delete" }))}>
          <BinIcon size={18} /> {words.remove}
        </button>
      )}
    </div>
  );
}

function walk(event: React.KeyboardEvent<HTMLDivElement>, onClose: () => void): void {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const step = steps[event.key];
  if (event.key === "Escape") onClose();
  if (event.key === "Escape" || step !== undefined) event.preventDefault();
  if (step === undefined) return;
  const items = [...event.currentTarget.querySelectorAll("button")];
  const at = items.findIndex((item) => item === document.activeElement);
  items.at((at + step) % items.length)?.focus();
}
