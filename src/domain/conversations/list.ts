import type { Caller } from "../../auth/caller.ts";
import type { Conversation, ConversationStatus } from "../../contract/entities.ts";
import { readSnapshot, type Snapshot } from "../../events/snapshot.ts";
import type { Context } from "../context.ts";
import { searchConversationIds } from "../search/conversations.ts";
import {
  type ConversationCursor,
  type ConversationFilter,
  countByStatus,
  type CountRow,
  listRows,
} from "./list-store.ts";
import { isOpen } from "./status.ts";
import { completeConversations } from "./store.ts";

export interface ListInput {
  readonly filter: ConversationFilter;
  /** Name, phone, e-mail, number or content. */
  readonly search: string | null;
  readonly order: "newest" | "oldest";
  readonly limit: number;
  /** Not beside a cursor. */
  readonly offset: number;
  readonly cursor: ConversationCursor | null;
}

export interface ConversationList {
  readonly conversations: readonly Conversation[];
  /** Null where this is the last page. */
  readonly next: ConversationCursor | null;
}

/** A page of the conversations that the caller sees, by last activity. */
export async function listConversations(
  context: Context,
  caller: Caller,
  input: ListInput,
): Promise<Snapshot<ConversationList>> {
  const { limit, order, cursor } = input;
  const found =
    input.search === null ? {} : { ids: await searchConversationIds(context, caller, input.search) };
  const filter = { ...input.filter, ...found };
  const offset = cursor === null ? input.offset : 0;
  return readSnapshot(context.sql, caller.companyId, async (tx) => {
    // One more than asked for says whether there is a next page.
    const page = { order, after: cursor, limit: offset + limit + 1 };
    const rows = await listRows(tx, caller, { filter, page });
    const shown = rows.slice(offset, offset + limit);
    const last = rows.length > offset + limit ? shown.at(-1) : undefined;
    return {
      conversations: await completeConversations(tx, caller.companyId, shown),
      next: last ? { activityAt: last.activity_at, id: last.id } : null,
    };
  });
}

/** How many conversations the caller sees: by status, and of the open ones those that want somebody. */
export interface ConversationCounts extends Readonly<Record<ConversationStatus, number>> {
  /** Open ones of the caller. */
  readonly mine: number;
  /** Open ones that nobody has. */
  readonly unassigned: number;
  /** Open ones with something unread. */
  readonly unread: number;
  /** Open ones of the caller with something unread. */
  readonly my_unread: number;
}

export async function countConversations(context: Context, caller: Caller): Promise<ConversationCounts> {
  const rows = await countByStatus(context.sql, caller);
  const of = (status: ConversationStatus) => rows.find((row) => row.status === status)?.total ?? 0;
  const open = (pick: (row: CountRow) => number) =>
    rows.reduce((sum, row) => sum + (isOpen(row.status) ? pick(row) : 0), 0);
  return {
    active: of("active"),
    assigned: of("assigned"),
    waiting: of("waiting"),
    resolved: of("resolved"),
    closed: of("closed"),
    mine: open((row) => row.mine),
    unassigned: open((row) => row.unassigned),
    unread: open((row) => row.unread),
    my_unread: open((row) => row.my_unread),
  };
}
