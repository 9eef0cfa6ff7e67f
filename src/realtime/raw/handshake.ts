import type { ConversationId } from "../../contract/ids.ts";
import type { Start } from "../sessions.ts";

/** `since`, `epoch` and `rooms` (a comma list) of a raw endpoint's query; what is not as it should be counts as not given. */
export function startFromQuery(query: URLSearchParams): Start {
  const since = query.get("since");
  const rooms = query.get("rooms");
  return {
    since: since !== null && /^\d{1,15}$/.test(since) ? Number(since) : undefined,
    epoch: query.get("epoch") ?? undefined,
    rooms: rooms === null ? undefined : rooms.split(",").map((id) => id as ConversationId),
  };
}
