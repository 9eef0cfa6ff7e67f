import { IconFile, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ConversationId } from "../../contract/ids.ts";
import { bytes } from "../kit/format.ts";
import { type DraftFile, dropFile } from "./drafts.ts";

interface ComposerFilesProps {
  readonly conversationId: ConversationId;
  readonly files: readonly DraftFile[];
}

/** Files that go with the next message, with how far they are. */
export function ComposerFiles({ conversationId, files }: ComposerFilesProps) {
  if (files.length === 0) return null;
  return (
    <ul className="draft-files">
      {files.map((file) => (
        <OneFile key={file.key} file={file} onDrop={() => dropFile(conversationId, file.key)} />
      ))}
    </ul>
  );
}

function OneFile({ file, onDrop }: { readonly file: DraftFile; readonly onDrop: () => void }) {
  const { t, i18n } = useTranslation();
  const { upload, preview } = file;
  const { name, size } = file.file;
  const percent = upload.at === "uploading" ? Math.round(upload.part * 100) : 100;
  return (
    <li className="draft-file" data-state={upload.at}>
      {preview ? (
        <img src={preview} alt="" width={44} height={44} />
      ) : (
        <IconFile size={24} aria-hidden="true" />
      )}
      <span className="file-words">
        <span className="file-name">{name}</span>
        <small role="status">
          {upload.at === "uploading" && t("composer.uploading", { name: "", percent }).trim()}
          {upload.at === "ready" && bytes(size, i18n.language)}
          {upload.at === "failed" && upload.reason}
        </small>
      </span>
      <button type="button" aria-label={t("composer.removeFile", { name })} onClick={onDrop}>
        <IconX size={16} aria-hidden="true" />
      </button>
      {upload.at === "uploading" && <span className="draft-progress" style={{ "--part": `${percent}%` }} />}
    </li>
  );
}
