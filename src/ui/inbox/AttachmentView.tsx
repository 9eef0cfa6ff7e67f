import { IconDownload, IconFile, IconFileTypePdf, IconLoader2, IconPhotoOff } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Attachment, MessageType } from "../../contract/entities.ts";
import { bytes } from "../kit/format.ts";
import { AudioPlayer } from "./AudioPlayer.tsx";

const Lightbox = lazy(async () => ({ default: (await import("./Lightbox.tsx")).Lightbox }));

interface AttachmentViewProps {
  readonly attachment: Attachment;
  readonly type: MessageType;
}

/** Pixels that a picture may take in a thread. */
const WIDEST = 320;
const TALLEST = 360;

/** A file of a message. Pictures keep their place from before they are there. */
export function AttachmentView({ attachment, type }: AttachmentViewProps) {
  const { mime_type: mime, url } = attachment;
  if (url === null) return <NotThere attachment={attachment} />;
  if (mime.startsWith("image/") && type !== "document") {
    return <Picture attachment={attachment} url={url} sticker={type === "sticker"} />;
  }
  if (mime.startsWith("audio/")) return <AudioPlayer url={url} duration={attachment.duration} />;
  if (mime.startsWith("video/")) {
    const { width, height } = boxOf(attachment);
    return (
      // What customers send comes without subtitles.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      <video
        className="picture"
        src={url}
        controls
        preload="metadata"
        width={width}
        height={height}
        style={{ aspectRatio: `${width} / ${height}` }}
        {...(attachment.thumbnail_url && { poster: attachment.thumbnail_url })}
      />
    );
  }
  return <File attachment={attachment} url={url} />;
}

interface PictureProps {
  readonly attachment: Attachment;
  readonly url: string;
  readonly sticker: boolean;
}

function Picture({ attachment, url, sticker }: PictureProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const box = sticker ? { width: 144, height: 144 } : boxOf(attachment);
  const picture = (
    <img
      className="picture"
      src={sticker ? url : (attachment.thumbnail_url ?? url)}
      alt={attachment.name}
      loading="lazy"
      decoding="async"
      {...box}
      style={{ aspectRatio: `${box.width} / ${box.height}` }}
    />
  );
  if (sticker) return picture;
  return (
    <>
      <button
        type="button"
        className="picture-button"
        aria-label={t("thread.openImage")}
        onClick={() => setOpen(true)}
      >
        {picture}
      </button>
      {open && (
        <Suspense fallback={null}>
          <Lightbox attachment={attachment} url={url} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function File({ attachment, url }: { readonly attachment: Attachment; readonly url: string }) {
  const { t, i18n } = useTranslation();
  const Icon = attachment.mime_type === "application/pdf" ? IconFileTypePdf : IconFile;
  return (
    <a
      className="file"
      href={url}
      download={attachment.name}
      title={t("thread.download", { name: attachment.name })}
    >
      <span className="file-icon">
        <Icon size={22} stroke={1.6} aria-hidden="true" />
      </span>
      <span className="file-words">
        <span className="file-name">{attachment.name}</span>
        <small>{bytes(attachment.size, i18n.language)}</small>
      </span>
      <IconDownload size={18} aria-hidden="true" />
    </a>
  );
}

/** Bytes still with the provider, or gone for good. */
function NotThere({ attachment }: { readonly attachment: Attachment }) {
  const { t } = useTranslation();
  const coming = attachment.size === 0;
  return (
    <span className="file" data-missing="true">
      <span className="file-icon">
        {coming ? (
          <IconLoader2 size={22} className="turning" aria-hidden="true" />
        ) : (
          <IconPhotoOff size={22} aria-hidden="true" />
        )}
      </span>
      <span className="file-words">
        <span className="file-name">{attachment.name}</span>
        <small>{t(coming ? "thread.fetching" : "thread.mediaGone")}</small>
      </span>
    </span>
  );
}

function boxOf({ width, height }: Attachment): { readonly width: number; readonly height: number } {
  const [w, h] = [width ?? 4, height ?? 3];
  const scale = Math.min(WIDEST / w, TALLEST / h);
  return { width: Math.round(w * scale), height: Math.round(h * scale) };
}
