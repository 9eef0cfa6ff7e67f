import { useCallback, useMemo } from "react";

import type { Attachment, Message } from "../../contract/entities.ts";
import type { ConversationId } from "../../contract/ids.ts";
import type { Api } from "../api.ts";
import { useDesk, usePart } from "../hooks.ts";
import { i18n } from "../i18n/setup.ts";
import { toast } from "../kit/toasts.ts";
import { changeDraft, changeFile, type Draft, draftOf, drafts } from "./drafts.ts";

export interface DraftControl {
  readonly value: Draft;
  readonly change: (change: Partial<Draft>) => void;
  /** Adds files and begins to upload them. */
  readonly addFiles: (files: readonly File[]) => void;
  readonly replyTo: (message: Message) => void;
}

/** WhatsApp takes documents up to 100 MB; the server says what else does not fit when it is sent. */
const LARGEST_MB = 100;
const MOST_FILES = 10;
/** A menu gives the focus back to its button a moment after it closes; this is after that, in milliseconds. */
const MENU_CLOSES = 60;

/** What is being written in a conversation, and the ways to change it. */
export function useDraft(id: ConversationId): DraftControl {
  const { api } = useDesk();
  const value = usePart(drafts, () => draftOf(id));
  const change = useCallback((part: Partial<Draft>) => changeDraft(id, part), [id]);
  const addFiles = useCallback((files: readonly File[]) => add(api, id, files), [api, id]);
  const replyTo = useCallback(
    (message: Message) => {
      changeDraft(id, { replyTo: message, note: false });
      setTimeout(() => document.querySelector<HTMLElement>("#composer-text")?.focus(), MENU_CLOSES);
    },
    [id],
  );
  return useMemo(() => ({ value, change, addFiles, replyTo }), [value, change, addFiles, replyTo]);
}

function add(api: Api, id: ConversationId, files: readonly File[]): void {
  const room = MOST_FILES - draftOf(id).files.length;
  for (const file of files.slice(0, room)) {
    if (file.size > LARGEST_MB * 1024 * 1024) {
      toast({ tone: "bad", text: i18n.t("composer.tooBig", { name: file.name, max: LARGEST_MB }) });
      continue;
    }
    const key = crypto.randomUUID();
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
    const upload = { at: "uploading", part: 0 } as const;
    changeDraft(id, { files: [...draftOf(id).files, { key, file, preview, upload }] });
    void send(api, id, { key, file });
  }
}

async function send(
  api: Api,
  id: ConversationId,
  { key, file }: { readonly key: string; readonly file: File },
): Promise<void> {
  try {
    const attachment = await api.upload<Attachment>("/attachments", file, (part) =>
      changeFile(id, key, { at: "uploading", part }),
    );
    changeFile(id, key, { at: "ready", attachment });
  } catch (error) {
    changeFile(id, key, { at: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}
