import type { CompanyId, InboundId } from "../contract/ids.ts";
import { StorageError } from "../db/sql.ts";
import { arrive } from "../domain/messages/arrive.ts";
import { forgetEarly } from "../domain/messages/early.ts";
import { nextRetryAt } from "./inbound-backoff.ts";
import {
  dueFailures,
  dueLogs,
  type FailureRow,
  type LogRow,
  readFailure,
  readLog,
  takeUpAbandoned,
  updateFailure,
  updateLog,
} from "./inbound-store.ts";
import { ourFault } from "./inbound-take.ts";
import type { Inbound } from "./inbound.ts";

/** How often what is due is looked for (ms). */
const POLL_MS = 1000;
/** How many are tried in one go. */
const BATCH = 20;
/** A status or edit waits this long for its message (ms): longer than WhatsApp redelivers. */
const EARLY_MS = 30 * 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

/** What became of a try. */
export interface Retried {
  readonly state: LogRow["state"];
  readonly error: string | null;
}

/** Tries again what could not be processed, and finishes what a crash cut off (channels.md, "Inbound" 3). */
export class InboundRetry {
  #timer: ReturnType<typeof setInterval> | undefined;
  #running: Promise<void> | undefined;
  #swept = 0;
  #tookUp = false;

  constructor(private readonly inbound: Inbound) {}

  /** Begins with what a crash cut off, then looks for what is due once a second. To be called before webhooks are taken. */
  start(): void {
    this.#timer ??= setInterval(() => this.#poll(), POLL_MS);
    this.#poll();
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  /** One round over all that is due now. */
  async retryDue(): Promise<void> {
    const { sql, clock } = this.inbound.deps.context;
    const due = { now: clock.now(), limit: BATCH };
    const { logs, failures } = await sql.read(async (tx) => ({
      logs: await dueLogs(tx, due),
      failures: await dueFailures(tx, due),
    }));
    for (const log of logs) await this.retryLog(log);
    for (const failure of failures) await this.retryItem(failure);
    if (due.now - this.#swept < HOUR_MS) return;
    this.#swept = due.now;
    await forgetEarly(this.inbound.deps.context, due.now - EARLY_MS);
  }

  /** A whole webhook once more. What is there already stays as it is. */
  async retryLog(log: LogRow): Promise<Retried> {
    const { context, directory } = this.inbound.deps;
    const address = await directory.get(log.channel_id);
    const items = address && (await this.inbound.reread(address, log));
    if (!address || !items) {
      const error = address ? "not JSON" : "the channel is gone";
      return this.#settleLog({ ...log, state: "dead", error, due_at: null });
    }
    try {
      await this.inbound.process({ log, address, items, isNew: false });
    } catch (error) {
      if (error instanceof StorageError) throw error;
      context.log.error("webhook failed again", { inbound_id: log.id, error });
      const due_at = nextRetryAt(log.attempts + 1, context.clock.now());
      const state = due_at === null ? "dead" : "pending";
      return this.#settleLog({ ...log, state, error: ourFault, attempts: log.attempts + 1, due_at });
    }
    const after = await this.#find(log.company_id, log.id);
    return { state: after?.state ?? "done", error: null };
  }

  /** One item of a webhook once more. */
  async retryItem(failure: FailureRow): Promise<Retried> {
    const { context } = this.inbound.deps;
    const error = await this.#tryItem(failure);
    if (error === null) {
      await context.sql.transaction((tx) =>
        updateFailure(tx, { ...failure, state: "done", attempts: failure.attempts + 1, due_at: null }),
      );
      return { state: "done", error };
    }
    const attempts = failure.attempts + 1;
    const due_at = nextRetryAt(attempts, context.clock.now());
    const state = due_at === null ? "dead" : "pending";
    await context.sql.transaction((tx) => updateFailure(tx, { ...failure, state, error, attempts, due_at }));
    return { state, error };
  }

  /** A letter of a company by its id (`inboundId` or `inboundId:place`), tried now; undefined where there is none. */
  async replay(companyId: CompanyId, id: LetterId): Promise<Retried | undefined> {
    const { sql } = this.inbound.deps.context;
    const { inboundId, place } = id;
    if (place === null) {
      const log = await this.#find(companyId, inboundId);
      return log && this.retryLog({ ...log, attempts: 0 });
    }
    const failure = await sql.read((tx) => readFailure(tx, companyId, { inboundId, item: place }));
    return failure && this.retryItem({ ...failure, attempts: 0 });
  }

  #find(companyId: CompanyId, id: InboundId): Promise<LogRow | undefined> {
    return this.inbound.deps.context.sql.read((tx) => readLog(tx, companyId, id));
  }

  async #settleLog(log: LogRow): Promise<Retried> {
    await this.inbound.deps.context.sql.transaction((tx) => updateLog(tx, log));
    return { state: log.state, error: log.error };
  }

  /** Null when it went well, else why not. */
  async #tryItem(failure: FailureRow): Promise<string | null> {
    const { context, directory, contactTyping } = this.inbound.deps;
    const log = await this.#find(failure.company_id, failure.inbound_id);
    const address = log && (await directory.get(log.channel_id));
    const items = address && (await this.inbound.reread(address, log));
    const routed = items?.[failure.item];
    if (!log || !routed) return "the webhook or its channel is gone";
    const { item, channel } = routed;
    if (item.kind === "broken") return item.reason;
    if (channel === null) return "no channel has this number";
    try {
      const signal = await context.sql.transaction((tx) =>
        arrive(tx, channel, { item, at: log.received_at }),
      );
      if (signal) contactTyping(signal);
      return null;
    } catch (error) {
      if (error instanceof StorageError) throw error;
      context.log.error("inbound item failed again", {
        inbound_id: failure.inbound_id,
        item: failure.item,
        error,
      });
      return ourFault;
    }
  }

  async #round(): Promise<void> {
    const { sql, clock } = this.inbound.deps.context;
    if (!this.#tookUp) await sql.transaction((tx) => takeUpAbandoned(tx, clock.now()));
    this.#tookUp = true;
    await this.retryDue();
  }

  #poll(): void {
    this.#running ??= this.#round()
      .catch((error: unknown) => this.inbound.deps.context.log.error("inbound retries failed", { error }))
      .finally(() => {
        this.#running = undefined;
      });
  }
}

/** A whole webhook, or the item at a place in it. */
export interface LetterId {
  readonly inboundId: InboundId;
  readonly place: number | null;
}
