import type { CompanyId } from "../contract/ids.ts";
import type { Sql } from "../db/sql.ts";
import type { Logger } from "../lib/logger.ts";
import { type CompanyEvent, fromRow } from "./log.ts";
import { type EventRow, readAfterKey, readHeads, readLastKey } from "./store.ts";

/** Rows read at once; more follow in the next turn. */
const PAGE = 500;

/**
 * Gets events after their commit, in the order of the log, and prepares to publish them: it may read meanwhile.
 * What it returns is called in the same synchronous step in which `head` moves, so that whoever looks at `head` and
 * joins at once neither misses an event nor gets it twice. When it throws, the same events come again.
 */
export type Subscriber = (events: readonly CompanyEvent[]) => Promise<() => void>;

/**
 * Follows the log and hands every committed event to its subscribers, once and in order of commit. Nothing else
 * publishes: a change that is in the log is published, one that was rolled back never was there.
 */
export interface Bus {
  /** Says that something was committed; costs nothing when called often. */
  wake(): void;
  /** The newest `seq` of a company that subscribers have been given completely. */
  head(companyId: CompanyId): number;
  subscribe(subscriber: Subscriber): () => void;
  /** Resolves when everything committed before the call has been given to the subscribers. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts after the newest event: what came before is for those who resume. */
export async function startBus(sql: Sql, log: Logger): Promise<Bus> {
  const { heads, key } = await sql.read(async (tx) => ({
    heads: await readHeads(tx),
    key: await readLastKey(tx),
  }));
  return new LogFollower(sql, log, { heads: new Map(heads.map((head) => [head.company_id, head.seq])), key });
}

class LogFollower implements Bus {
  readonly #subscribers = new Set<Subscriber>();
  readonly #heads: Map<CompanyId, number>;
  #key: number;
  #dirty = false;
  #stopped = false;
  #running: Promise<void> | undefined;

  constructor(
    private readonly sql: Sql,
    private readonly log: Logger,
    start: { readonly heads: Map<CompanyId, number>; readonly key: number },
  ) {
    this.#heads = start.heads;
    this.#key = start.key;
  }

  wake(): void {
    if (this.#stopped) return;
    this.#dirty = true;
    this.#running ??= this.#run();
  }

  head(companyId: CompanyId): number {
    return this.#heads.get(companyId) ?? 0;
  }

  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  async settled(): Promise<void> {
    this.wake();
    while (this.#running) await this.#running;
  }

  async stop(): Promise<void> {
    await this.settled();
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    try {
      while (this.#dirty) {
        this.#dirty = false;
        const rows = await this.sql.read((tx) => readAfterKey(tx, this.#key, PAGE));
        if (rows.length === PAGE) this.#dirty = true;
        if (rows.length > 0) await this.#deliver(rows);
      }
    } catch (error) {
      this.log.error("the event log can't be followed; trying again", { error });
      if (!this.#stopped) setTimeout(() => this.wake(), 250).unref();
    } finally {
      this.#running = undefined;
    }
    if (this.#dirty && !this.#stopped) this.wake();
  }

  async #deliver(rows: readonly EventRow[]): Promise<void> {
    const events = rows.map(fromRow);
    const publish = await Promise.all([...this.#subscribers].map((prepare) => prepare(events)));
    for (const step of publish) step();
    for (const row of rows) {
      this.#key = row.key;
      this.#heads.set(row.company_id, row.seq);
    }
  }
}
