import type { CompanyId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { changeConversation } from "../conversations/change.ts";
import { readConversationRow } from "../conversations/store.ts";
import { emptyMessage, findShown } from "./change-store.ts";
import {
  type Changeable,
  dropAgentReactions,
  readChangeable,
  readReaction,
  writeEdit,
  writeQuote,
  writeReaction,
} from "./inbound-change-store.ts";
import type { MessageChange } from "./message-change.ts";
import { preview } from "./preview.ts";
import { writeStatus } from "./write-status.ts";

export interface Target {
  readonly companyId: CompanyId;
  readonly messageId: MessageId;
  /** When we heard of it, milliseconds. */
  readonly at: number;
}
type Change<Kind extends MessageChange["kind"]> = Extract<MessageChange, { readonly kind: Kind }>;

/** Applies one change from the provider to a message of ours, with its events. The same one again changes nothing. */
export async function applyChange(tx: Tx, target: Target, change: MessageChange): Promise<void> {
  switch (change.kind) {
    case "status": {
      const { status, error } = change;
      // What the provider refused after it took the message may be tried again by an agent.
      await writeStatus(tx, { ...target, status, error: error && { ...error, retryable: true } });
      return;
    }
    case "edit":
      return edit(tx, target, change);
    case "revoke":
      return revoke(tx, target, change);
    case "reaction":
      return react(tx, target, change);
    case "quote":
      return quote(tx, target, change);
  }
}

/** The newest edit wins, and none brings a revoked message back. */
async function edit(tx: Tx, target: Target, { text, at }: Change<"edit">): Promise<void> {
  const message = await readChangeable(tx, target.companyId, target.messageId);
  if (!message || message.deleted_at !== null || (message.edited_at ?? 0) >= at) return;
  await writeEdit(tx, target.companyId, { id: message.id, content: text, at });
  await tellUpdated(tx, target, { message, change: "edit" });
  await refreshLast(tx, target, { message, content: text });
}

async function revoke(tx: Tx, target: Target, { at }: Change<"revoke">): Promise<void> {
  const message = await readChangeable(tx, target.companyId, target.messageId);
  if (!message || message.deleted_at !== null) return;
  await emptyMessage(tx, target.companyId, { id: message.id, at });
  await append(tx, target.companyId, {
    type: "message.deleted",
    data: { message_id: message.id, conversation_id: message.conversation_id },
    at: target.at,
  });
  await refreshLast(tx, target, { message, content: null });
}

/** One reaction per side. The newest wins: the order in which webhooks come is no order. */
async function react(tx: Tx, target: Target, { emoji, by, at }: Change<"reaction">): Promise<void> {
  const message = await readChangeable(tx, target.companyId, target.messageId);
  if (!message || message.deleted_at !== null) return;
  const sender =
    by === "contact"
      ? ({ senderType: "contact", senderId: message.contact_id } as const)
      : ({ senderType: "agent", senderId: "" } as const);
  const of = { messageId: message.id, ...sender };
  const was = await readReaction(tx, of);
  if (was && was.created_at > at) return;
  if (by === "business") await dropAgentReactions(tx, message.id);
  await writeReaction(tx, { ...of, emoji: emoji ?? "", at });
  if ((was?.emoji ?? "") !== (emoji ?? "")) await tellUpdated(tx, target, { message, change: "reaction" });
}

async function quote(tx: Tx, target: Target, { messageId }: Change<"quote">): Promise<void> {
  const quoting = await writeQuote(tx, target.companyId, { id: messageId, quotedId: target.messageId });
  if (!quoting) return;
  const message = { id: messageId, conversation_id: quoting.conversation_id };
  await tellUpdated(tx, target, { message, change: "edit" });
}

async function tellUpdated(
  tx: Tx,
  { companyId, at }: Target,
  told: {
    readonly message: Pick<Changeable, "id" | "conversation_id">;
    readonly change: "edit" | "reaction";
  },
): Promise<void> {
  const { id, conversation_id } = told.message;
  await append(tx, companyId, {
    type: "message.updated",
    data: { message_id: id, conversation_id, change: told.change },
    at,
  });
}

/** What lists show of the conversation, where the changed message is the newest. `content` null: it was revoked. */
async function refreshLast(
  tx: Tx,
  { companyId, at }: Target,
  { message, content }: { readonly message: Changeable; readonly content: string | null },
): Promise<void> {
  const newest = await findShown(tx, message.conversation_id);
  if (newest?.id !== message.id) return;
  const conversation = await readConversationRow(tx, companyId, message.conversation_id);
  if (!conversation) return;
  const last_message = content === null ? "" : preview(message.message_type, content);
  await changeConversation(tx, conversation, { patch: { last_message }, by: null, at });
}
