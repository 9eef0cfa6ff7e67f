/** `GET /api/v1/events`: the same frames for clients behind a proxy that breaks WebSockets (realtime.md, "Resume"). */
import type { Caller } from "../../../auth/caller.ts";
import type { Bus } from "../../../events/bus.ts";
import { fromRow } from "../../../events/log.ts";
import { readRange } from "../../../events/store.ts";
import { render } from "../../render.ts";
import { canResume, messagesFor, type ReplayDeps } from "../../resume.ts";
import { conversations } from "./dialect.ts";

/** Rows looked at for one answer, however few of them the caller may see. */
const PAGE = 1_000;

export interface PollQuery {
  readonly since: number | undefined;
  readonly epoch: string | undefined;
  /** At most this many events in one answer. */
  readonly limit: number;
  /** How long to wait for a first event, in milliseconds. */
  readonly waitMs: number;
}

export interface PollAnswer {
  readonly epoch: string;
  /** Where to go on from. */
  readonly seq: number;
  readonly resumed: boolean | null;
  readonly more: boolean;
  readonly events: readonly { readonly type: string; readonly seq: number; readonly data: unknown }[];
}

export interface PollDeps extends ReplayDeps {
  readonly epoch: string;
}

/** One answer of the poll; empty when nothing came within `waitMs`. */
export async function poll(
  deps: PollDeps,
  caller: Caller,
  query: PollQuery & { readonly signal: AbortSignal },
): Promise<PollAnswer> {
  const { bus, epoch } = deps;
  const { since } = query;
  const nothing = { epoch, more: false, events: [] };
  if (since === undefined) return { ...nothing, seq: bus.head(caller.companyId), resumed: null };
  if (!(await canResume(deps, { caller }, { since, epoch: query.epoch }))) {
    return { ...nothing, seq: bus.head(caller.companyId), resumed: false };
  }
  const deadline = AbortSignal.any([query.signal, AbortSignal.timeout(query.waitMs)]);
  let after = since;
  for (;;) {
    const page = await readPage(deps, caller, { after, limit: query.limit });
    if (page.events.length > 0 || page.more) return { epoch, resumed: true, ...page };
    after = page.seq;
    const moved = await headMoves(bus, () => bus.head(caller.companyId) > after, deadline);
    if (!moved) return { ...nothing, seq: after, resumed: true };
  }
}

async function readPage(
  deps: PollDeps,
  caller: Caller,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Pick<PollAnswer, "seq" | "more" | "events">> {
  const { companyId } = caller;
  const upTo = deps.bus.head(companyId);
  if (after >= upTo) return { seq: after, more: false, events: [] };
  const { rows, rendered } = await deps.sql.read(async (tx) => {
    const page = await readRange(tx, companyId, { after, upTo, limit: PAGE });
    return { rows: page, rendered: await render(tx, deps.sources, { companyId, events: page.map(fromRow) }) };
  });
  const reader = { dialect: conversations, caller, rooms: new Set<never>() };
  const events: { type: string; seq: number; data: unknown }[] = [];
  for (const event of rendered) {
    // Whole events only: half of one could never be asked for again.
    if (events.length >= limit) return { seq: events.at(-1)?.seq ?? after, more: true, events };
    for (const { name, payload } of messagesFor(reader, event))
      events.push({ type: name, seq: event.seq, data: payload });
  }
  const seq = rows.at(-1)?.seq ?? upTo;
  return { seq, more: seq < upTo, events };
}

/** Resolves true when `ready` holds after a publication, false at the deadline. */
async function headMoves(bus: Bus, ready: () => boolean, deadline: AbortSignal): Promise<boolean> {
  if (ready()) return true;
  if (deadline.aborted) return false;
  return new Promise((resolve) => {
    const settle = (value: boolean) => {
      leave();
      deadline.removeEventListener("abort", expired);
      resolve(value);
    };
    const expired = () => settle(false);
    // The step runs just before the head moves: look after it has.
    const leave = bus.subscribe(async () => () => queueMicrotask(() => ready() && settle(true)));
    deadline.addEventListener("abort", expired);
  });
}
