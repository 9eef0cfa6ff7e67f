import { IconAlertCircle, IconMessageExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDesk, usePart } from "../hooks.ts";
import { clock } from "../kit/format.ts";
import type { PendingSend } from "../pending.ts";
import { AttachmentView } from "./AttachmentView.tsx";
import { changeDraft, draftOf, drafts } from "./drafts.ts";
import { RichText } from "./RichText.tsx";
import { Ticks } from "./Ticks.tsx";

interface PendingLineProps {
  readonly send: PendingSend;
  readonly first: boolean;
}

/** What was sent from here and is not known to be with the server yet; it looks like it. */
export function PendingLine({ send, first }: PendingLineProps) {
  const { t, i18n } = useTranslation();
  const { body, attachments, state } = send;
  const note = body.message_type === "note";
  return (
    <article
      className="line"
      data-side="out"
      data-note={note}
      data-first={first}
      data-last="true"
      data-pending={state.at}
      data-testid="message"
    >
      {first && note && <p className="author">{t("thread.note")}</p>}
      <div className="line-row">
        <div className="bubble">
          {attachments.map((attachment) => (
            <AttachmentView key={attachment.id} attachment={attachment} type={body.message_type} />
          ))}
          <div className="bubble-text">
            <RichText text={body.content} />
            <span className="meta">
              <time dateTime={send.created_at}>{clock(send.created_at, i18n.language)}</time>
              <Ticks status={state.at === "refused" ? "failed" : "queued"} />
            </span>
          </div>
        </div>
      </div>
      <Decision send={send} />
    </article>
  );
}

function Decision({ send }: { readonly send: PendingSend }) {
  const { t } = useTranslation();
  const { pending } = useDesk();
  const { body, state } = send;
  const discard = <Withdraw send={send} />;
  if (state.at === "refused") {
    return (
      <div className="failure" role="alert">
        <IconAlertCircle size={16} aria-hidden="true" />
        <p>
          <strong>{t("status.refused")}.</strong> {state.reason}
        </p>
        <button type="button" onClick={() => pending.retry(body.client_id)}>
          {t("status.retry")}
        </button>
        {discard}
      </div>
    );
  }
  if (state.at !== "stale") return null;
  return (
    <div className="failure" data-tone="warn" role="alert">
      <IconMessageExclamation size={16} aria-hidden="true" />
      <p>
        <strong>{t("status.stale")}</strong> {t("status.staleHint")}
      </p>
      <button type="button" onClick={() => pending.retry(body.client_id, true)}>
        {t("status.sendAnyway")}
      </button>
      {discard}
    </div>
  );
}

/** Takes an unsent message back: its words into the composer where that is empty, so that nothing typed is lost. */
function Withdraw({ send: { body, conversation_id: id } }: { readonly send: PendingSend }) {
  const { t } = useTranslation();
  const { pending } = useDesk();
  const editable = usePart(drafts, () => draftOf(id).text === "") && body.message_type === "text";
  const withdraw = () => {
    pending.discard(body.client_id);
    if (!editable) return;
    changeDraft(id, { text: body.content, note: false });
    document.querySelector<HTMLElement>("#composer-text")?.focus();
  };
  return (
    <button type="button" onClick={withdraw}>
      {t(editable ? "status.editAgain" : "status.discard")}
    </button>
  );
}
