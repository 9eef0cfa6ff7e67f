import type { ChannelId, InboundId } from "../contract/ids.ts";
import { StorageError } from "../db/sql.ts";
import type { ChannelRecord } from "../domain/channels/record.ts";
import type { Context } from "../domain/context.ts";
import type { ContactTyping } from "../domain/messages/arrive.ts";
import { newId } from "../lib/ids.ts";
import type { ChannelDirectory } from "./directory.ts";
import { firstRetryAt } from "./inbound-backoff.ts";
import { type RoutedItem, routeItems } from "./inbound-route.ts";
import { insertLog, type LogRow } from "./inbound-store.ts";
import { ItemFailure, type Job, ourFault, type Piece, takeIn } from "./inbound-take.ts";
import type { ChannelModules } from "./kinds.ts";

export interface InboundDeps {
  readonly context: Context;
  readonly directory: ChannelDirectory;
  readonly modules: ChannelModules;
  /** Tells open screens that a contact types. */
  readonly contactTyping: (signal: ContactTyping) => void;
}

/** A webhook whose signature was right. */
export interface Webhook {
  /** The channel of its address. */
  readonly address: ChannelRecord;
  readonly raw: Uint8Array;
}

/** Items per transaction: more would keep siblings waiting for the commit. */
const CHUNK = 50;
/** How often a channel's "last heard" is written (ms). */
const HEARD_MS = 1000;
/** After this a webhook that was being processed when the server died is taken up again (ms). */
const ABANDONED_MS = 60_000;

/** Takes webhooks in: stored before they are acknowledged (channels.md, "Inbound"). */
export class Inbound {
  readonly deps: InboundDeps;
  readonly #heard = new Map<ChannelId, number>();

  constructor(deps: InboundDeps) {
    this.deps = deps;
  }

  /**
   * Returns when the webhook is durable: processed, or kept to be processed again. The provider may be answered then.
   * Throws `StorageError` where nothing could be stored: the provider is to send it again.
   */
  async accept({ address, raw }: Webhook): Promise<void> {
    const { context } = this.deps;
    const log: LogRow = {
      id: newId<InboundId>(),
      company_id: address.companyId,
      channel_id: address.id,
      raw,
      state: "done",
      error: null,
      attempts: 0,
      due_at: null,
      received_at: context.clock.now(),
    };
    const parsed = this.#parse(address, raw, log.received_at);
    if (!parsed.ok) {
      await context.sql.transaction((tx) => insertLog(tx, { ...log, state: "dead", error: parsed.error }));
      return;
    }
    try {
      const items = await routeItems(this.deps, address, parsed.items);
      await this.process({ log, address, items, isNew: true });
    } catch (error) {
      if (error instanceof StorageError) throw error;
      context.log.error("webhook kept to be processed again", { inbound_id: log.id, error });
      await this.#keep(log);
    }
  }

  /** Reads what a webhook holds. Not JSON is no error of ours: the same bytes will never be. */
  #parse(address: ChannelRecord, raw: Uint8Array, arrivedAt: number) {
    let body: unknown;
    try {
      body = JSON.parse(new TextDecoder().decode(raw));
    } catch {
      return { ok: false, error: "not JSON" } as const;
    }
    return { ok: true, items: this.deps.modules[address.kind].inbound.parse(body, arrivedAt) } as const;
  }

  /** What of a stored webhook is to be processed again; null where its bytes are no JSON. */
  async reread(address: ChannelRecord, log: LogRow): Promise<readonly RoutedItem[] | null> {
    const parsed = this.#parse(address, log.raw, log.received_at);
    return parsed.ok ? routeItems(this.deps, address, parsed.items) : null;
  }

  /**
   * Processes a webhook's items in the provider's order and settles its row. A large one is stored first and
   * processed in pieces: each item is known by its id, so that a second time changes nothing.
   */
  async process(job: Job): Promise<void> {
    const { items, log } = job;
    const sorted = items.toSorted(byTime);
    if (sorted.length > CHUNK && job.isNew) {
      const due_at = log.received_at + ABANDONED_MS;
      await this.deps.context.sql.transaction((tx) => insertLog(tx, { ...log, state: "pending", due_at }));
      await this.#inPieces({ ...job, isNew: false }, sorted);
      return;
    }
    if (sorted.length > CHUNK) await this.#inPieces(job, sorted);
    else await this.#piece(job, { items: sorted, isLast: true });
  }

  async #inPieces(job: Job, sorted: readonly RoutedItem[]): Promise<void> {
    for (let from = 0; from < sorted.length; from += CHUNK) {
      const items = sorted.slice(from, from + CHUNK);
      await this.#piece(job, { items, isLast: from + CHUNK >= sorted.length });
    }
  }

  /** One transaction; an item that fails in it is noted and left out of the next try. */
  async #piece(job: Job, piece: Piece): Promise<void> {
    const { context, contactTyping } = this.deps;
    const failed = new Map<number, string>();
    for (const { item, place } of piece.items) if (item.kind === "broken") failed.set(place, item.reason);
    for (;;) {
      const heard = this.#toHear(piece, job.log.received_at);
      try {
        const signals = await context.sql.transaction((tx) => takeIn(tx, { job, piece, failed, heard }));
        for (const channel of heard) this.#heard.set(channel.id, job.log.received_at);
        signals.forEach(contactTyping);
        for (const { item, channel } of piece.items) {
          if (item.kind === "message" && channel) context.metrics.messageIn(channel.id);
        }
        return;
      } catch (error) {
        if (!(error instanceof ItemFailure) || error.cause instanceof StorageError) throw rootOf(error);
        context.log.error("inbound item kept aside", {
          inbound_id: job.log.id,
          item: error.place,
          error: error.cause,
        });
        failed.set(error.place, ourFault);
      }
    }
  }

  /** The channels of these items that were not heard of for a while. */
  #toHear({ items }: Piece, at: number): readonly ChannelRecord[] {
    const channels = new Map(items.flatMap(({ channel }) => (channel ? [[channel.id, channel]] : [])));
    return [...channels.values()].filter(({ id }) => at - (this.#heard.get(id) ?? 0) >= HEARD_MS);
  }

  async #keep(log: LogRow): Promise<void> {
    const state = "pending";
    const due_at = firstRetryAt(log.received_at);
    await this.deps.context.sql.transaction((tx) =>
      insertLog(tx, { ...log, state, error: ourFault, attempts: 1, due_at }),
    );
  }
}

/** By the provider's time within one webhook; what stands together stays in its order. */
function byTime(one: RoutedItem, other: RoutedItem): number {
  return timeOf(one) - timeOf(other);
}

function timeOf({ item }: RoutedItem): number {
  return item.kind === "broken" ? 0 : item.at;
}

function rootOf(error: unknown): unknown {
  return error instanceof ItemFailure ? error.cause : error;
}
