import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconPlugConnectedX,
  IconQrcode,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ChannelStatus } from "../../../contract/entities.ts";

const looks: Readonly<Record<ChannelStatus, { readonly Icon: TablerIcon; readonly tone: string }>> = {
  connected: { Icon: IconCircleCheck, tone: "ok" },
  connecting: { Icon: IconCircleDashed, tone: "plain" },
  qr: { Icon: IconQrcode, tone: "warn" },
  degraded: { Icon: IconAlertTriangle, tone: "warn" },
  disconnected: { Icon: IconPlugConnectedX, tone: "plain" },
  error: { Icon: IconAlertTriangle, tone: "bad" },
};

/** A channel's state as colour, icon and word. */
export function StatusPill({ status }: { readonly status: ChannelStatus }) {
  const { t } = useTranslation("channels");
  const { Icon, tone } = looks[status];
  return (
    <span className="pill" data-tone={tone}>
      <Icon size={16} aria-hidden="true" />
      {t(`status.${status}`)}
    </span>
  );
}
