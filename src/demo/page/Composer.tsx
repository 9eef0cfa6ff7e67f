import { useEffect, useRef, useState } from "react";

import type { Persona, PhoneMessage } from "../phone/protocol.ts";
import { AttachMenu } from "./AttachMenu.tsx";
import { summaryOf } from "./BubbleContent.tsx";
import type { PhoneConnection } from "./connection.ts";
import { CloseIcon, PlusIcon, SendIcon } from "./Icons.tsx";
import { words } from "./words.ts";

interface ComposerProps {
  readonly phone: PhoneConnection;
  readonly persona: Persona;
  readonly quote: PhoneMessage | null;
  readonly onQuoteGone: () => void;
}

/** Where the customer writes. Enter sends, Shift+Enter begins a line. */
export function Composer({ phone, persona, quote, onQuoteGone }: ComposerProps) {
  const [text, setText] = useState("");
  const [attaching, setAttaching] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), [quote]);

  const send = () => {
    if (text.trim() === "" || !phone.state.connected) return;
    phone.send({ type: "text", persona: persona.id, text, quote: quote?.id ?? null });
    setText("");
    onQuoteGone();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {quote !== null && (
        <div className="quoting">
          <span>
            <strong>{words.replyingTo}</strong>
            <small>{summaryOf(quote.content)}</small>
          </span>
          <button type="button" className="plain" aria-label={words.cancelReply} onClick={onQuoteGone}>
            <CloseIcon size={16} />
          </button>
        </div>
      )}
      {attaching && <AttachMenu phone={phone} persona={persona} onClose={() => setAttaching(false)} />}
      <div className="line">
        <button
          type="button"
          className="plain"
          aria-label={words.attach}
          aria-expanded={attaching}
          onClick={() => setAttaching(!attaching)}
        >
          <PlusIcon />
        </button>
        <textarea
          ref={field}
          rows={1}
          maxLength={4096}
          aria-label={words.write}
          placeholder={words.write}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" className="send" aria-label={words.send} disabled={text.trim() === ""}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
