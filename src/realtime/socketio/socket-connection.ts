/** One socket in one namespace from its admission to its end: first the replay, then its commands, in order. */
import type { Event, Socket } from "socket.io";
import { z } from "zod";

import type { Admission } from "../../auth/authenticate.ts";
import { errors, Refusal } from "../../contract/errors.ts";
import { newId } from "../../lib/ids.ts";
import { type Connection, type ConnectionId, tell } from "../connection.ts";
import { limits, MistakeCounter } from "../limits.ts";
import type { EndReason } from "../link.ts";
import type { Sessions, SessionsOptions, Start } from "../sessions.ts";
import type { Session } from "./engine/session.ts";
import type { SocketForm } from "./frame.ts";
import { SocketLink } from "./link.ts";
import { type Answer, type Command, command, type Commands, type SocketDialect } from "./socket-dialect.ts";

export interface SocketDeps {
  readonly sessions: Sessions;
  readonly options: Pick<SessionsOptions, "gatekeeper" | "registry" | "clock" | "log" | "metrics">;
}

/** What the admission found out, and how the connection begins. */
export interface Admitted extends Admission {
  readonly form: SocketForm;
  readonly start: Start;
}

/** The ack of an event, where the client wants one. */
type Ack = (...args: readonly unknown[]) => void;

const renewal = z.object({ token: z.string().min(1).max(8192) });

export class SocketConnection {
  readonly #connection: Connection;
  readonly #link: SocketLink;
  readonly #mistakes = new MistakeCounter();
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(
    private readonly deps: SocketDeps,
    private readonly speaks: { readonly dialect: SocketDialect; readonly commands: Commands },
    own: { readonly socket: Socket; readonly session: Session; readonly admitted: Admitted },
  ) {
    const { caller, expiresAt, form, start } = own.admitted;
    const { clock, metrics } = deps.options;
    this.#link = new SocketLink(own.socket, own.session, (reason) => metrics.dropped(reason));
    this.#connection = {
      id: newId<ConnectionId>(),
      dialect: speaks.dialect.dialect,
      form,
      link: this.#link,
      connectedAt: clock.now(),
      caller,
      expiresAt,
      rooms: new Set(),
      live: false,
    };
    this.#enqueue(() => this.#begin(start));
  }

  /** An event of the client: handled after the earlier ones; too many at once end the connection. */
  receive([name, ...args]: Event): void {
    if (this.#waiting >= limits.waitingFrames) return this.#end("rate_limited");
    const last: unknown = args.at(-1);
    const ack = typeof last === "function" ? (last as Ack) : undefined;
    const argument: unknown = ack && args.length === 1 ? undefined : args[0];
    this.#enqueue(() => this.#handle({ name, argument, ack }));
  }

  /** The socket has left its namespace, for whatever reason. */
  closed(): void {
    this.#link.leaveTopics();
    this.deps.sessions.end(this.#connection);
    this.speaks.commands.ended?.(this.#connection);
  }

  async #begin(start: Start): Promise<void> {
    const greeting = this.speaks.dialect.greeting(this.#connection);
    if (greeting) tell(this.#connection, greeting.name, greeting.payload);
    try {
      await this.deps.sessions.start(this.#connection, start);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#end(error.code === "connection_limit" ? "rate_limited" : "unauthorized");
    }
  }

  async #handle(event: {
    readonly name: unknown;
    readonly argument: unknown;
    readonly ack: Ack | undefined;
  }): Promise<void> {
    const answer = await this.#obey(event.name, event.argument);
    if (!this.#link.open) return;
    if (answer.event) tell(this.#connection, answer.event.name, answer.event.payload);
    event.ack?.(answer.ack);
  }

  async #obey(name: unknown, argument: unknown): Promise<Answer> {
    const { sessions, options } = this.deps;
    const desk = { connection: this.#connection, sessions, clock: options.clock };
    try {
      return await this.#commandOf(name)(argument, desk);
    } catch (error) {
      if (!(error instanceof Refusal)) options.log.error("a realtime command failed", { error });
      const refusal = error instanceof Refusal ? error : new Refusal("internal");
      if (refusal.code === "invalid_request") this.#countMistake();
      return this.speaks.commands.refused(refusal);
    }
  }

  /** What makes no sense, not what is merely refused: a front end that knows old rooms, or types fast, is none the worse. */
  #countMistake(): void {
    if (this.#mistakes.tooMany(this.deps.options.clock.now())) this.#end("rate_limited");
  }

  #commandOf(name: unknown): Command {
    if (name === "auth") return this.#renew;
    const { byName } = this.speaks.commands;
    const found = typeof name === "string" && Object.hasOwn(byName, name) ? byName[name] : undefined;
    return found ?? refuseUnknown;
  }

  /** `auth {token}`: a fresh token for the same user; a wrong one ends the connection, as in the raw dialects. */
  readonly #renew = command(renewal, async ({ token }) => {
    try {
      await this.deps.sessions.renew(this.#connection, token);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.deps.options.metrics.authFailed();
      this.#end(error.code === "forbidden" ? "forbidden" : "unauthorized");
      return {};
    }
    const payload = { user_id: this.#connection.caller.userId };
    return { event: { name: "auth_ok", payload }, ack: payload };
  });

  #enqueue(step: () => Promise<void>): void {
    this.#waiting += 1;
    this.#queue = this.#queue
      .then(() => (this.#link.open ? step() : undefined))
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** The connection could not begin: the client comes back and tries again. */
  #failed(error: unknown): void {
    this.deps.options.log.error("a realtime connection failed", { error });
    this.#link.end("gone");
  }

  #end(reason: EndReason): void {
    if (reason === "rate_limited") this.deps.options.metrics.rateLimited();
    this.#link.end(reason);
  }
}

const refuseUnknown: Command = () =>
  Promise.reject(new Refusal("invalid_request", { message: errors.invalid_request.message.en }));
