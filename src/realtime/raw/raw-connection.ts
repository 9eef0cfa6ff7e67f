/** One plain WebSocket from the handshake to its end: proves itself, then its frames become commands, in order. */
import type { Admission } from "../../auth/authenticate.ts";
import { type ErrorCode, errors, Refusal } from "../../contract/errors.ts";
import { toInstant } from "../../lib/clock.ts";
import { newId } from "../../lib/ids.ts";
import { parseJson } from "../../lib/parse-json.ts";
import { type Connection, type ConnectionId, tell } from "../connection.ts";
import { limits, MistakeCounter } from "../limits.ts";
import type { EndReason } from "../link.ts";
import type { Sessions, SessionsOptions, Start } from "../sessions.ts";
import type { Command, Handshake, RawDialect } from "./raw-dialect.ts";
import type { RawSocket } from "./raw-socket.ts";

export interface RawDeps {
  readonly sessions: Sessions;
  readonly options: Pick<SessionsOptions, "gatekeeper" | "clock" | "log" | "metrics">;
}

type State =
  | { readonly at: "door"; readonly timer: Timer }
  | { readonly at: "inside"; readonly connection: Connection }
  | { readonly at: "gone" };

export class RawConnection {
  #state: State;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  readonly #mistakes = new MistakeCounter();

  constructor(
    private readonly deps: RawDeps,
    private readonly raw: RawDialect,
    private readonly own: {
      readonly socket: RawSocket;
      readonly handshake: Handshake;
      /** Called when the connection is no longer a stranger, or has gone; perhaps twice. */
      readonly onKnown: () => void;
    },
  ) {
    const { token, cookie } = own.handshake;
    this.#state = { at: "door", timer: setTimeout(() => this.#tooLate(), limits.authWithinMs) };
    if (token !== null || cookie !== null) this.#enqueue(() => this.#admitByHandshake());
  }

  /** A frame of the client. Handled in order, one after the other; too many at once end the connection. */
  receive(message: string | Uint8Array): void {
    if (this.#waiting >= limits.waitingFrames) return this.#refuse("rate_limited", "rate_limited");
    const frame = typeof message === "string" ? parseJson(message) : undefined;
    this.#enqueue(() => this.#handle(frame));
  }

  /** The socket has closed. */
  closed(): void {
    const state = this.#state;
    if (state.at === "door") clearTimeout(state.timer);
    this.#state = { at: "gone" };
    this.own.onKnown();
    if (state.at === "inside") this.deps.sessions.end(state.connection);
  }

  #enqueue(step: () => Promise<void>): void {
    this.#waiting += 1;
    this.#queue = this.#queue
      .then(() => (this.own.socket.open ? step() : undefined))
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  #failed(error: unknown): void {
    this.deps.options.log.error("a realtime command failed", { error });
    this.#answerError("internal");
  }

  async #handle(frame: unknown): Promise<void> {
    const command = this.raw.decode(frame);
    if (command.kind === "mistake") return this.#mistake(command.code, command.message);
    if (command.kind === "auth") return this.#authenticate(command);
    if (this.#state.at !== "inside") return this.#mistake("unauthorized", errors.unauthorized.message.en);
    try {
      await this.#obey(this.#state.connection, command);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A well-formed wish that can't be granted is no mistake: a conversation may have left the view meanwhile.
      this.#answerError(error.code);
    }
  }

  async #obey(connection: Connection, command: Exclude<Command, { kind: "auth" }>): Promise<void> {
    const { sessions, options } = this.deps;
    switch (command.kind) {
      case "ping":
        return tell(connection, "pong", { timestamp: toInstant(options.clock.now()) });
      case "subscribe": {
        const { resumed } = await sessions.join(connection, command.conversationId, command.since);
        return tell(connection, "subscribed", { conversation_id: command.conversationId, resumed });
      }
      case "unsubscribe":
        sessions.leave(connection, command.conversationId);
        return tell(connection, "unsubscribed", { conversation_id: command.conversationId });
      case "typing":
        return sessions.typing(connection, command.conversationId, command.typing);
      case "presence":
        return sessions.choosePresence(connection, command.status);
      case "read":
        return sessions.markRead(connection, command.conversationId);
    }
  }

  async #admitByHandshake(): Promise<void> {
    const { token, cookie, start } = this.own.handshake;
    const { gatekeeper } = this.deps.options;
    await this.#admit(
      () => (token !== null ? gatekeeper.admitToken(token) : gatekeeper.admitCookie(cookie ?? "")),
      { start, userId: null },
    );
  }

  async #authenticate(command: Extract<Command, { kind: "auth" }>): Promise<void> {
    const state = this.#state;
    if (state.at === "inside") return this.#renew(state.connection, command.token);
    const start = { ...this.own.handshake.start, ...defined(command.start) };
    await this.#admit(() => this.deps.options.gatekeeper.admitToken(command.token), {
      start,
      userId: command.userId,
    });
  }

  async #admit(
    prove: () => Promise<Admission>,
    { start, userId }: { readonly start: Start; readonly userId: string | null },
  ): Promise<void> {
    if (this.#state.at !== "door") return;
    const { timer } = this.#state;
    try {
      const { caller, expiresAt } = await prove();
      const { claims } = this.own.handshake;
      if (
        !agree(userId, caller.userId) ||
        !agree(claims.userId, caller.userId) ||
        !agree(claims.companyId, caller.companyId)
      ) {
        throw new Refusal("forbidden");
      }
      if (!this.own.socket.open) return;
      clearTimeout(timer);
      this.own.onKnown();
      const connection: Connection = {
        id: newId<ConnectionId>(),
        dialect: this.raw.dialect,
        form: this.raw.form,
        link: this.own.socket,
        connectedAt: this.deps.options.clock.now(),
        caller,
        expiresAt,
        rooms: new Set(),
        live: false,
      };
      this.#state = { at: "inside", connection };
      await this.deps.sessions.start(connection, start);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.deps.options.metrics.authFailed();
      this.#refuse(endReasonOf(error.code), error.code);
    }
  }

  async #renew(connection: Connection, token: string): Promise<void> {
    try {
      await this.deps.sessions.renew(connection, token);
      tell(connection, "auth_ok", { user_id: connection.caller.userId });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.deps.options.metrics.authFailed();
      this.#refuse(endReasonOf(error.code), error.code);
    }
  }

  #mistake(code: string, message: string): void {
    if (this.#mistakes.tooMany(this.deps.options.clock.now()))
      return this.#refuse("rate_limited", "rate_limited");
    this.own.socket.send(this.#encode("error", { code, message }));
  }

  #answerError(code: ErrorCode): void {
    this.own.socket.send(this.#encode("error", { code, message: errors[code].message.en }));
  }

  #refuse(reason: EndReason, code: ErrorCode): void {
    if (reason === "rate_limited") this.deps.options.metrics.rateLimited();
    this.own.socket.end(reason, { code, message: errors[code].message.en });
  }

  #tooLate(): void {
    this.deps.options.metrics.authFailed();
    this.#refuse("auth_timeout", "unauthorized");
  }

  #encode(name: string, payload: unknown): string | Uint8Array<ArrayBuffer> {
    return this.raw.dialect.frame(this.raw.form, { name, payload }, null);
  }
}

function agree(claimed: string | null, actual: string): boolean {
  return claimed === null || claimed === actual;
}

/** What the frame says wins over the query, where it says anything. */
function defined(start: Start): Start {
  return Object.fromEntries(Object.entries(start).filter(([, value]) => value !== undefined));
}

function endReasonOf(code: ErrorCode): EndReason {
  if (code === "forbidden") return "forbidden";
  return code === "connection_limit" || code === "rate_limited" ? "rate_limited" : "unauthorized";
}
