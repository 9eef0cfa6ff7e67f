import { IconAlertCircle, IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Message } from "../../contract/entities.ts";
import { useDesk } from "../hooks.ts";
import { toastError } from "../kit/toasts.ts";
import { useNow } from "../kit/use-now.ts";
import { reasonOf } from "./failure-reason.ts";

/** A message without an answer of the provider may be sent again after this long, in milliseconds (channels.md). */
const DECIDE_AFTER = 60_000;

/** Why a message did not arrive, and what can be done. */
export function Failure({ message }: { readonly message: Message }) {
  if (message.direction !== "out") return null;
  if (message.status === "failed") return <Failed message={message} />;
  return message.status === "unknown" ? <Unknown message={message} /> : null;
}

function Failed({ message }: { readonly message: Message }) {
  const { t } = useTranslation();
  return (
    <div className="failure" role="note">
      <IconAlertCircle size={16} aria-hidden="true" />
      <p>
        <strong>{t("status.failed")}.</strong> {reasonOf(message.error, t)}
      </p>
      {message.error?.retryable !== false && <Retry message={message} />}
    </div>
  );
}

function Unknown({ message }: { readonly message: Message }) {
  const { t } = useTranslation();
  const now = useNow(10_000);
  return (
    <div className="failure" data-tone="warn" role="note">
      <IconHelpCircle size={16} aria-hidden="true" />
      <p>
        <strong>{t("status.unknown")}.</strong> {t("status.unknownHint")}
      </p>
      {now - Date.parse(message.created_at) > DECIDE_AFTER && <Retry message={message} />}
    </div>
  );
}

function Retry({ message }: { readonly message: Message }) {
  const { t } = useTranslation();
  const { api } = useDesk();
  const retry = () => {
    api.post(`/conversations/${message.conversation_id}/messages/${message.id}/retry`).catch(toastError);
  };
  return (
    <button type="button" onClick={retry}>
      {t("status.retry")}
    </button>
  );
}
