/** What is being written in each conversation. The words outlive the page; files that were not sent do not. */
import type { Attachment, Message } from "../../contract/entities.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { Observable } from "../observable.ts";

export type Upload =
  | { readonly at: "uploading"; readonly part: number }
  | { readonly at: "ready"; readonly attachment: Attachment }
  | { readonly at: "failed"; readonly reason: string };

export interface DraftFile {
  readonly key: string;
  readonly file: File;
  /** Shows a picture before it is anywhere else; released with the file. */
  readonly preview: string | null;
  readonly upload: Upload;
}

export interface Draft {
  readonly text: string;
  readonly note: boolean;
  readonly replyTo: Message | null;
  readonly files: readonly DraftFile[];
}

export const emptyDraft: Draft = { text: "", note: false, replyTo: null, files: [] };

const keyOf = (id: ConversationId) => `balcao:draft:${id}`;

/** Drafts of an earlier page that nobody has touched since. */
const restored = new Map<ConversationId, Draft>();

/** Drafts that were touched in this page. */
export const drafts = new Observable<ReadonlyMap<ConversationId, Draft>>(new Map());

export function draftOf(id: ConversationId): Draft {
  const held = drafts.value.get(id);
  if (held) return held;
  const text = localStorage.getItem(keyOf(id));
  if (text === null) return emptyDraft;
  // Kept, so that the same object is given while nothing changes.
  const draft = restored.get(id) ?? { ...emptyDraft, text };
  restored.set(id, draft);
  return draft;
}

export function changeDraft(id: ConversationId, change: Partial<Draft>): void {
  const next = { ...draftOf(id), ...change };
  drafts.set(new Map(drafts.value).set(id, next));
  if (change.text === undefined) return;
  if (change.text === "") localStorage.removeItem(keyOf(id));
  else localStorage.setItem(keyOf(id), change.text);
}

export function changeFile(id: ConversationId, key: string, upload: Upload): void {
  const files = draftOf(id).files.map((file) => (file.key === key ? { ...file, upload } : file));
  changeDraft(id, { files });
}

/** Takes a file out of the draft. */
export function dropFile(id: ConversationId, key: string): void {
  const { files } = draftOf(id);
  const preview = files.find((file) => file.key === key)?.preview;
  if (preview) URL.revokeObjectURL(preview);
  changeDraft(id, { files: files.filter((file) => file.key !== key) });
}
