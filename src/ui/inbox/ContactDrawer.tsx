import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import { ContactDetails } from "./ContactDetails.tsx";

interface ContactDrawerProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** The contact over the thread. */
export function ContactDrawer({ conversation, onClose }: ContactDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={360}
      padding={0}
      title={t("contact.title")}
      classNames={{ header: "drawer-head" }}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <ContactDetails conversation={conversation} />
    </Drawer>
  );
}
