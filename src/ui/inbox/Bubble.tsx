import {
  IconArrowForwardUp,
  IconBan,
  IconMapPin,
  IconSpeakerphone,
  IconTemplate,
  IconUser,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Message } from "../../contract/entities.ts";
import { AttachmentView } from "./AttachmentView.tsx";
import { readCards, readPlace } from "./metadata.ts";
import { Quote } from "./Quote.tsx";
import { RichText } from "./RichText.tsx";

interface BubbleProps {
  readonly message: Message;
  /** Time and ticks; they stand at the end of the last line where there is room. */
  readonly meta: ReactNode;
}

/** The body of a message, by what it is. */
export function Bubble({ message, meta }: BubbleProps) {
  const { t } = useTranslation();
  if (message.deleted_at) {
    return (
      <div className="bubble" data-deleted="true">
        <div className="bubble-text">
          <IconBan size={15} aria-hidden="true" /> {t("thread.deleted")}
          {meta}
        </div>
      </div>
    );
  }
  const { attachments, message_type: type } = message;
  const bare = type === "sticker" && attachments.length > 0;
  return (
    <div className="bubble" data-bare={bare} data-media={attachments.length > 0 && message.content === ""}>
      <Origin message={message} />
      {message.reply_to && <Quote conversationId={message.conversation_id} id={message.reply_to} />}
      {attachments.map((attachment) => (
        <AttachmentView key={attachment.id} attachment={attachment} type={type} />
      ))}
      <Words message={message} meta={meta} />
    </div>
  );
}

/** Where it came from, when it was not simply written. */
function Origin({ message: { metadata, message_type } }: { readonly message: Message }) {
  const { t } = useTranslation();
  const frequently = metadata["frequently_forwarded"] === true;
  return (
    <>
      {(frequently || metadata["forwarded"] === true) && (
        <p className="origin">
          <IconArrowForwardUp size={14} aria-hidden="true" />
          {t(frequently ? "thread.frequentlyForwarded" : "thread.forwarded")}
        </p>
      )}
      {metadata["referral"] !== undefined && (
        <p className="origin">
          <IconSpeakerphone size={14} aria-hidden="true" />
          {t("thread.fromAd")}
        </p>
      )}
      {message_type === "template" && (
        <p className="origin">
          <IconTemplate size={14} aria-hidden="true" />
          {t("thread.template")}
        </p>
      )}
    </>
  );
}

function Words({ message, meta }: BubbleProps) {
  const { t } = useTranslation();
  const place = message.message_type === "location" ? readPlace(message.metadata) : null;
  const cards = message.message_type === "contacts" ? readCards(message.metadata) : [];
  const unsupported = message.metadata["unsupported"] !== undefined;
  if (place) {
    return (
      <div className="bubble-text">
        <a className="place" href={place.href} target="_blank" rel="noopener noreferrer">
          <IconMapPin size={20} aria-hidden="true" />
          <span>
            <strong>{place.name || t("thread.location")}</strong>
            <small>{place.address || t("thread.openMap")}</small>
          </span>
        </a>
        {meta}
      </div>
    );
  }
  if (cards.length > 0) {
    return (
      <div className="bubble-text">
        {cards.map((card) => (
          <span key={card.name + card.phones.join()} className="vcard">
            <IconUser size={20} aria-hidden="true" />
            <span>
              <strong>{card.name}</strong>
              <small className="tabular">{card.phones.join(", ")}</small>
            </span>
          </span>
        ))}
        {meta}
      </div>
    );
  }
  return (
    <div className="bubble-text" data-unsupported={unsupported}>
      {unsupported ? t("thread.unsupported") : <RichText text={message.content} />}
      {meta}
    </div>
  );
}
