import type { MessageStatus } from "../../contract/entities.ts";

/** How far a message has come; what is not here stands apart. */
const ranks: Readonly<Partial<Record<MessageStatus, number>>> = {
  scheduled: 0,
  pending: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  played: 5,
};
const DELIVERED = 3;

/**
 * The status after news of it: it only climbs (channels.md, "Inbound" 4), in whatever order the news come.
 * `failed` overrides what is not known to have arrived, and only an arrival overrides `failed`;
 * `unknown` is settled by any real status.
 */
export function statusAfter(current: MessageStatus, news: MessageStatus): MessageStatus {
  const from = ranks[current];
  const to = ranks[news];
  if (news === "unknown") return current === "scheduled" || current === "pending" ? news : current;
  if (news === "failed") return from !== undefined && from >= DELIVERED ? current : news;
  if (to === undefined) return current;
  if (current === "failed") return to >= DELIVERED ? news : current;
  if (current === "unknown") return to > 1 ? news : current;
  return from !== undefined && to > from ? news : current;
}
