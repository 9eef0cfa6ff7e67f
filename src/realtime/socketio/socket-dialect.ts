/**
 * What a Socket.IO dialect is: a `Dialect` (events to frames), a namespace, and the commands that its clients send.
 * The transport does the rest the same way for all of them: token, limits, resume, renewal by `auth {token}`, refusals.
 */
import type { z } from "zod";

import { Refusal } from "../../contract/errors.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Connection } from "../connection.ts";
import type { Dialect } from "../dialect.ts";
import type { Sessions } from "../sessions.ts";
import type { Namespace } from "./frame.ts";

/** One event of the wire, before it is framed. */
export interface WireMessage {
  readonly name: string;
  readonly payload: unknown;
}

/** What a command gets to work with. */
export interface Desk {
  readonly connection: Connection;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/** What the client is told: an argument for its ack, where it asked for one, and an event, where the dialect has one. */
export interface Answer {
  readonly ack?: unknown;
  readonly event?: WireMessage;
}

/** Reads the event's first argument and obeys. A thrown `Refusal` is answered by `Commands.refused`; `invalid_request` counts as a mistake. */
export type Command = (argument: unknown, desk: Desk) => Promise<Answer>;

export interface Commands {
  /** By event name; every other name is refused. `auth` is the transport's own. */
  readonly byName: Readonly<Record<string, Command>>;
  /** How the client is told that a command was refused. */
  refused(refusal: Refusal): Answer;
  /** The connection has ended: what was kept for it goes. */
  ended?(connection: Connection): void;
}

export interface SocketDialect {
  /** Its `forms` are `socketForms`, its `frame` comes from `socketFrame(namespace)`. */
  readonly dialect: Dialect;
  readonly namespace: Namespace;
  /** Said first, before any replay; null where the dialect says nothing. */
  greeting(connection: Connection): WireMessage | null;
  /** Called once per server: rate limits and the like live as long as what it returns. */
  createCommands(): Commands;
}

/** A command that takes an object of this shape (unknown extra fields are ignored); anything else is `invalid_request`. */
export function command<Input>(
  schema: z.ZodType<Input>,
  obey: (input: Input, desk: Desk) => Answer | Promise<Answer>,
): Command {
  return async (argument, desk) => {
    const input = schema.safeParse(argument);
    if (!input.success) {
      throw new Refusal("invalid_request", { fields: input.error.issues.map(({ path }) => path.join(".")) });
    }
    return obey(input.data, desk);
  };
}
