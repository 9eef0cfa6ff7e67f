import type { Caller } from "../../auth/caller.ts";
import { type ConversationStatus, conversationStatuses } from "../../contract/entities.ts";
import type { ChannelId, ConversationId, LabelId, QueueId, UserId } from "../../contract/ids.ts";
import type { Read, Sql } from "../../db/sql.ts";
import { conversationColumns, type ConversationRow, viewParams, visible } from "./store.ts";

/** Which conversations of those that the caller sees; a missing filter lets everything through. */
export interface ConversationFilter {
  readonly statuses?: readonly ConversationStatus[];
  /** Null: those that nobody has. */
  readonly assigneeId?: UserId | null;
  readonly queueId?: QueueId;
  readonly channelId?: ChannelId;
  readonly labelId?: LabelId;
  /** What a search found. */
  readonly ids?: readonly ConversationId[];
}

/** Where the page before ended. */
export interface ConversationCursor {
  readonly activityAt: number;
  readonly id: string;
}

export interface ConversationPage {
  readonly order: "newest" | "oldest";
  readonly after: ConversationCursor | null;
  readonly limit: number;
}

const filtered = `${visible} AND c.company_id = $1
  AND ($6 IS NULL OR c.queue_id = $6) AND ($7 IS NULL OR c.channel_id = $7)
  AND ($8 IS NULL OR EXISTS (
    SELECT 1 FROM conversation_labels l WHERE l.conversation_id = c.id AND l.label_id = $8))
  AND ($9 IS NULL OR c.status IN (SELECT value FROM json_each($9)))
  AND ($10 = 0 OR c.assignee_id IS $11)`;

const before = "AND (c.activity_at, c.id) < ($12, $13)";
const after = "AND (c.activity_at, c.id) > ($12, $13)";
const newestFirst = "ORDER BY c.activity_at DESC, c.id DESC";
const oldestFirst = "ORDER BY c.activity_at, c.id";
const ofStatus = "AND c.status = $14";
const ofAssignee = "AND c.status = $14 AND c.assignee_id IS $15";
const ofQueue = "AND c.status = $14 AND c.queue_id = $15";
const among = "AND c.id IN (SELECT value FROM json_each($14))";

/** By what narrows a list most, each led to its own index, in both orders. */
const statements = {
  newest: {
    any: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${before} ${newestFirst} LIMIT $14`,
    status: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${before} ${ofStatus} ${newestFirst} LIMIT $15`,
    assignee: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${before} ${ofAssignee} ${newestFirst} LIMIT $16`,
    queue: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${before} ${ofQueue} ${newestFirst} LIMIT $16`,
    among: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${before} ${among} ${newestFirst} LIMIT $15`,
  },
  oldest: {
    any: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${after} ${oldestFirst} LIMIT $14`,
    status: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${after} ${ofStatus} ${oldestFirst} LIMIT $15`,
    assignee: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${after} ${ofAssignee} ${oldestFirst} LIMIT $16`,
    queue: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${after} ${ofQueue} ${oldestFirst} LIMIT $16`,
    among: `SELECT ${conversationColumns} FROM conversations c WHERE ${filtered} ${after} ${among} ${oldestFirst} LIMIT $15`,
  },
} as const;

/** Before and after every page; within what SQLite binds as an integer. */
const ends = { newest: 2 ** 50, oldest: -1 } as const;

/**
 * The first `limit` conversations that the caller may see and that fit, in order. Where something narrows the list, each
 * status is read from its own index and the results are merged, so that few open ones among many resolved ones are
 * found at once.
 */
export async function listRows(
  tx: Read,
  caller: Caller,
  { filter, page }: { readonly filter: ConversationFilter; readonly page: ConversationPage },
): Promise<readonly ConversationRow[]> {
  const { order, limit } = page;
  const texts = statements[order];
  const params = [
    ...filterParams(caller, filter),
    page.after?.activityAt ?? ends[order],
    page.after?.id ?? "",
  ];
  if (filter.ids) return tx.all<ConversationRow>(texts.among, [...params, JSON.stringify(filter.ids), limit]);
  const scope = scopeOf(filter);
  if (!scope) return tx.all<ConversationRow>(texts.any, [...params, limit]);
  const rows: ConversationRow[] = [];
  for (const status of filter.statuses ?? conversationStatuses) {
    rows.push(
      ...(await tx.all<ConversationRow>(texts[scope.by], [...params, status, ...scope.params, limit])),
    );
  }
  const sign = order === "newest" ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b)).slice(0, limit);
}

type Scope = { readonly by: "status" | "assignee" | "queue"; readonly params: readonly (string | null)[] };

/** What narrows a list most; null where nothing does that has an index. */
function scopeOf({ statuses, assigneeId, queueId }: ConversationFilter): Scope | null {
  if (assigneeId !== undefined) return { by: "assignee", params: [assigneeId] };
  if (queueId !== undefined) return { by: "queue", params: [queueId] };
  return statuses ? { by: "status", params: [] } : null;
}

function filterParams(caller: Caller, filter: ConversationFilter) {
  return [
    ...viewParams(caller),
    filter.queueId ?? null,
    filter.channelId ?? null,
    filter.labelId ?? null,
    filter.statuses ? JSON.stringify(filter.statuses) : null,
    filter.assigneeId === undefined ? 0 : 1,
    filter.assigneeId ?? null,
  ];
}

function compare(a: ConversationRow, b: ConversationRow): number {
  return a.activity_at - b.activity_at || (a.id < b.id ? -1 : 1);
}

export interface CountRow {
  readonly status: ConversationStatus;
  readonly total: number;
  readonly mine: number;
  readonly unassigned: number;
  /** Conversations with something unread, not messages. */
  readonly unread: number;
  readonly my_unread: number;
}

/** Counts what the caller may see, by status; off the main thread, since it looks at all of them. */
export function countByStatus(sql: Sql, caller: Caller): Promise<CountRow[]> {
  return sql.heavy<CountRow>(
    `WITH seen AS (SELECT c.status, c.assignee_id, c.unread_count > 0 AS unread FROM conversations c WHERE ${visible} AND c.company_id = $1)
     SELECT status, COUNT(*) AS total, SUM(assignee_id IS $3) AS mine, SUM(assignee_id IS NULL) AS unassigned,
       SUM(unread) AS unread, SUM(unread AND assignee_id IS $3) AS my_unread
     FROM seen GROUP BY status`,
    viewParams(caller),
  );
}
