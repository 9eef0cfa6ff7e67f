import type { Caller } from "../../auth/caller.ts";
import type { Message } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { enqueue } from "../outbox/enqueue.ts";
import { replaceReaction } from "./change-store.ts";
import { capabilitiesOf } from "./channel-of.ts";
import { attendMessage, internalTypes, requireMessage } from "./see.ts";
import { requireWindow } from "./send-checks.ts";

/**
 * Reacts to a message with one emoji, or ('') takes the reaction back. To the contact the business is one person, so
 * a colleague's reaction is replaced. Throws `forbidden`, `not_found`, `window_closed`, `not_supported` for what the
 * provider does not know (notes, what was not sent, what was deleted), `conflict` where the channel is gone.
 */
export async function reactToMessage(
  context: Context,
  caller: Caller,
  input: { readonly conversationId: ConversationId; readonly messageId: MessageId; readonly emoji: string },
): Promise<Message> {
  const at = context.clock.now();
  const outboxId = newId();
  return context.sql.transaction(async (tx) => {
    const { conversation, message } = await attendMessage(tx, caller, input);
    const unknown = message.external_id === null || message.deleted_at !== null;
    if (unknown || internalTypes.includes(message.message_type)) throw new Refusal("not_supported");
    requireWindow(conversation, { kind: "reaction", channel: await capabilitiesOf(tx, conversation), at });
    const reaction = { userId: caller.userId, emoji: input.emoji, at };
    if (await replaceReaction(tx, message.id, reaction)) {
      await enqueue(tx, {
        id: outboxId,
        companyId: caller.companyId,
        channelId: conversation.channel_id,
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        messageId: message.id,
        payload: { kind: "reaction", emoji: input.emoji },
        dueAt: at,
        at,
      });
      const data = { message_id: message.id, conversation_id: conversation.id, change: "reaction" } as const;
      await append(tx, caller.companyId, { type: "message.updated", data, at });
    }
    return requireMessage(tx, caller.companyId, message.id);
  });
}
