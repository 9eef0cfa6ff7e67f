import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { MessageStatus } from "../../contract/entities.ts";

/** How far an own message got: clock, one tick, two, two coloured; as WhatsApp shows it. */
export function Ticks({ status }: { readonly status: MessageStatus | "queued" }) {
  const { t } = useTranslation();
  const label = t(`status.${status}`);
  return (
    <span className="ticks" data-status={status} role="img" aria-label={label} title={label}>
      <Mark status={status} />
    </span>
  );
}

function Mark({ status }: { readonly status: MessageStatus | "queued" }) {
  switch (status) {
    case "queued":
    case "scheduled":
    case "pending":
      return <IconClock size={14} stroke={2} aria-hidden="true" />;
    case "sent":
      return <IconCheck size={16} stroke={2} aria-hidden="true" />;
    case "delivered":
    case "read":
    case "played":
      return <IconChecks size={16} stroke={2} aria-hidden="true" />;
    case "failed":
      return <IconAlertCircle size={15} stroke={2} aria-hidden="true" />;
    case "unknown":
      return <IconHelpCircle size={15} stroke={2} aria-hidden="true" />;
  }
}
