import type { Frame } from "../contract/events.ts";
import type { Api } from "./api.ts";
import type { Cursor } from "./connection-types.ts";

interface PollAnswer {
  readonly epoch: string;
  readonly seq: number;
  readonly resumed: boolean | null;
  readonly events: readonly Frame[];
}

/** Seconds that the server may hold an answer back for a first event (http.md). */
const WAIT = 25;

/** One long poll: hands over what happened after the cursor and says where that ends, or that all must be loaded. */
export async function pollOnce(
  api: Api,
  cursor: Cursor,
  { onFrame, signal }: { readonly onFrame: (frame: Frame) => void; readonly signal: AbortSignal },
): Promise<Cursor | "reload"> {
  const query = { since: cursor.since, epoch: cursor.epoch, limit: 500, wait: WAIT };
  const { data } = await api.get<PollAnswer>("/events", query, signal);
  if (data.resumed !== true) return "reload";
  for (const frame of data.events) onFrame(frame);
  return { since: data.seq, epoch: data.epoch };
}
