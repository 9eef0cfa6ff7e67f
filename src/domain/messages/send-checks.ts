/** What must hold before a message is written. */
import type { Caller } from "../../auth/caller.ts";
import type { Message } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { MessageId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import type { ConversationRow } from "../conversations/store.ts";
import { invalidField } from "../invalid-field.ts";
import type { Capabilities } from "./capabilities.ts";
import { requireMessage } from "./see.ts";
import type { SendInput } from "./send-body.ts";
import { findByClientId, findNewerFromContact, findPosition } from "./send-store.ts";
import { completeMessages } from "./store.ts";

/** The message that the same `clientId` made before; undefined when it is new. Throws `idempotency_conflict`. */
export async function answerBefore(
  tx: Read,
  conversation: ConversationRow,
  { caller, input }: { readonly caller: Caller; readonly input: SendInput },
): Promise<Message | undefined> {
  if (input.clientId === null) return undefined;
  const before = await findByClientId(tx, conversation.id, {
    senderId: caller.userId,
    clientId: input.clientId,
  });
  if (!before) return undefined;
  if (before.client_hash !== input.hash) {
    throw new Refusal("idempotency_conflict", { client_id: input.clientId });
  }
  return requireMessage(tx, caller.companyId, before.id);
}

/** Newer messages that a refusal shows. */
const shown = 20;

/** Throws `stale_reply` with what the contact wrote since `seenMessageId`, unless the sender insists. */
export async function requireSeen(
  tx: Read,
  conversation: ConversationRow,
  { seenMessageId, force }: Pick<SendInput, "seenMessageId" | "force">,
): Promise<void> {
  if (seenMessageId === null || force) return;
  const seen = await findPosition(tx, conversation.id, seenMessageId);
  if (seen === undefined) throw invalidField("seen_message_id", "names one that does not exist");
  const rows = await findNewerFromContact(tx, conversation.id, { position: seen, limit: shown });
  if (rows.length === 0) return;
  throw new Refusal("stale_reply", { messages: await completeMessages(tx, conversation.company_id, rows) });
}

/** Throws `window_closed` where only a template may go at `at` (milliseconds; channels.md, "24 h window"). */
export function requireWindow(
  { window_expires_at }: ConversationRow,
  sending: { readonly kind: string; readonly channel: Capabilities; readonly at: number },
): void {
  if (!sending.channel.window || sending.kind === "template") return;
  if (window_expires_at === null || window_expires_at <= sending.at) throw new Refusal("window_closed");
}

/** Throws `invalid_request` where the quoted message is not of this conversation. */
export async function requireReplyTarget(
  tx: Read,
  conversation: ConversationRow,
  replyTo: MessageId | null,
): Promise<void> {
  if (replyTo === null) return;
  if ((await findPosition(tx, conversation.id, replyTo)) === undefined) {
    throw invalidField("reply_to", "names one that does not exist");
  }
}
