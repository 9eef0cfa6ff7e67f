/** The life of a connection after it has proved who it is, the same for every dialect and transport. */
import type { Caller } from "../auth/caller.ts";
import type { Presence } from "../contract/entities.ts";
import { Refusal } from "../contract/errors.ts";
import type { CompanyId, ContactId, ConversationId, UserId } from "../contract/ids.ts";
import { attends } from "../events/audience.ts";
import type { Clock } from "../lib/clock.ts";
import { toInstant } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { Metrics } from "../lib/metrics.ts";
import { type Connection, tell } from "./connection.ts";
import type { Hub } from "./hub.ts";
import { limits } from "./limits.ts";
import type { Actions, Gatekeeper } from "./ports.ts";
import { type PresenceChange, PresenceTracker } from "./presence.ts";
import type { Registry } from "./registry.ts";
import type { Scope } from "./rendered.ts";
import { canResume, replay, type ReplayDeps, replayRoom } from "./resume.ts";
import { inScope } from "./rooms.ts";
import { readPlacements, readVisibility } from "./store.ts";

export interface SessionsOptions extends ReplayDeps {
  readonly hub: Hub;
  readonly registry: Registry;
  readonly gatekeeper: Gatekeeper;
  readonly actions: Actions;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
  /** The database's identity. */
  readonly epoch: string;
  readonly presenceGraceMs?: number;
}

/** Where a client stopped; all of it optional. */
export interface Start {
  readonly since?: number | undefined;
  readonly epoch?: string | undefined;
  /** Rooms to be joined again, before the replay, where allowed. */
  readonly rooms?: readonly ConversationId[] | undefined;
}

export class Sessions {
  readonly presence: PresenceTracker;
  /** Those whose arrival the presence knows of; one that ends before that must not count as leaving. */
  readonly #arrived = new WeakSet<Connection>();

  constructor(private readonly options: SessionsOptions) {
    this.presence = new PresenceTracker({
      ...(options.presenceGraceMs === undefined ? {} : { graceMs: options.presenceGraceMs }),
      onChange: (change) => this.#presenceChanged(change),
    });
  }

  /** Registers the connection, replays what it missed and puts it in its topics. Throws `connection_limit`, `token_invalid`. */
  async start(connection: Connection, start: Start): Promise<void> {
    const { registry, actions, metrics, gatekeeper, hub } = this.options;
    const { caller } = connection;
    registry.add(connection);
    // Looked at again: what was revoked or changed before it stood in the registry has not reached it.
    const [current, chosen] = await Promise.all([gatekeeper.reload(caller), actions.chosenPresence(caller)]);
    if (!registry.has(connection)) return;
    if (!current) throw new Refusal("token_invalid");
    if (connection.caller === caller) hub.changeRights(connection, current);
    this.presence.arrive(caller, chosen);
    this.#arrived.add(connection);
    for (const id of start.rooms ?? []) await this.#rejoin(connection, id);

    const { since, epoch } = start;
    if (since === undefined) {
      this.#goLive(connection, null);
      metrics.resumed("fresh");
    } else if (await canResume(this.options, connection, { since, epoch })) {
      await replay(this.options, connection, { since, atHead: () => this.#goLive(connection, true) });
      metrics.resumed("resumed");
    } else {
      this.#goLive(connection, false);
      metrics.resumed("resync");
    }
  }

  /** In one synchronous step: what the bus has published lies behind, what it will publish comes by topic. */
  #goLive(connection: Connection, resumed: boolean | null): void {
    if (!connection.link.open) return;
    const { bus, hub, epoch } = this.options;
    const { companyId, userId } = connection.caller;
    tell(connection, "ready", { user_id: userId, epoch, seq: bus.head(companyId), resumed });
    hub.enterTopics(connection);
    if (connection.dialect.showsPresence) {
      tell(connection, "presence_snapshot", { users: this.#presenceSnapshot(companyId) });
    }
    for (const id of connection.rooms) this.#showViewing(connection, id);
  }

  /** The connection has ended, for whatever reason; safe to call again. */
  end(connection: Connection): void {
    if (!this.options.registry.remove(connection)) return;
    const rooms = [...connection.rooms];
    connection.rooms.clear();
    connection.live = false;
    for (const id of rooms) this.#showViewing(connection, id);
    if (this.#arrived.delete(connection)) this.presence.leave(connection.caller.userId);
  }

  /** Joins a conversation's room; with `since`, what the room missed goes out first. Throws `not_found`, `room_limit`. */
  async join(
    connection: Connection,
    id: ConversationId,
    since?: number,
  ): Promise<{ readonly resumed: boolean | null }> {
    await this.#scope(connection, id);
    if (!connection.rooms.has(id) && connection.rooms.size >= limits.roomsPerConnection)
      throw new Refusal("room_limit");
    const enter = () => this.options.hub.enterRoom(connection, id);
    if (since !== undefined) {
      const room = { conversationId: id, since, atHead: enter };
      const resumed = await replayRoom(this.options, connection, room);
      this.#showViewing(connection, id);
      return { resumed };
    }
    enter();
    this.#showViewing(connection, id);
    return { resumed: null };
  }

  leave(connection: Connection, id: ConversationId): void {
    if (!connection.rooms.has(id)) return;
    this.options.hub.leaveRoom(connection, id);
    this.#showViewing(connection, id);
  }

  /** Relays an agent's typing to whoever looks at the conversation, and to the contact where the channel can. Throws `not_found`, `forbidden`. */
  async typing(connection: Connection, id: ConversationId, typing: boolean): Promise<void> {
    const { caller } = connection;
    const scope = await this.#scope(connection, id);
    if (!attends(caller.role)) throw new Refusal("forbidden");
    this.#relayTyping(caller, { id, scope, typing }, connection);
    this.options.actions.showTyping(caller, id, typing);
  }

  /** The same for an agent who says it over REST, and was let do so; colleagues only. */
  async agentTyping(caller: Caller, id: ConversationId, typing: boolean): Promise<void> {
    const scope = await this.#scopeOf(caller.companyId, id);
    if (scope) this.#relayTyping(caller, { id, scope, typing });
  }

  #relayTyping(
    caller: Caller,
    { id, scope, typing }: { readonly id: ConversationId; readonly scope: Scope; readonly typing: boolean },
    from?: Connection,
  ): void {
    const by = { kind: "user", id: caller.userId, name: caller.name } as const;
    const { companyId } = caller;
    this.options.hub.happen({ kind: "typing", companyId, conversationId: id, scope, typing, by }, from);
  }

  /** A contact types, or has stopped: to whoever may see the conversation. */
  async contactTyping(signal: {
    readonly companyId: CompanyId;
    readonly conversationId: ConversationId;
    readonly contact: { readonly id: ContactId; readonly name: string };
    readonly typing: boolean;
  }): Promise<void> {
    const { companyId, conversationId, contact, typing } = signal;
    const scope = await this.#scopeOf(companyId, conversationId);
    const by = { kind: "contact", ...contact } as const;
    if (scope) this.options.hub.happen({ kind: "typing", companyId, conversationId, scope, typing, by });
  }

  async markRead(connection: Connection, id: ConversationId): Promise<void> {
    await this.options.actions.markRead(connection.caller, id);
  }

  async choosePresence(connection: Connection, presence: Presence): Promise<void> {
    await this.options.actions.choosePresence(connection.caller, presence);
    this.presence.choose(connection.caller.userId, presence);
  }

  /** A fresh token on the same connection: same user and company. It renews and never replays. Throws as `admitToken`, `forbidden`. */
  async renew(connection: Connection, token: string): Promise<void> {
    const admission = await this.options.gatekeeper.admitToken(token);
    const { caller } = connection;
    if (admission.caller.userId !== caller.userId || admission.caller.companyId !== caller.companyId) {
      throw new Refusal("forbidden");
    }
    connection.expiresAt = admission.expiresAt;
    this.options.hub.changeRights(connection, admission.caller);
  }

  /** Looks at the rights of these connections again: who lost them all is cut, the others are re-roomed and told. */
  async reconsider(connections: Iterable<Connection>, reason: string): Promise<void> {
    for (const connection of connections) {
      const caller = await this.options.gatekeeper.reload(connection.caller);
      if (!caller) {
        connection.link.end("unauthorized");
        continue;
      }
      this.options.hub.changeRights(connection, caller);
      for (const id of [...connection.rooms])
        if (!(await this.#maySee(connection, id))) this.leave(connection, id);
      tell(connection, "resync", { reason });
    }
  }

  /** The scope of a conversation that this caller may see. Throws `not_found`, for a foreign one as for none. */
  async #scope({ caller }: Connection, id: ConversationId): Promise<Scope> {
    const scope = await this.#scopeOf(caller.companyId, id);
    if (!scope || !inScope(caller, scope)) throw new Refusal("not_found");
    return scope;
  }

  #scopeOf(companyId: CompanyId, id: ConversationId): Promise<Scope | undefined> {
    return this.options.sql.read(async (tx) => {
      const placement = (await readPlacements(tx, companyId, [id])).get(id);
      const visibility = await readVisibility(tx, companyId);
      return placement && { kind: "placed", visibility, placement, attendingOnly: false };
    });
  }

  async #maySee(connection: Connection, id: ConversationId): Promise<boolean> {
    try {
      await this.#scope(connection, id);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  async #rejoin(connection: Connection, id: ConversationId): Promise<void> {
    if (connection.rooms.size >= limits.roomsPerConnection) return;
    if (await this.#maySee(connection, id)) this.options.hub.enterRoom(connection, id);
  }

  #presenceSnapshot(companyId: CompanyId) {
    return this.presence
      .online(companyId)
      .map(({ userId, presence }) => ({ user_id: userId, presence, last_seen_at: null }));
  }

  /** Who looks at a conversation: to those who are in its room. */
  #showViewing(connection: Connection, id: ConversationId): void {
    const { companyId } = connection.caller;
    const userIds: readonly UserId[] = this.options.registry.viewing(companyId, id);
    const happening = {
      kind: "viewing",
      companyId,
      conversationId: id,
      scope: { kind: "company" },
      userIds,
    } as const;
    // A link that has ended publishes nothing any more; then the server does.
    this.options.hub.happen(happening, connection.link.open ? connection : undefined);
    const tellItself = connection.dialect.showsPresence && connection.rooms.has(id);
    if (tellItself) tell(connection, "viewing", { conversation_id: id, user_ids: userIds });
  }

  #presenceChanged({ companyId, userId, name, was, now, cause }: PresenceChange): void {
    const { clock, hub, actions, log } = this.options;
    const at = toInstant(clock.now());
    const lastSeenAt = now === "offline" ? at : null;
    hub.happen({ kind: "presence", companyId, userId, name, presence: now, was, cause, lastSeenAt, at });
    if (now === "offline") {
      actions
        .departed(companyId, userId)
        .catch((error: unknown) => log.error("last seen not stored", { error }));
    }
  }
}
