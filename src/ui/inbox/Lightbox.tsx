import { Modal } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Attachment } from "../../contract/entities.ts";

interface LightboxProps {
  readonly attachment: Attachment;
  readonly url: string;
  readonly onClose: () => void;
}

/** A picture as large as the screen allows. */
export function Lightbox({ attachment, url, onClose }: LightboxProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={attachment.name}
      className="lightbox"
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <img src={url} alt={attachment.name} />
      <a href={url} download={attachment.name} className="lightbox-download">
        <IconDownload size={18} aria-hidden="true" />
        {t("thread.download", { name: attachment.name })}
      </a>
    </Modal>
  );
}
