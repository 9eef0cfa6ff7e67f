import type { Caller } from "../../auth/caller.ts";
import type { Conversation } from "../../contract/entities.ts";
import type { ConversationId, MessageId, NotificationId, QueueId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { insertSystemMessage } from "../messages/system.ts";
import { notify } from "../notifications/notify.ts";
import { changeConversation } from "./change.ts";
import { requireOne } from "./get.ts";
import { requireAttendant, requireQueue } from "./named.ts";
import { readLocale } from "./people-store.ts";
import { attendConversation } from "./see.ts";
import { statusAfterAssign } from "./status.ts";
import type { ConversationRow } from "./store.ts";
import { words } from "./words.ts";

export interface TransferInput {
  readonly conversationId: ConversationId;
  readonly assigneeId?: UserId | undefined;
  readonly queueId?: QueueId | undefined;
  readonly reason?: string | undefined;
}

/**
 * Hands a conversation to a person, a queue, or a person in a queue; to a queue alone it goes without an assignee. The
 * thread says so, with the reason. Throws `forbidden`, `not_found`, `invalid_request`, `conversation_open`.
 */
export async function transfer(
  context: Context,
  caller: Caller,
  input: TransferInput,
): Promise<Conversation> {
  const { assigneeId, queueId } = input;
  if (assigneeId === undefined && queueId === undefined) {
    throw invalidField("assignee_id", "either assignee_id or queue_id is needed");
  }
  const at = context.clock.now();
  const ids = { messageId: newId<MessageId>(), notificationId: newId<NotificationId>() };
  return context.sql.transaction(async (tx) => {
    const before = await attendConversation(tx, caller, input.conversationId);
    const locale = await readLocale(tx, caller.companyId);
    const to = await nameTarget(tx, caller, input);
    const noted = await insertSystemMessage(tx, before, {
      id: ids.messageId,
      content: words[locale].transferred(caller.name, to, input.reason ?? null),
      metadata: {
        kind: "transfer",
        by: caller.userId,
        assignee_id: assigneeId ?? null,
        queue_id: queueId ?? null,
        reason: input.reason ?? null,
      },
      at,
    });
    const after = await changeConversation(tx, before, {
      patch: { ...noted, ...placeOf(before, input) },
      by: caller.userId,
      at,
      transfer: { messageId: ids.messageId },
    });
    if (assigneeId !== undefined && assigneeId !== caller.userId) {
      await notify(tx, caller.companyId, {
        id: ids.notificationId,
        userId: assigneeId,
        kind: "transferred",
        text: words[locale].transferredToYou(after.number, caller.name),
        data: { conversation_id: after.id },
        at,
      });
    }
    return requireOne(tx, caller.companyId, after);
  });
}

function placeOf(before: ConversationRow, { assigneeId, queueId }: TransferInput) {
  const assignee = assigneeId ?? null;
  return {
    queue_id: queueId ?? before.queue_id,
    assignee_id: assignee,
    status: statusAfterAssign(before.status, assignee),
  };
}

async function nameTarget(tx: Tx, caller: Caller, { assigneeId, queueId }: TransferInput): Promise<string> {
  const names: string[] = [];
  if (assigneeId !== undefined) names.push(await requireAttendant(tx, caller.companyId, assigneeId));
  if (queueId !== undefined) names.push(await requireQueue(tx, caller.companyId, queueId));
  return names.join(", ");
}
