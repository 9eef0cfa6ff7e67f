import type { Caller } from "../../auth/caller.ts";
import type { Message } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import type { Read } from "../../db/sql.ts";
import { attends } from "../../events/audience.ts";
import { readSnapshot, type Snapshot } from "../../events/snapshot.ts";
import type { Context } from "../context.ts";
import { seeConversation } from "../conversations/see.ts";
import { readNewest, readOldest, type ThreadRange } from "./list-store.ts";
import { findPosition } from "./send-store.ts";
import { completeMessages } from "./store.ts";

/** A place in a thread: a message, or an instant in milliseconds. */
export type Bound =
  { readonly kind: "message"; readonly id: MessageId } | { readonly kind: "instant"; readonly at: number };

export interface ThreadPage {
  readonly conversationId: ConversationId;
  readonly limit: number;
  /** Counted from the newest. */
  readonly offset: number;
  readonly before: Bound | null;
  readonly after: Bound | null;
}

/**
 * A page of a thread, ascending: what follows `after`, or else the newest (before `before`). Viewers get no notes and
 * nothing that the system says. Throws `not_found`, also for a bound that is not of this conversation.
 */
export function listMessages(
  context: Context,
  caller: Caller,
  page: ThreadPage,
): Promise<Snapshot<readonly Message[]>> {
  return readSnapshot(context.sql, caller.companyId, async (tx) => {
    await seeConversation(tx, caller, page.conversationId);
    const range = await rangeOf(tx, caller, page);
    const rows = page.after ? await readOldest(tx, range) : (await readNewest(tx, range)).reverse();
    return completeMessages(tx, caller.companyId, rows);
  });
}

/** Beyond every position and instant, and within what SQLite binds as an integer. */
const end = 2 ** 50;

async function rangeOf(tx: Read, caller: Caller, page: ThreadPage): Promise<ThreadRange> {
  const { conversationId, limit, offset } = page;
  const before = await resolve(tx, conversationId, page.before);
  const after = await resolve(tx, conversationId, page.after);
  return {
    companyId: caller.companyId,
    conversationId,
    beforePosition: before.position ?? end,
    afterPosition: after.position ?? -end,
    beforeAt: before.at ?? end,
    afterAt: after.at ?? -end,
    internal: attends(caller.role),
    limit,
    offset,
  };
}

async function resolve(
  tx: Read,
  conversationId: ConversationId,
  bound: Bound | null,
): Promise<{ readonly position?: number; readonly at?: number }> {
  if (bound === null) return {};
  if (bound.kind === "instant") return { at: bound.at };
  const position = await findPosition(tx, conversationId, bound.id);
  if (position === undefined) throw new Refusal("not_found");
  return { position };
}
