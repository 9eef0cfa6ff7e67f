import { Button } from "@mantine/core";
import { IconBrandWhatsapp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { dateTime } from "../../kit/format.ts";
import { isLoopback } from "../channels/reach.ts";
import { CopyField } from "../parts/CopyField.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Notice } from "../parts/Notice.tsx";
import type { Link } from "./invitation.ts";

interface LinkDialogProps {
  readonly kind: "invitation" | "password";
  /** Of whom it is for. */
  readonly name: string;
  readonly link: Link;
  readonly onClose: () => void;
}

/** A link that is shown this once, with the ways to send it. */
export function LinkDialog({ kind, name, link: { link, expires_at }, onClose }: LinkDialogProps) {
  const { t, i18n } = useTranslation("settings");
  const time = dateTime(expires_at, i18n.language);
  const invited = kind === "invitation";
  const message = t(invited ? "users.inviteMessage" : "users.passwordMessage", { link });
  return (
    <Dialog title={t(invited ? "users.linkTitle" : "users.passwordTitle")} onClose={onClose}>
      <div className="form">
        <p>{t(invited ? "users.linkText" : "users.passwordText", { name, time })}</p>
        <CopyField label={t("users.link")} value={link} />
        {isLoopback(link) && (
          <Notice tone="warn" title={t("users.loopback")}>
            {t("users.loopbackText")}
          </Notice>
        )}
        <p className="form-hint">{t("users.linkOnce")}</p>
        <footer className="dialog-foot">
          <Button
            component="a"
            variant="default"
            leftSection={<IconBrandWhatsapp size={18} />}
            href={`https://wa.me/?text=${encodeURIComponent(message)}`}
            target="_blank"
            rel="noreferrer"
          >
            {t("users.sendWhatsapp")}
          </Button>
          <span className="dialog-space" />
          <Button onClick={onClose}>{t("users.done")}</Button>
        </footer>
      </div>
    </Dialog>
  );
}
