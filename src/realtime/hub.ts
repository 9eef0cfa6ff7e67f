/**
 * From committed events to native topics: rendered once, encoded once per dialect and wire form that somebody listens
 * to, published by the server itself. Nothing here loops over sockets but where a person loses a view.
 */
import type { Caller } from "../auth/caller.ts";
import type { Placement } from "../contract/events.ts";
import type { CompanyId, ConversationId } from "../contract/ids.ts";
import type { Sql } from "../db/sql.ts";
import { maySee, seesAll, topicsOf } from "../events/audience.ts";
import type { CompanyEvent } from "../events/log.ts";
import type { Connection } from "./connection.ts";
import { conversationRemoved, deliveriesOf, happeningDeliveries } from "./deliveries.ts";
import type { Delivery, Dialect, Happening, Sequence } from "./dialect.ts";
import type { Publisher } from "./link.ts";
import type { Registry } from "./registry.ts";
import { render } from "./render.ts";
import type { Rendered, Scope } from "./rendered.ts";
import { leavesView, nativeTopic, topicsOfRoom } from "./rooms.ts";
import type { Sources } from "./sources.ts";

export interface HubOptions {
  readonly sql: Sql;
  readonly sources: Sources;
  readonly registry: Registry;
  readonly dialects: readonly Dialect[];
  readonly publisher: Publisher;
  /** Told how many events were published, for the metrics. */
  readonly onPublished?: (events: readonly Rendered[]) => void;
  /** Told how many frames were handed to rooms with listeners. */
  readonly onDelivered?: (frames: number) => void;
}

export class Hub {
  constructor(private readonly options: HubOptions) {}

  /** The bus's subscriber: reads what the events are about, and returns the step that publishes them. */
  async prepare(events: readonly CompanyEvent[]): Promise<() => void> {
    const rendered: Rendered[] = [];
    for (const [companyId, ofCompany] of groupByCompany(events)) {
      if (!this.#listening(companyId)) continue;
      const batch = { companyId, events: ofCompany };
      rendered.push(...(await this.options.sql.read((tx) => render(tx, this.options.sources, batch))));
    }
    return () => {
      for (const event of rendered) this.#publish(event);
      this.options.onPublished?.(rendered);
    };
  }

  /** Publishes what happens now; `from` is left out, whatever room he is in. */
  happen(happening: Happening, from?: Connection): void {
    for (const dialect of this.options.dialects) {
      const deliveries = happeningDeliveries(dialect, happening);
      const scope: Scope = "scope" in happening ? happening.scope : { kind: "company" };
      for (const delivery of deliveries) {
        this.#send(dialect, delivery, { companyId: happening.companyId, scope, sequence: null, from });
      }
    }
  }

  /** Puts a connection in its topics: from here on it gets what is published, and nothing twice. */
  enterTopics(connection: Connection): void {
    for (const topic of topicsOf(connection.caller))
      connection.link.subscribe(this.#topic(connection, topic));
    for (const id of connection.rooms)
      connection.link.subscribe(this.#topic(connection, `conversation:${id}`));
    connection.live = true;
  }

  /** Gives a connection the rooms of its new rights; conversations out of sight are left by `leaveRoom`. */
  changeRights(connection: Connection, caller: Caller): void {
    const before = new Set(topicsOf(connection.caller));
    const after = new Set(topicsOf(caller));
    connection.caller = caller;
    if (!connection.live) return;
    for (const topic of before)
      if (!after.has(topic)) connection.link.unsubscribe(this.#topic(connection, topic));
    for (const topic of after)
      if (!before.has(topic)) connection.link.subscribe(this.#topic(connection, topic));
  }

  enterRoom(connection: Connection, id: ConversationId): void {
    connection.rooms.add(id);
    if (connection.live) connection.link.subscribe(this.#topic(connection, `conversation:${id}`));
  }

  leaveRoom(connection: Connection, id: ConversationId): void {
    connection.rooms.delete(id);
    if (connection.live) connection.link.unsubscribe(this.#topic(connection, `conversation:${id}`));
  }

  #listening(companyId: CompanyId): boolean {
    for (const _ of this.options.registry.ofCompany(companyId)) return true;
    return false;
  }

  #topic(connection: Connection, topic: Parameters<typeof nativeTopic>[0]["topic"]): string {
    const { dialect, form, caller } = connection;
    return nativeTopic({ dialect: dialect.name, form, companyId: caller.companyId, topic });
  }

  #publish(event: Rendered): void {
    if ("before" in event.data) this.#leaveViews(event, event.data.conversation_id, event.data.before);
    this.#forget(event);
    for (const dialect of this.options.dialects) {
      const deliveries = deliveriesOf(dialect, event);
      deliveries.forEach((delivery, index) => {
        const sequence = { seq: event.seq, last: index === deliveries.length - 1 };
        this.#send(dialect, delivery, {
          companyId: event.companyId,
          scope: event.scope,
          sequence,
          from: undefined,
        });
      });
    }
    if (event.type === "conversation.deleted") this.#clearRoom(event.companyId, event.data.conversation_id);
  }

  #clearRoom(companyId: CompanyId, id: ConversationId): void {
    for (const connection of this.options.registry.ofCompany(companyId)) {
      if (connection.rooms.has(id)) this.leaveRoom(connection, id);
    }
  }

  #send(
    dialect: Dialect,
    delivery: Delivery,
    to: {
      readonly companyId: CompanyId;
      readonly scope: Scope;
      readonly sequence: Sequence | null;
      readonly from: Connection | undefined;
    },
  ): void {
    const { publisher } = this.options;
    for (const form of delivery.forms ?? dialect.forms) {
      const topics = topicsOfRoom(delivery.room, to.scope)
        .map((topic) => nativeTopic({ dialect: dialect.name, form, companyId: to.companyId, topic }))
        .filter((topic) => publisher.listeners(topic) > 0);
      if (topics.length === 0) continue;
      const frame = dialect.frame(form, delivery, to.sequence);
      const own = to.from?.dialect === dialect && to.from.form === form ? to.from.link : undefined;
      this.options.onDelivered?.(topics.length);
      for (const topic of topics) {
        if (own) own.publish(topic, frame);
        else publisher.publish(topic, frame);
      }
    }
  }

  /** Tells those who saw a contact by a conversation of it, and no longer do, that it is gone. */
  #forget(event: Rendered): void {
    const told = new Set<string>();
    for (const connection of this.#thoseOf(event)) {
      const { caller, dialect, form } = connection;
      if (!leavesView(caller, event)) continue;
      const topic = this.#topic(connection, `user:${caller.userId}`);
      const forgotten = dialect.forgotten?.(event.data.contact_id);
      if (!forgotten || told.has(topic)) continue;
      told.add(topic);
      this.options.publisher.publish(topic, dialect.frame(form, forgotten, { seq: event.seq, last: true }));
    }
  }

  /** Nobody for events that take nothing out of sight. */
  #thoseOf(event: Rendered): Iterable<Connection> {
    const moved = event.type === "contact.updated" && event.data.stood !== undefined;
    return moved ? this.options.registry.ofCompany(event.companyId) : [];
  }

  /** Tells those who saw a conversation where it stood, and no longer may, that it is gone; they leave its room. */
  #leaveViews(event: Rendered, id: ConversationId, before: Placement): void {
    if (event.scope.kind !== "placed" || event.type === "conversation.deleted") return;
    const { placement } = event.scope;
    const told = new Set<string>();
    for (const connection of this.options.registry.ofCompany(event.companyId)) {
      const { caller, dialect, form } = connection;
      if (seesAll(caller) || !maySee(caller, before) || maySee(caller, placement)) continue;
      if (connection.rooms.has(id)) this.leaveRoom(connection, id);
      const topic = this.#topic(connection, `user:${caller.userId}`);
      if (told.has(topic)) continue;
      told.add(topic);
      const frame = dialect.frame(form, conversationRemoved(id), { seq: event.seq, last: true });
      this.options.publisher.publish(topic, frame);
    }
  }
}

function groupByCompany(events: readonly CompanyEvent[]): ReadonlyMap<CompanyId, readonly CompanyEvent[]> {
  return Map.groupBy(events, (event) => event.companyId);
}
