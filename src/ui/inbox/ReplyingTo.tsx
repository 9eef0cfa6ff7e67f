import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Message } from "../../contract/entities.ts";
import { previewOf } from "./preview.ts";

interface ReplyingToProps {
  readonly message: Message;
  readonly onCancel: () => void;
}

/** Which message the answer quotes. */
export function ReplyingTo({ message, onCancel }: ReplyingToProps) {
  const { t } = useTranslation();
  return (
    <div className="replying">
      <div className="quote">
        <strong>{t("thread.replyTo", { name: message.sender_name })}</strong>
        <span>{previewOf(message, t)}</span>
      </div>
      <button type="button" aria-label={t("composer.cancelReply")} onClick={onCancel}>
        <IconX size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
