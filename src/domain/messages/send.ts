import type { Caller } from "../../auth/caller.ts";
import type { Message, MessageType } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { type AttachmentRow, attachToMessage, findUploads } from "../attachments/store.ts";
import type { Context } from "../context.ts";
import { changeConversation, type ConversationPatch } from "../conversations/change.ts";
import { attendConversation } from "../conversations/see.ts";
import { statusAfterReply } from "../conversations/status.ts";
import type { ConversationRow } from "../conversations/store.ts";
import { invalidField } from "../invalid-field.ts";
import { enqueue } from "../outbox/enqueue.ts";
import type { Capabilities } from "./capabilities.ts";
import { capabilitiesOf } from "./channel-of.ts";
import { mediaTypeFor } from "./media-type.ts";
import { nextPosition } from "./position.ts";
import { preview } from "./preview.ts";
import { requireMessage } from "./see.ts";
import type { SendInput } from "./send-body.ts";
import { answerBefore, requireReplyTarget, requireSeen, requireWindow } from "./send-checks.ts";
import { insertMessage } from "./store.ts";

interface Draft {
  readonly id: MessageId;
  readonly outboxId: string;
  readonly at: number;
  readonly caller: Caller;
  readonly input: SendInput;
}

/**
 * Writes a message and puts it into the outbox, or leaves a note, which nobody outside ever sees. The answer's status is
 * `pending` (or `scheduled`); the delivery happens behind it. The same `clientId` again gives the same message.
 * Throws `forbidden`, `not_found`, `invalid_request`, `idempotency_conflict`, `stale_reply`, `window_closed`,
 * `not_supported`, `conversation_open`, `conflict` where the channel is gone.
 */
export async function sendMessage(
  context: Context,
  caller: Caller,
  { conversationId, ...input }: SendInput & { readonly conversationId: ConversationId },
): Promise<Message> {
  const at = context.clock.now();
  if (input.sendAt !== null && input.sendAt <= at) throw invalidField("send_at", "must be in the future");
  const draft: Draft = { id: newId<MessageId>(), outboxId: newId(), at, caller, input };
  return context.sql.transaction(async (tx) => {
    const conversation = await attendConversation(tx, caller, conversationId);
    const before = await answerBefore(tx, conversation, { caller, input });
    if (before) return before;
    if (input.kind === "note") await leaveNote(tx, conversation, draft);
    else await writeMessage(tx, conversation, draft);
    return requireMessage(tx, caller.companyId, draft.id);
  });
}

async function leaveNote(tx: Tx, conversation: ConversationRow, draft: Draft): Promise<void> {
  const files = await uploadsOf(tx, draft);
  if (draft.input.sendAt !== null) throw invalidField("send_at", "a note can't be scheduled");
  const position = await insertDraft(tx, conversation, { draft, type: "note", files });
  const patch = { last_position: position };
  await changeConversation(tx, conversation, { patch, by: draft.caller.userId, at: draft.at });
}

async function writeMessage(tx: Tx, conversation: ConversationRow, draft: Draft): Promise<void> {
  const { input, at } = draft;
  const channel = await capabilitiesOf(tx, conversation);
  await requireSeen(tx, conversation, input);
  requireWindow(conversation, { kind: input.kind, channel, at: input.sendAt ?? at });
  const files = await uploadsOf(tx, draft);
  const type = typeOf(input, { files, channel });
  const position = await insertDraft(tx, conversation, { draft, type, files });
  await enqueue(tx, {
    id: draft.outboxId,
    companyId: conversation.company_id,
    channelId: conversation.channel_id,
    conversationId: conversation.id,
    contactId: conversation.contact_id,
    messageId: draft.id,
    payload: { kind: "message" },
    dueAt: input.sendAt ?? at,
    at,
  });
  const patch: ConversationPatch =
    input.sendAt === null
      ? replyPatch(conversation, { position, at, preview: preview(type, input.text, files[0]?.name) })
      : { last_position: position };
  await changeConversation(tx, conversation, { patch, by: draft.caller.userId, at });
}

/** What an agent's reply makes of a conversation: it waits for the contact, and stands on top of the list. */
function replyPatch(
  { status }: ConversationRow,
  reply: { readonly position: number; readonly at: number; readonly preview: string },
): ConversationPatch {
  return {
    last_position: reply.position,
    last_message: reply.preview,
    last_message_at: reply.at,
    activity_at: reply.at,
    status: statusAfterReply(status),
  };
}

function typeOf(
  input: SendInput,
  { files, channel }: { readonly files: readonly AttachmentRow[]; readonly channel: Capabilities },
): MessageType {
  if (input.kind !== "media") {
    if (files.length > 0) throw invalidField("attachment_ids", `can't go with a ${input.kind}`);
    return input.kind;
  }
  const [file, second] = files;
  if (!file || second) throw new Refusal("not_supported", { reason: "one_file_per_message" });
  if (input.text.length > channel.maxCaption) {
    throw invalidField("content", `must have at most ${channel.maxCaption} characters beside a file`);
  }
  return mediaTypeFor(file, input.mediaType, channel);
}

/** The caller's own uploads that no message has yet. Throws `invalid_request`. */
async function uploadsOf(tx: Tx, { caller, input }: Draft): Promise<readonly AttachmentRow[]> {
  const ids = input.attachmentIds;
  if (ids.length === 0) return [];
  const files = await findUploads(tx, caller.companyId, { uploadedBy: caller.userId, ids });
  if (files.length !== ids.length) throw invalidField("attachment_ids", "names one that does not exist");
  return files;
}

/** Writes the row, hands it its files and tells of it; returns its position. */
async function insertDraft(
  tx: Tx,
  conversation: ConversationRow,
  row: { readonly draft: Draft; readonly type: MessageType; readonly files: readonly AttachmentRow[] },
): Promise<number> {
  const { id, at, caller, input } = row.draft;
  await requireReplyTarget(tx, conversation, input.replyTo);
  const position = nextPosition(conversation.last_position, at);
  await insertMessage(tx, {
    id,
    companyId: conversation.company_id,
    conversationId: conversation.id,
    channelId: conversation.channel_id,
    senderType: "agent",
    senderId: caller.userId,
    senderName: caller.name,
    direction: "out",
    messageType: row.type,
    content: input.text,
    metadata: input.metadata,
    status: statusOf(row.type, input),
    position,
    createdAt: at,
    replyTo: input.replyTo,
    clientId: input.clientId,
    clientHash: input.clientId === null ? null : input.hash,
    sendAt: input.sendAt,
  });
  if (row.files.length > 0) {
    const ids = row.files.map((file) => file.id);
    await attachToMessage(tx, caller.companyId, { messageId: id, uploadedBy: caller.userId, ids });
  }
  const data = { message_id: id, conversation_id: conversation.id };
  await append(tx, conversation.company_id, { type: "message.created", data, at });
  return position;
}

function statusOf(type: MessageType, { sendAt }: SendInput): "sent" | "scheduled" | "pending" {
  if (type === "note") return "sent";
  return sendAt === null ? "pending" : "scheduled";
}
