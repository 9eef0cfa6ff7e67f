/** Puts the realtime part together: hub, sessions, transports, timers. `compose/server.ts` starts and stops it. */
import type { Server } from "bun";

import type { Caller } from "../auth/caller.ts";
import type { Revocation, Revocations } from "../auth/revocations.ts";
import { errors } from "../contract/errors.ts";
import type { CompanyId, UserId } from "../contract/ids.ts";
import type { CompanyEvent } from "../events/log.ts";
import { rawDialects, socketDialects } from "./dialects/index.ts";
import { Hub } from "./hub.ts";
import { limits, Tally } from "./limits.ts";
import { Meter } from "./meter.ts";
import type { OriginRules } from "./origin.ts";
import { RawServer } from "./raw/raw-server.ts";
import { Registry } from "./registry.ts";
import type { Rendered } from "./rendered.ts";
import { Sessions, type SessionsOptions } from "./sessions.ts";
import type { SocketData } from "./socket.ts";
import { type EngineLimits, engineLimits } from "./socketio/engine/options.ts";
import { SocketIo } from "./socketio/server.ts";
import type { SocketDialect } from "./socketio/socket-dialect.ts";

/** How often the end of tokens is looked for; the contract allows 30 s. */
const EXPIRY_EVERY_MS = 5_000;

export interface RealtimeOptions extends Omit<SessionsOptions, "hub" | "registry"> {
  readonly origins: OriginRules;
  readonly peer: (
    request: Request,
    server: Server<SocketData>,
  ) => { readonly ip: string; readonly secure: boolean };
  readonly revocations: Revocations;
  readonly onPublished?: (events: readonly Rendered[]) => void;
  readonly onDelivered?: (frames: number) => void;
  /** Every one that there is, unless a test brings its own. */
  readonly socketDialects?: readonly SocketDialect[];
  /** Other than the contract's, for tests without patience. */
  readonly engineLimits?: Partial<EngineLimits>;
}

/** Whose connections must be looked at again: one user's, or all of a company. */
type RightsChange =
  | { readonly kind: "user"; readonly userId: UserId }
  | { readonly kind: "company"; readonly companyId: CompanyId };

export class Realtime {
  readonly registry = new Registry();
  readonly meter: Meter;
  readonly hub: Hub;
  readonly sessions: Sessions;
  readonly raw: RawServer;
  readonly socketIo: SocketIo;
  readonly #options: RealtimeOptions;
  readonly #timers: readonly Timer[];
  readonly #leave: readonly (() => void)[];

  constructor(given: RealtimeOptions) {
    this.meter = new Meter(given.metrics, given.clock);
    const options = { ...given, metrics: this.meter.metrics };
    this.#options = options;
    const spoken = options.socketDialects ?? socketDialects;
    this.hub = new Hub({
      sql: options.sql,
      sources: options.sources,
      registry: this.registry,
      dialects: [...rawDialects, ...spoken].map(({ dialect }) => dialect),
      publisher: {
        publish: (topic, frame) => this.socketIo.engine.topics.publish(topic, frame),
        listeners: (topic) => this.socketIo.engine.topics.listeners(topic),
      },
      onPublished: (events) => {
        this.meter.published(events);
        options.onPublished?.(events);
      },
      ...(options.onDelivered ? { onDelivered: options.onDelivered } : {}),
    });
    this.sessions = new Sessions({ ...options, hub: this.hub, registry: this.registry });
    const { origins, peer } = options;
    const strangers = new Tally<string>();
    const shared = { sessions: this.sessions, origins, peer, strangers };
    this.raw = new RawServer({ ...shared, options, dialects: rawDialects });
    this.socketIo = new SocketIo({
      ...shared,
      options: { ...options, registry: this.registry },
      dialects: spoken,
      limits: { ...engineLimits, ...options.engineLimits },
    });
    this.#leave = [
      options.bus.subscribe((events) => this.#prepare(events)),
      options.revocations.onRevoked((revocation) => this.#end(revocation)),
    ];
    this.#timers = [
      setInterval(() => this.#tick(), limits.tickEveryMs),
      setInterval(() => this.#expire(), EXPIRY_EVERY_MS),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** The server exists only after `Bun.serve`; until then nobody listens. */
  attach(server: Server<SocketData>): void {
    this.socketIo.engine.topics.attach(server);
  }

  /** Answers a request that is for a realtime endpoint; null when it is for somebody else, undefined when a socket was made of it. */
  handle(request: Request, server: Server<SocketData>): Response | Promise<Response> | undefined | null {
    const answer = this.raw.upgrade(request, server);
    return answer === null ? this.socketIo.handle(request, server) : answer;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const leave of this.#leave) leave();
    this.raw.stop();
    this.socketIo.stop();
    this.sessions.presence.stop();
  }

  async #prepare(events: readonly CompanyEvent[]): Promise<() => void> {
    const publish = await this.hub.prepare(events);
    return () => {
      publish();
      for (const event of events) this.#reconsiderAfter(event);
    };
  }

  /** Role, queues or visibility changed: re-roomed at once, within the 5 s of the contract. */
  #reconsiderAfter(event: CompanyEvent): void {
    const change = rightsChange(event);
    if (!change) return;
    const connections =
      change.kind === "user"
        ? this.registry.ofUser(change.userId)
        : [...this.registry.ofCompany(change.companyId)];
    this.sessions.reconsider(connections, event.type).catch((error: unknown) => {
      this.#options.log.error("rights could not be looked at again", { error });
    });
  }

  /** A session, key or user no longer stands: its connections end now. */
  #end(revocation: Revocation): void {
    for (const connection of [...this.registry.all()]) {
      if (hangsOn(connection.caller, revocation)) connection.link.end("unauthorized", signedOut);
    }
  }

  #tick(): void {
    for (const companyId of this.registry.companies()) {
      this.hub.happen({ kind: "tick", companyId, seq: this.#options.bus.head(companyId) });
    }
  }

  #expire(): void {
    const now = this.#options.clock.now();
    for (const connection of [...this.registry.all()]) {
      if (connection.expiresAt === null || connection.expiresAt > now) continue;
      connection.link.end("expired", { code: "token_expired", message: errors.token_expired.message.en });
    }
  }
}

const signedOut = { code: "token_invalid", message: errors.token_invalid.message.en };

function hangsOn({ userId, credential }: Caller, revocation: Revocation): boolean {
  switch (revocation.kind) {
    case "user":
      return revocation.userId === userId;
    case "sessions":
      return credential.kind === "session" && revocation.sessionIds.includes(credential.sessionId);
    case "api_key":
      return credential.kind === "api_key" && revocation.apiKeyId === credential.apiKeyId;
  }
}

function rightsChange(event: CompanyEvent): RightsChange | undefined {
  if (event.type === "user.updated" && event.data.rights) return { kind: "user", userId: event.data.user_id };
  if (event.type === "bulk.changed" && event.data.rights)
    return { kind: "company", companyId: event.companyId };
  return undefined;
}
