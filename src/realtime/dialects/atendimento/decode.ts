import { z } from "zod";

import { Refusal } from "../../../contract/errors.ts";
import type { ConversationId, UserId } from "../../../contract/ids.ts";
import type { Clock } from "../../../lib/clock.ts";
import { opaqueId } from "../../../lib/opaque-id.ts";
import { type Answer, command, type Commands } from "../../socketio/socket-dialect.ts";
import { agentStatus, presenceOf } from "./words.ts";

/** Relayed at most this often per conversation and user. */
const TYPING_PER_MINUTE = 10;
const MINUTE_MS = 60_000;

const ticketId = opaqueId<ConversationId>();
const ticket = z.object({ ticketId });
const entry = z.object({ ticketId, since: z.number().int().nonnegative().nullish() });
const status = z.object({ status: z.enum(agentStatus) });

const done = (more: Readonly<Record<string, unknown>> = {}): Answer => ({ ack: { success: true, ...more } });

/** Client to server; every command may ask for an ack `{success, …}`. */
export function createCommands(): Commands {
  const typing = new TypingLimit();
  return {
    byName: {
      "ticket:entrar": command(entry, async ({ ticketId: id, since }, { sessions, connection }) => {
        const { resumed } = await sessions.join(connection, id, since ?? undefined);
        return done({ ticketId: id, ...(resumed === null ? {} : { resumed }) });
      }),
      "ticket:sair": command(ticket, ({ ticketId: id }, { sessions, connection }) => {
        sessions.leave(connection, id);
        return done({ ticketId: id });
      }),
      "mensagem:digitando": command(ticket, async ({ ticketId: id }, { sessions, connection, clock }) => {
        typing.count({ userId: connection.caller.userId, id }, clock);
        await sessions.typing(connection, id, true);
        return done();
      }),
      "atendente:status": command(status, async (wanted, { sessions, connection }) => {
        await sessions.choosePresence(connection, presenceOf(wanted.status));
        return done({ status: wanted.status });
      }),
    },
    refused: ({ code }) => ({ ack: { success: false, error: code } }),
  };
}

/** Counts per conversation and user over the last minute; who has long been silent is forgotten. */
class TypingLimit {
  #sweptAt = 0;
  readonly #times = new Map<string, readonly number[]>();

  /** Throws `rate_limited` for the 11th within a minute. */
  count(who: { readonly userId: UserId; readonly id: ConversationId }, clock: Clock): void {
    const now = clock.now();
    const isRecent = (time: number) => time > now - MINUTE_MS;
    if (!isRecent(this.#sweptAt)) {
      this.#sweep(isRecent);
      this.#sweptAt = now;
    }
    const key = `${who.userId}/${who.id}`;
    const times = (this.#times.get(key) ?? []).filter(isRecent);
    if (times.length >= TYPING_PER_MINUTE) throw new Refusal("rate_limited");
    this.#times.set(key, [...times, now]);
  }

  #sweep(isRecent: (time: number) => boolean): void {
    for (const [key, times] of this.#times) if (!times.some(isRecent)) this.#times.delete(key);
  }
}
