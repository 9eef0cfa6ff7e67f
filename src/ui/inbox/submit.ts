import type { Message } from "../../contract/entities.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import type { Desk } from "../desk.ts";
import type { SendBody } from "../pending.ts";
import { changeDraft, type Draft, emptyDraft } from "./drafts.ts";

interface SubmitOptions {
  readonly draft: Draft;
  /** What was on the screen, in order. */
  readonly messages: readonly Message[];
}

/**
 * Hands a draft over to be sent and empties it. WhatsApp carries one file a message: the words go with the first, the
 * others follow.
 */
export function submitDraft(desk: Desk, id: ConversationId, { draft, messages }: SubmitOptions): void {
  const files = draft.files.flatMap(({ upload }) => (upload.at === "ready" ? [upload.attachment] : []));
  const seen = seenOf(messages);
  const common = {
    ...(draft.replyTo && { reply_to: draft.replyTo.id }),
    ...(seen !== undefined && !draft.note && { seen_message_id: seen }),
  };
  const text = draft.text.trim();
  const bodies: Omit<SendBody, "client_id">[] = files.map((file, index) => ({
    message_type: draft.note ? "note" : "text",
    content: index === 0 ? text : "",
    attachment_ids: [file.id],
    ...(index === 0 && common),
  }));
  if (files.length === 0)
    bodies.push({ message_type: draft.note ? "note" : "text", content: text, ...common });
  bodies.forEach((body, index) => {
    const file = files[index];
    desk.pending.add({
      conversation_id: id,
      created_at: new Date().toISOString(),
      body: { ...body, client_id: crypto.randomUUID() },
      attachments: file ? [file] : [],
    });
  });
  for (const { preview } of draft.files) if (preview) URL.revokeObjectURL(preview);
  changeDraft(id, { ...emptyDraft, note: draft.note });
}

/** The customer's last message that was on the screen. */
export function seenOf(messages: readonly Message[]): MessageId | undefined {
  return messages.findLast((message) => message.direction === "in")?.id;
}
