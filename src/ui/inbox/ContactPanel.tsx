import { IconX } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import type { ConversationId } from "../../contract/ids.ts";
import { useStore } from "../hooks.ts";
import { IconButton } from "../kit/IconButton.tsx";
import { ContactDetails } from "./ContactDetails.tsx";

const ContactDrawer = lazy(async () => ({ default: (await import("./ContactDrawer.tsx")).ContactDrawer }));

interface ContactPanelProps {
  readonly id: ConversationId;
  readonly asDrawer: boolean;
  readonly onClose: () => void;
}

/** Who writes: beside the thread where there is room, else over it. */
export function ContactPanel({ id, asDrawer, onClose }: ContactPanelProps) {
  const { t } = useTranslation();
  const conversation = useStore((state) => state.conversations.get(id));
  if (!conversation) return null;
  if (asDrawer) {
    return (
      <Suspense fallback={null}>
        <ContactDrawer conversation={conversation} onClose={onClose} />
      </Suspense>
    );
  }
  return (
    <aside className="panel" aria-label={t("contact.title")}>
      <header className="panel-head">
        <h2>{t("contact.title")}</h2>
        <IconButton label={t("app.close")} onClick={onClose}>
          <IconX size={18} aria-hidden="true" />
        </IconButton>
      </header>
      <ContactDetails conversation={conversation} />
    </aside>
  );
}
