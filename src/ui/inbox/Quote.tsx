import { useTranslation } from "react-i18next";

import type { ConversationId, MessageId } from "../../contract/ids.ts";
import { useStore } from "../hooks.ts";
import { previewOf } from "./preview.ts";
import { reveal } from "./reveal.ts";

interface QuoteProps {
  readonly conversationId: ConversationId;
  readonly id: MessageId;
}

/** The message that another answers; pressing it shows the place. */
export function Quote({ conversationId, id }: QuoteProps) {
  const { t } = useTranslation();
  const message = useStore((state) => state.threads.get(conversationId)?.get(id));
  if (!message) return <p className="quote">{t("thread.quoteGone")}</p>;
  return (
    <button type="button" className="quote" onClick={() => reveal(id)}>
      <strong>{message.sender_name}</strong>
      <span>{previewOf(message, t)}</span>
    </button>
  );
}
