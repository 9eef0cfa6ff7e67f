/** A connection that says where it stopped gets what it missed, all or nothing (realtime.md, "Resume"). */
import type { Caller } from "../auth/caller.ts";
import type { ConversationId } from "../contract/ids.ts";
import type { Sql } from "../db/sql.ts";
import { maySee } from "../events/audience.ts";
import type { Bus } from "../events/bus.ts";
import { type CompanyEvent, fromRow } from "../events/log.ts";
import { type EventRow, readConversationRange, readEpoch, readHead, readRange } from "../events/store.ts";
import type { Connection } from "./connection.ts";
import { conversationRemoved, deliveriesOf } from "./deliveries.ts";
import type { Room } from "./dialect.ts";
import { limits } from "./limits.ts";
import { render } from "./render.ts";
import type { Rendered } from "./rendered.ts";
import { inScope, isFor, leavesView } from "./rooms.ts";
import { readScopes } from "./scopes.ts";
import type { Sources } from "./sources.ts";

/** Rows looked at in one read, so that a long replay never holds a snapshot or the loop for long. */
const PAGE = 500;

export interface ReplayDeps {
  readonly sql: Sql;
  readonly bus: Bus;
  readonly sources: Sources;
}

/** Whoever asks for what he missed, by socket or by polling. */
type Reader = Pick<Connection, "caller">;

export interface ResumePoint {
  readonly since: number;
  readonly epoch: string | undefined;
}

/** Whether everything after `point` that this connection may see can be replayed. Decided before the first frame. */
export async function canResume(deps: ReplayDeps, reader: Reader, point: ResumePoint): Promise<boolean> {
  const { companyId } = reader.caller;
  // The point may come from a snapshot that is newer than what the bus has published.
  if (point.since > deps.bus.head(companyId)) await deps.bus.settled();
  const place = await deps.sql.read(async (tx) => ({
    epoch: await readEpoch(tx),
    head: await readHead(tx, companyId),
  }));
  if (point.epoch !== place.epoch) return false;
  if (point.since > place.head.seq || point.since < place.head.removed_seq) return false;
  return fewEnough(deps, reader, point.since);
}

/** Counts what the connection may see; a change of its own rights on the way can't be replayed. */
async function fewEnough(deps: ReplayDeps, { caller }: Reader, since: number): Promise<boolean> {
  const upTo = deps.bus.head(caller.companyId);
  let visible = 0;
  let after = since;
  while (after < upTo) {
    const page = await deps.sql.read(async (tx) => {
      const rows = await readRange(tx, caller.companyId, { after, upTo, limit: PAGE });
      const events = rows.map(fromRow);
      const scopeOf = await readScopes(tx, caller.companyId, events);
      return { events, scopeOf };
    });
    for (const event of page.events) {
      if (changesRights(event, caller)) return false;
      const scope = page.scopeOf(event);
      if (scope && inScope(caller, scope)) visible += 1;
    }
    if (visible > limits.replayEvents) return false;
    after = page.events.at(-1)?.seq ?? upTo;
  }
  return true;
}

function changesRights(event: CompanyEvent, caller: Caller): boolean {
  if (event.type === "user.updated") return event.data.rights && event.data.user_id === caller.userId;
  return event.type === "bulk.changed" && event.data.rights;
}

/**
 * Sends what came after `since` until the bus's head is reached, and calls `atHead` in the same synchronous step in
 * which it sees that: nothing can be published in between. Not called when the connection ends on the way.
 */
export async function replay(
  deps: ReplayDeps,
  connection: Connection,
  { since, atHead }: { readonly since: number; readonly atHead: () => void },
): Promise<void> {
  const { companyId } = connection.caller;
  let after = since;
  while (connection.link.open) {
    const upTo = deps.bus.head(companyId);
    if (after >= upTo) return atHead();
    const rows = await deps.sql.read((tx) => readRange(tx, companyId, { after, upTo, limit: PAGE }));
    await sendRows(deps, connection, { rows, messagesOf: (event) => messagesFor(connection, event) });
    after = rows.at(-1)?.seq ?? upTo;
  }
}

/**
 * Sends one conversation's events after `since` and calls `atHead` in the same synchronous step in which it sees that
 * nothing is missing. False when there are more than a replay may hold: then nothing is sent before `atHead`.
 */
export async function replayRoom(
  deps: ReplayDeps,
  connection: Connection,
  room: { readonly conversationId: ConversationId; readonly since: number; readonly atHead: () => void },
): Promise<boolean> {
  const { companyId } = connection.caller;
  const { conversationId, since, atHead } = room;
  const page = { conversationId, limit: limits.replayEvents + 1 };
  let upTo = deps.bus.head(companyId);
  const first = await deps.sql.read(async (tx) => ({
    rows: await readConversationRange(tx, companyId, { ...page, after: since, upTo }),
    head: await readHead(tx, companyId),
  }));
  const { rows, head } = first;
  if (rows.length > limits.replayEvents || since < head.removed_seq || since > head.seq) {
    atHead();
    return false;
  }
  await sendRoom(deps, connection, { conversationId, rows });
  while (connection.dialect.roomReplay === "own" && deps.bus.head(companyId) > upTo) {
    const after = upTo;
    upTo = deps.bus.head(companyId);
    const range = { ...page, after, upTo };
    const more = await deps.sql.read((tx) => readConversationRange(tx, companyId, range));
    await sendRoom(deps, connection, { conversationId, rows: more });
  }
  atHead();
  return true;
}

/** As if the connection were in the room already. */
async function sendRoom(
  deps: ReplayDeps,
  connection: Connection,
  { conversationId, rows }: { readonly conversationId: ConversationId; readonly rows: readonly EventRow[] },
): Promise<void> {
  const { dialect, caller } = connection;
  const rooms = new Set(connection.rooms).add(conversationId);
  const messagesOf = (event: Rendered) =>
    messagesFor({ dialect, caller, rooms }, event).filter(
      ({ room }) => dialect.roomReplay === "view" || room?.kind === "conversation",
    );
  for (let start = 0; start < rows.length; start += PAGE) {
    await sendRows(deps, connection, { rows: rows.slice(start, start + PAGE), messagesOf });
  }
}

async function sendRows(
  deps: ReplayDeps,
  connection: Connection,
  {
    rows,
    messagesOf,
  }: {
    readonly rows: readonly EventRow[];
    readonly messagesOf: (event: Rendered) => readonly ShownMessage[];
  },
): Promise<void> {
  const { caller } = connection;
  const batch = { companyId: caller.companyId, events: rows.map(fromRow) };
  const rendered = await deps.sql.read((tx) => render(tx, deps.sources, batch));
  let unsent = 0;
  for (const event of rendered) {
    for (const frame of framesOf(connection, { seq: event.seq, messages: messagesOf(event) })) {
      connection.link.send(frame);
      unsent += frame.length;
      if (unsent < limits.replayChunkBytes) continue;
      await connection.link.drained();
      unsent = 0;
    }
  }
  if (unsent > 0) await connection.link.drained();
}

/** What one reader is shown; without a room, it is for him alone. */
interface ShownMessage {
  readonly room?: Room;
  readonly name: string;
  readonly payload: unknown;
}

/** An event as this reader may have it: its messages, or the word that the conversation left his view. */
export function messagesFor(
  reader: Pick<Connection, "dialect" | "caller" | "rooms">,
  event: Rendered,
): readonly ShownMessage[] {
  const { dialect, caller, rooms } = reader;
  if ("before" in event.data && event.scope.kind === "placed" && event.type !== "conversation.deleted") {
    if (maySee(caller, event.data.before) && !maySee(caller, event.scope.placement)) {
      return [conversationRemoved(event.data.conversation_id)];
    }
  }
  if (leavesView(caller, event)) {
    const forgotten = dialect.forgotten?.(event.data.contact_id);
    return forgotten ? [forgotten] : [];
  }
  return deliveriesOf(dialect, event).filter(({ room }) =>
    isFor(room, event.scope, { viewer: caller, rooms }),
  );
}

function framesOf(
  { dialect, form }: Connection,
  { seq, messages }: { readonly seq: number; readonly messages: readonly ShownMessage[] },
): readonly (string | Uint8Array<ArrayBuffer>)[] {
  return messages.map((message, index) =>
    dialect.frame(form, message, { seq, last: index === messages.length - 1 }),
  );
}
