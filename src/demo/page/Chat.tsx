import { Fragment, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { Persona, PhoneMessage } from "../phone/protocol.ts";
import { Avatar } from "./Avatar.tsx";
import { Bubble } from "./Bubble.tsx";
import { Composer } from "./Composer.tsx";
import type { PhoneConnection } from "./connection.ts";
import { dayOf } from "./format.ts";
import { BackIcon } from "./Icons.tsx";
import { useNow } from "./now.ts";
import { words } from "./words.ts";

/** Milliseconds: a typing indicator goes out by itself, as WhatsApp's does. */
const typingLastsMs = 25_000;

interface ChatProps {
  readonly phone: PhoneConnection;
  readonly persona: Persona;
}

/** The customer's chat with the business. */
export function Chat({ phone, persona }: ChatProps) {
  const { messages, business, typingSince } = phone.state;
  const [quote, setQuote] = useState<PhoneMessage | null>(null);
  const now = useNow();
  const typing = useTyping(typingSince);
  const end = useEnd(`${messages.length} ${String(typing)}`);
  return (
    <div className="chat">
      <header className="chathead">
        <button type="button" className="plain" aria-label={words.back} onClick={phone.putDown}>
          <BackIcon />
        </button>
        <Avatar name={business} size={36} />
        <span className="who">
          <strong>{business}</strong>
          <small>{typing ? words.typing : words.online}</small>
        </span>
        <span className="me" title={persona.phone}>
          {persona.name}
        </span>
      </header>
      <div className="log" role="log" aria-label={business} aria-live="polite">
        {messages.length === 0 && <p className="hint">{words.empty}</p>}
        {messages.map((message, index) => {
          const day = dayOf(message.at, now);
          const before = messages[index - 1];
          return (
            <Fragment key={message.id}>
              {(before === undefined || dayOf(before.at, now) !== day) && <p className="day">{day}</p>}
              <Bubble
                message={message}
                quoted={messages.find(({ id }) => id === message.quote)}
                business={business}
                isFirst={before?.from !== message.from}
                onReply={() => setQuote(message)}
                onCommand={(command) => phone.send({ ...command, persona: persona.id, message: message.id })}
              />
            </Fragment>
          );
        })}
        {typing && (
          <div className="bubble business dots" aria-label={words.typing}>
            <i />
            <i />
            <i />
          </div>
        )}
        <div ref={end} />
      </div>
      <Composer phone={phone} persona={persona} quote={quote} onQuoteGone={() => setQuote(null)} />
    </div>
  );
}

/** Scrolls to the end when `what` changes. */
function useEnd(what: string) {
  const end = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/exhaustive-deps -- `what` is why it scrolls
  useLayoutEffect(() => {
    // In braces: newer browsers return a promise, which an effect must not.
    end.current?.scrollIntoView({ block: "end" });
  }, [what]);
  return end;
}

function useTyping(since: number): boolean {
  const [over, setOver] = useState(0);
  useEffect(() => {
    if (since === 0) return undefined;
    const timer = setTimeout(() => setOver(since), typingLastsMs);
    return () => clearTimeout(timer);
  }, [since]);
  return since !== 0 && since !== over;
}
