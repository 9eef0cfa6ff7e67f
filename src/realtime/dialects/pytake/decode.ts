import { z } from "zod";

import type { ConversationId } from "../../../contract/ids.ts";
import { toInstant } from "../../../lib/clock.ts";
import { opaqueId } from "../../../lib/opaque-id.ts";
import type { Connection } from "../../connection.ts";
import { limits } from "../../limits.ts";
import { type Answer, command, type Commands, type Desk } from "../../socketio/socket-dialect.ts";

const conversationId = opaqueId<ConversationId>();
const conversation = z.object({ conversation_id: conversationId });
const entry = z.object({ conversation_id: conversationId, since: z.number().int().nonnegative().nullish() });

/** The answer as an event, as the reference has it, and as an ack for whoever asked for one. */
function told(name: string, payload: Readonly<Record<string, unknown>>): Answer {
  return { event: { name, payload }, ack: payload };
}

/**
 * Client to server. A bad or foreign id answers `error {message}` and changes nothing. `typingStopsAfterMs`: when typing
 * that is not stopped stops by itself, in milliseconds.
 */
export function createCommands({
  typingStopsAfterMs = limits.typingStopsAfterMs,
}: { readonly typingStopsAfterMs?: number } = {}): Commands {
  const typing = new TypingTimers(typingStopsAfterMs);
  return {
    byName: {
      join_conversation: command(entry, async ({ conversation_id: id, since }, { sessions, connection }) => {
        const { resumed } = await sessions.join(connection, id, since ?? undefined);
        const message = "Joined conversation";
        return told("joined_conversation", {
          conversation_id: id,
          message,
          ...(resumed === null ? {} : { resumed }),
        });
      }),
      leave_conversation: command(conversation, ({ conversation_id: id }, { sessions, connection }) => {
        typing.forget(connection, id);
        sessions.leave(connection, id);
        return told("left_conversation", { conversation_id: id });
      }),
      typing_start: command(conversation, async ({ conversation_id: id }, desk) => {
        await desk.sessions.typing(desk.connection, id, true);
        typing.start(desk, id);
        return {};
      }),
      typing_stop: command(conversation, async ({ conversation_id: id }, { sessions, connection }) => {
        typing.forget(connection, id);
        await sessions.typing(connection, id, false);
        return {};
      }),
      ping: async (_argument, { clock }) => told("pong", { timestamp: toInstant(clock.now()) }),
    },
    refused: ({ message, code }) => ({
      event: { name: "error", payload: { message } },
      ack: { error: message, code },
    }),
    ended: (connection) => typing.end(connection),
  };
}

/** Typing that is not stopped stops by itself. */
class TypingTimers {
  readonly #timers = new Map<Connection, Map<ConversationId, Timer>>();

  constructor(private readonly stopsAfterMs: number) {}

  start({ connection, sessions }: Desk, id: ConversationId): void {
    this.forget(connection, id);
    const timer = setTimeout(() => {
      this.forget(connection, id);
      // Whoever has meanwhile lost the conversation from view types nowhere any more.
      sessions.typing(connection, id, false).catch(() => undefined);
    }, this.stopsAfterMs);
    timer.unref();
    const own = this.#timers.get(connection) ?? new Map<ConversationId, Timer>();
    this.#timers.set(connection, own.set(id, timer));
  }

  forget(connection: Connection, id: ConversationId): void {
    const own = this.#timers.get(connection);
    clearTimeout(own?.get(id));
    own?.delete(id);
    if (own?.size === 0) this.#timers.delete(connection);
  }

  end(connection: Connection): void {
    for (const timer of this.#timers.get(connection)?.values() ?? []) clearTimeout(timer);
    this.#timers.delete(connection);
  }
}
