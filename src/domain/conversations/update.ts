import type { Caller } from "../../auth/caller.ts";
import type { Conversation, ConversationStatus, Priority } from "../../contract/entities.ts";
import type { ConversationId, LabelId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { changeConversation, type ConversationPatch } from "./change.ts";
import { requireOne } from "./get.ts";
import { requireLabels } from "./named.ts";
import { attendConversation } from "./see.ts";
import { isOpen, statusByHand } from "./status.ts";
import type { ConversationRow } from "./store.ts";
import { readLabelIds, replaceLabels } from "./write-store.ts";

export interface ConversationFields {
  readonly status?: ConversationStatus | undefined;
  readonly priority?: Priority | undefined;
  readonly subject?: string | undefined;
  readonly description?: string | undefined;
  readonly labels?: readonly LabelId[] | undefined;
  /** Milliseconds, in the future; null wakes it. */
  readonly snoozedUntil?: number | null | undefined;
}

/**
 * Changes what is given and leaves the rest. A status that opens a finished conversation reopens it, to whoever has it.
 * Throws `forbidden`, `not_found`, `invalid_request`, `conversation_open`.
 */
export async function updateConversation(
  context: Context,
  caller: Caller,
  input: ConversationFields & { readonly id: ConversationId },
): Promise<Conversation> {
  const at = context.clock.now();
  if (typeof input.snoozedUntil === "number" && input.snoozedUntil <= at) {
    throw invalidField("snoozed_until", "must be in the future");
  }
  return context.sql.transaction(async (tx) => {
    const before = await attendConversation(tx, caller, input.id);
    const patch = patchOf(before, input);
    const relabelled = input.labels !== undefined && (await relabel(tx, before, input.labels));
    const alsoChanged = relabelled ? (["labels"] as const) : [];
    const after = await changeConversation(tx, before, { patch, by: caller.userId, at, alsoChanged });
    return requireOne(tx, caller.companyId, after);
  });
}

function patchOf(before: ConversationRow, input: ConversationFields): ConversationPatch {
  const status = input.status === undefined ? before.status : statusByHand(input.status, before.assignee_id);
  if (typeof input.snoozedUntil === "number" && !isOpen(status)) {
    throw invalidField("snoozed_until", "a finished conversation can't sleep");
  }
  return {
    status,
    priority: input.priority ?? before.priority,
    subject: input.subject ?? before.subject,
    description: input.description ?? before.description,
    snoozed_until: input.snoozedUntil === undefined ? before.snoozed_until : input.snoozedUntil,
  };
}

/** Whether the labels are others now. Throws `invalid_request`. */
async function relabel(tx: Tx, row: ConversationRow, wanted: readonly LabelId[]): Promise<boolean> {
  const labels = await requireLabels(tx, row.company_id, wanted);
  const now = new Set(await readLabelIds(tx, row.id));
  if (now.symmetricDifference(new Set(labels)).size === 0) return false;
  await replaceLabels(tx, row.id, labels);
  return true;
}
