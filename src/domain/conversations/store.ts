import type { Caller } from "../../auth/caller.ts";
import type { Contact, Conversation, ConversationStatus, Priority } from "../../contract/entities.ts";
import type {
  ChannelId,
  CompanyId,
  ContactId,
  ConversationId,
  LabelId,
  QueueId,
  UserId,
} from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { attends, seesAll } from "../../events/audience.ts";
import { toInstant, toInstantOrNull } from "../../lib/clock.ts";
import { groupBy } from "../../lib/group-by.ts";
import { loadContacts } from "../contacts/store.ts";

/** A conversation's own columns; instants in milliseconds. */
export interface ConversationRow {
  readonly id: ConversationId;
  readonly company_id: CompanyId;
  readonly number: number;
  readonly contact_id: ContactId;
  readonly channel_id: ChannelId;
  readonly queue_id: QueueId | null;
  readonly assignee_id: UserId | null;
  readonly status: ConversationStatus;
  readonly priority: Priority;
  readonly subject: string;
  readonly description: string;
  readonly unread_count: number;
  readonly last_message: string;
  readonly last_message_at: number | null;
  /** What lists sort by: the newest message, or creation. */
  readonly activity_at: number;
  readonly last_position: number;
  /** What came from the contact up to this position is `read`. */
  readonly read_position: number;
  readonly window_expires_at: number | null;
  readonly snoozed_until: number | null;
  readonly resolved_at: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

export const conversationColumns =
  "c.id, c.company_id, c.number, c.contact_id, c.channel_id, c.queue_id, c.assignee_id, c.status, c.priority, c.subject, c.description, c.unread_count, c.last_message, c.last_message_at, c.activity_at, c.last_position, c.read_position, c.window_expires_at, c.snoozed_until, c.resolved_at, c.created_at, c.updated_at";

/** One conversation's row; undefined for a foreign or unknown one. */
export function readConversationRow(
  tx: Read,
  companyId: CompanyId,
  id: ConversationId,
): Promise<ConversationRow | undefined> {
  return tx.get<ConversationRow>(
    `SELECT ${conversationColumns} FROM conversations c WHERE c.company_id = $1 AND c.id = $2`,
    [companyId, id],
  );
}

/** Whole conversations by id, contact included, in five statements however many; foreign or unknown ids have no entry. */
export async function loadConversations(
  tx: Read,
  companyId: CompanyId,
  ids: readonly ConversationId[],
): Promise<Map<ConversationId, Conversation>> {
  if (ids.length === 0) return new Map();
  // The plus keeps SQLite from walking the company's conversations instead of looking these up.
  const rows = await tx.all<ConversationRow>(
    `SELECT ${conversationColumns} FROM conversations c
     WHERE +c.company_id = $1 AND c.id IN (SELECT value FROM json_each($2))`,
    [companyId, JSON.stringify(ids)],
  );
  const conversations = await completeConversations(tx, companyId, rows);
  return new Map(conversations.map((conversation) => [conversation.id, conversation]));
}

/** Makes rows of one company whole entities, in their order. */
export async function completeConversations(
  tx: Read,
  companyId: CompanyId,
  rows: readonly ConversationRow[],
): Promise<readonly Conversation[]> {
  if (rows.length === 0) return [];
  const contacts = await loadContacts(tx, companyId, [...new Set(rows.map((row) => row.contact_id))]);
  const labels = await loadLabels(
    tx,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => {
    const contact = contacts.get(row.contact_id);
    return contact ? [toConversation(row, { contact, labels: labels.get(row.id) ?? [] })] : [];
  });
}

function toConversation(
  row: ConversationRow,
  parts: { readonly contact: Contact; readonly labels: readonly LabelId[] },
): Conversation {
  return {
    id: row.id,
    tenant_id: row.company_id,
    number: row.number,
    contact_id: row.contact_id,
    contact: parts.contact,
    channel_id: row.channel_id,
    queue_id: row.queue_id,
    assignee_id: row.assignee_id,
    status: row.status,
    priority: row.priority,
    subject: row.subject,
    description: row.description,
    labels: parts.labels,
    unread_count: row.unread_count,
    last_message: row.last_message,
    last_message_time: toInstantOrNull(row.last_message_at),
    window_expires_at: toInstantOrNull(row.window_expires_at),
    snoozed_until: toInstantOrNull(row.snoozed_until),
    created_at: toInstant(row.created_at),
    updated_at: toInstant(row.updated_at),
  };
}

async function loadLabels(
  tx: Read,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, readonly LabelId[]>> {
  const rows = await tx.all<{ conversation_id: ConversationId; label_id: LabelId }>(
    `SELECT conversation_id, label_id FROM conversation_labels
     WHERE conversation_id IN (SELECT value FROM json_each($1)) ORDER BY conversation_id, label_id`,
    [JSON.stringify(ids)],
  );
  return groupBy(
    rows,
    (row) => row.conversation_id,
    (row) => row.label_id,
  );
}

/**
 * Who sees what, as SQL: the same rule as `maySee` in `events/audience.ts` (a test compares the two). It stands first in
 * a statement over `conversations c`, takes $1…$5 from `viewParams`, and keeps the company's bounds. The plus keeps
 * SQLite from walking a whole company because of it; a list that shall be led by the company's indexes says so itself.
 */
export const visible = `+c.company_id = $1 AND ($2 = 1 OR c.assignee_id = $3
  OR (c.queue_id IS NULL AND $4 = 1) OR c.queue_id IN (SELECT value FROM json_each($5)))`;

/** The parameters of `visible`. */
export function viewParams(caller: Caller): readonly [CompanyId, number, UserId, number, string] {
  return [
    caller.companyId,
    seesAll(caller) ? 1 : 0,
    caller.userId,
    attends(caller.role) ? 1 : 0,
    JSON.stringify(caller.visibility === "queue" ? caller.queueIds : []),
  ];
}
