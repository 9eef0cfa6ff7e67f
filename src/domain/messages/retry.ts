import type { Caller } from "../../auth/caller.ts";
import type { Message } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { enqueue } from "../outbox/enqueue.ts";
import { readLastClaim, resetMessage } from "./change-store.ts";
import { capabilitiesOf } from "./channel-of.ts";
import { attendMessage, requireMessage } from "./see.ts";
import { requireWindow } from "./send-checks.ts";
import type { MessageRow } from "./store.ts";

/** So long a status may still come for a request without an answer (channels.md, "Outbox"); milliseconds. */
const settleTime = 60_000;

/**
 * Sends a message again that failed, or of which nobody knows after 60 s whether it left.
 * Throws `forbidden`, `not_found`, `window_closed`, `conflict` with `reason` `not_failed` | `not_settled` (and
 * `retry_after` seconds) | `channel_deleted`.
 */
export async function retryMessage(
  context: Context,
  caller: Caller,
  ids: { readonly conversationId: ConversationId; readonly messageId: MessageId },
): Promise<Message> {
  const at = context.clock.now();
  const outboxId = newId();
  return context.sql.transaction(async (tx) => {
    const { conversation, message } = await attendMessage(tx, caller, ids);
    await requireRetryable(tx, { companyId: caller.companyId, message, at });
    const channel = await capabilitiesOf(tx, conversation);
    requireWindow(conversation, { kind: message.message_type, channel, at });
    await resetMessage(tx, caller.companyId, message.id);
    await enqueue(tx, {
      id: outboxId,
      companyId: caller.companyId,
      channelId: conversation.channel_id,
      conversationId: conversation.id,
      contactId: conversation.contact_id,
      messageId: message.id,
      payload: { kind: "message" },
      dueAt: at,
      at,
    });
    const data = { message_id: message.id, conversation_id: conversation.id };
    await append(tx, caller.companyId, { type: "message.status", data: { ...data, status: "pending" }, at });
    // The error is gone too, and a status says nothing of that.
    await append(tx, caller.companyId, { type: "message.updated", data: { ...data, change: "error" }, at });
    return requireMessage(tx, caller.companyId, message.id);
  });
}

async function requireRetryable(
  tx: Tx,
  of: { readonly companyId: Caller["companyId"]; readonly message: MessageRow; readonly at: number },
): Promise<void> {
  const { companyId, message, at } = of;
  const ours = message.direction === "out" && message.deleted_at === null;
  if (ours && message.status === "failed") return;
  if (!ours || message.status !== "unknown") throw new Refusal("conflict", { reason: "not_failed" });
  const settlesAt = ((await readLastClaim(tx, companyId, message.id)) ?? message.created_at) + settleTime;
  if (at >= settlesAt) return;
  throw new Refusal("conflict", { reason: "not_settled", retry_after: Math.ceil((settlesAt - at) / 1000) });
}
