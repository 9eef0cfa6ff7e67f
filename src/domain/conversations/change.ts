import type { Conversation } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { NewEvent, Placement } from "../../contract/events.ts";
import type { MessageId, UserId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { appendAll } from "../../events/append.ts";
import { contactMoved, standsOf } from "../contacts/stands.ts";
import { readOpen } from "./open-store.ts";
import { isOpen } from "./status.ts";
import type { ConversationRow } from "./store.ts";
import { activityColumns, saveActivity, saveConversation } from "./write-store.ts";

/** What an action may change in a conversation's row; instants in milliseconds. */
export type ConversationPatch = Partial<
  Omit<ConversationRow, "id" | "company_id" | "contact_id" | "channel_id">
>;

export interface Change {
  readonly patch: ConversationPatch;
  /** Null where it was not a person. */
  readonly by: UserId | null;
  /** Milliseconds. */
  readonly at: number;
  /** Set for a transfer: the system message that says why. */
  readonly transfer?: { readonly messageId: MessageId };
  /** Fields of the entity that the action changed elsewhere, such as its labels. */
  readonly alsoChanged?: readonly (keyof Conversation)[];
}

/** Under which name the entity shows a column; null where it does not. */
const shownAs: Readonly<Record<keyof ConversationRow, keyof Conversation | null>> = {
  id: "id",
  company_id: "tenant_id",
  number: "number",
  contact_id: "contact_id",
  channel_id: "channel_id",
  queue_id: "queue_id",
  assignee_id: "assignee_id",
  status: "status",
  priority: "priority",
  subject: "subject",
  description: "description",
  unread_count: "unread_count",
  last_message: "last_message",
  last_message_at: "last_message_time",
  activity_at: null,
  last_position: null,
  read_position: null,
  window_expires_at: "window_expires_at",
  snoozed_until: "snoozed_until",
  resolved_at: null,
  created_at: "created_at",
  updated_at: "updated_at",
};
const columns = Object.keys(shownAs).filter((key): key is keyof ConversationRow => key in shownAs);

/**
 * Writes a change and appends its events in the order of realtime.md: transferred, assigned, status, updated. What is
 * the same as before says nothing. Returns the row as it is now.
 * Throws `conversation_open` when it would open beside another open one of the same contact and channel.
 */
export async function changeConversation(
  tx: Tx,
  before: ConversationRow,
  change: Change,
): Promise<ConversationRow> {
  const { after, events } = await writeChange(tx, before, change);
  if (events.length > 0) await appendAll(tx, after.company_id, { events, at: change.at });
  return after;
}

/** The same, but the caller appends the events, together with those of what else it changed. */
export async function writeChange(
  tx: Tx,
  before: ConversationRow,
  change: Change,
): Promise<{ readonly after: ConversationRow; readonly events: readonly NewEvent[] }> {
  const wanted: ConversationRow = { ...before, ...change.patch, ...lifeOf(before, change) };
  const changed = columns.filter((column) => wanted[column] !== before[column]);
  const shown = [
    ...changed.map((column) => shownAs[column]).filter((field) => field !== null),
    ...(change.alsoChanged ?? []),
  ];
  if (changed.length === 0 && shown.length === 0 && !change.transfer) return { after: before, events: [] };
  const after = shown.length > 0 ? { ...wanted, updated_at: change.at } : wanted;
  if (isOpen(after.status) && !isOpen(before.status)) await requireOnlyOpen(tx, before);
  const moves = changed.some((column) => column === "queue_id" || column === "assignee_id");
  const stood = moves ? await standsOf(tx, before.company_id, before.contact_id) : null;
  const save = changed.every((column) => activityColumns.has(column)) ? saveActivity : saveConversation;
  await save(tx, after);
  const events = movesOf({ before, after, change });
  if (shown.length > 0) {
    const data = { conversation_id: after.id, fields: [...new Set(shown), "updated_at" as const] };
    events.push({ type: "conversation.updated", data });
  }
  events.push(...contactMoved(after.contact_id, stood));
  return { after, events };
}

/** Throws `conversation_open` with the id of the other open conversation, where there is one. */
export async function requireOnlyOpen(
  tx: Tx,
  of: Pick<ConversationRow, "company_id" | "contact_id" | "channel_id">,
): Promise<void> {
  const place = { contactId: of.contact_id, channelId: of.channel_id };
  const other = await readOpen(tx, of.company_id, place);
  if (other) throw new Refusal("conversation_open", { conversation_id: other.id });
}

/** When it was finished, and that what is finished sleeps no more. */
function lifeOf(before: ConversationRow, { patch, at }: Change): ConversationPatch {
  if (patch.status === undefined || isOpen(patch.status) === isOpen(before.status)) return {};
  return isOpen(patch.status) ? { resolved_at: null } : { resolved_at: at, snoozed_until: null };
}

function movesOf(move: {
  readonly before: ConversationRow;
  readonly after: ConversationRow;
  readonly change: Change;
}): NewEvent[] {
  const { before, after, change } = move;
  const { by, transfer } = change;
  const was = placementOf(before);
  const to = placementOf(after);
  const conversation_id = after.id;
  const events: NewEvent[] = [];
  if (transfer) {
    const data = { conversation_id, from: was, to, by, before: was, message_id: transfer.messageId };
    events.push({ type: "conversation.transferred", data });
  }
  if (before.assignee_id !== after.assignee_id) {
    const data = { conversation_id, assignee_id: after.assignee_id, by, before: was };
    events.push({ type: "conversation.assigned", data });
  }
  if (before.status !== after.status) {
    const data = { conversation_id, status: after.status, was: before.status };
    events.push({ type: "conversation.status", data });
  }
  return events;
}

function placementOf(row: ConversationRow): Placement {
  return { queue_id: row.queue_id, assignee_id: row.assignee_id };
}
