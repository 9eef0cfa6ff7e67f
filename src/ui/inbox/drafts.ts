/** What is being written in each conversation. The words outlive the page; files that were not sent do not. */
import type { Attachment, Message } from "../../contract/entities.ts";
import type { ConversationId, UserId } from "../../contract/ids.ts";
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

const owner = "balcao:drafts-of";
const prefix = "balcao:draft:";
const keyOf = (id: ConversationId) => `${prefix}${id}`;

/** Drafts of an earlier page that nobody has touched since. */
const restored = new Map<ConversationId, Draft>();

/** Drafts that were touched in this page. */
export const drafts = new Observable<ReadonlyMap<ConversationId, Draft>>(new Map());

/** Makes the drafts this user's: what somebody else left in this browser is not his to read. */
export function claimDrafts(userId: UserId): void {
  if (localStorage.getItem(owner) === userId) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  localStorage.setItem(owner, userId);
  restored.clear();
  drafts.set(new Map());
}

export function draftOf(id: ConversationId): Draft {
  const held = drafts.value.get(id) ?? restored.get(id);
  if (held) return held;
  const kept = restore(id);
  if (!kept) return emptyDraft;
  // Kept, so that the same object is given while nothing changes.
  restored.set(id, kept);
  return kept;
}

export function changeDraft(id: ConversationId, change: Partial<Draft>): void {
  const next = { ...draftOf(id), ...change };
  drafts.set(new Map(drafts.value).set(id, next));
  const { text, note } = next;
  // What was meant for the team must not come back as an answer to the customer.
  if (text === "") localStorage.removeItem(keyOf(id));
  else localStorage.setItem(keyOf(id), JSON.stringify({ text, note }));
}

function restore(id: ConversationId): Draft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? "null") as Pick<Draft, "text" | "note"> | null;
    return kept ? { ...emptyDraft, text: kept.text, note: kept.note } : undefined;
  } catch {
    return undefined;
  }
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
