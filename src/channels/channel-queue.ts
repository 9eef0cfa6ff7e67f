import type { Context } from "../domain/context.ts";
import { type Claim, claim } from "../domain/outbox/claim.ts";
import { type Ending, settle } from "../domain/outbox/settle.ts";
import { findCandidates, findNextDue } from "../domain/outbox/store.ts";
import { backoffMs } from "../lib/retry.ts";
import type { RunningChannel, SendResult } from "./channel.ts";
import { endingOf, LONGEST_BACKOFF_MS } from "./ending.ts";
import { prepare } from "./outgoing.ts";
import { ChannelLimits } from "./send-limits.ts";

/** Requests of one channel that are on their way at once; a dead provider holds no more than these. */
const MOST_IN_FLIGHT = 32;
/** Nothing is looked for more often by a timer (ms): a clock that stands still must not make it spin. */
const SHORTEST_TIMER_MS = 20;
const LONGEST_TIMER_MS = 60_000;
const AFTER_TROUBLE_MS = 1_000;
/** How long an aborted request may take to be written down (ms). */
const ABORT_MS = 2_000;

/**
 * Sends what one channel has to send: claims before anything leaves, in order per contact, and writes down each end.
 * Channels share nothing but the database, so a slow one holds up only itself.
 */
export class ChannelQueue {
  readonly #limits: ChannelLimits;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #abort = new AbortController();
  /** Nothing leaves before (ms): the provider refused the whole channel for a while. */
  #heldUntil = 0;
  #timer: Timer | undefined;
  #pumping: Promise<void> | undefined;
  #wanted = false;
  #stopping = false;

  constructor(
    private readonly context: Context,
    private readonly channel: RunningChannel,
    /** The settings with which it was started; see `accountOf`. */
    private readonly account: string,
  ) {
    this.#limits = new ChannelLimits(channel.limits, context.clock.now());
  }

  /** Something may be due. Costs nothing when called often. */
  wake(): void {
    this.#wanted = true;
    if (!this.#stopping) this.#pumping ??= this.#pump();
  }

  /** Claims nothing more, waits up to `drainMs` for what is on its way, then gives up on the answers. */
  async stop(drainMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#pumping;
    await within(drainMs, Promise.all(this.#inFlight));
    this.#abort.abort();
    await within(ABORT_MS, Promise.all(this.#inFlight));
  }

  async #pump(): Promise<void> {
    try {
      while (this.#wanted && !this.#stopping) {
        this.#wanted = false;
        if (await this.#sendSome()) this.#wanted = true;
      }
    } catch (error) {
      this.context.log.error("the outbox can't be read; trying again", { channel: this.channel.id, error });
      this.#later(AFTER_TROUBLE_MS);
    } finally {
      this.#pumping = undefined;
    }
    if (this.#wanted) this.wake();
  }

  /** Takes what may leave now. True where there may be more. */
  async #sendSome(): Promise<boolean> {
    const now = this.context.clock.now();
    // Whoever comes back makes room, and looks again.
    const room = Math.min(MOST_IN_FLIGHT - this.#inFlight.size, this.#limits.available(now));
    if (room < 1 || now < this.#heldUntil) return this.#rest(now, null);
    const { candidates, nextDue } = await this.context.sql.read(async (tx) => ({
      candidates: await findCandidates(tx, this.channel.id, {
        now,
        holdUntil: now + LONGEST_BACKOFF_MS,
        without: this.#limits.exhausted(now),
        limit: room,
      }),
      nextDue: await findNextDue(tx, this.channel.id, now),
    }));
    if (candidates.length === 0) return this.#rest(now, nextDue);
    const claims = await claim(
      this.context,
      candidates.map(({ id }) => id),
    );
    for (const each of claims) this.#start(each);
    // Nothing claimed of what was found: the channel was paused in between.
    return claims.length > 0 || this.#rest(now, nextDue);
  }

  #start(claimed: Claim): void {
    this.#limits.take(claimed.row.contact_id, this.context.clock.now());
    const sending = this.#sendOne(claimed).finally(() => {
      this.#inFlight.delete(sending);
      this.wake();
    });
    this.#inFlight.add(sending);
  }

  async #sendOne(claimed: Claim): Promise<void> {
    const { row } = claimed;
    if (this.#stopping) return this.#record(row, { kind: "released" });
    const prepared = prepare(claimed, this.context.blobs);
    if (!prepared.ok) return this.#record(row, { kind: "failed", error: prepared.error, retryable: false });
    const result = await this.#trySend(prepared.outgoing);
    const { attempts, first_claimed_at: firstAt } = row;
    const { account } = this;
    const ending = endingOf(result, { attempts, firstAt, now: this.context.clock.now(), account });
    if (result.outcome === "retry" && result.wholeChannel && ending.kind === "retry") {
      this.#heldUntil = Math.max(this.#heldUntil, ending.dueAt);
    }
    return this.#record(row, ending);
  }

  /** A channel that throws is broken, and nobody knows whether the message left. */
  async #trySend(outgoing: Parameters<RunningChannel["send"]>[0]): Promise<SendResult> {
    try {
      return await this.channel.send(outgoing, this.#abort.signal);
    } catch (error) {
      this.context.log.error("a channel threw while it sent", { channel: this.channel.id, error });
      return { outcome: "ambiguous", error: { code: "internal", message: "The channel failed." } };
    }
  }

  /** A result that can't be written is kept until it can: forgotten, the row would pass for ambiguous. */
  async #record(row: Claim["row"], ending: Ending): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await settle(this.context, row, ending);
        if (ending.kind === "sent" || ending.kind === "failed" || ending.kind === "unknown") {
          this.context.metrics.messageOut(row.channel_id, ending.kind);
        }
        return;
      } catch (error) {
        this.context.log.error("a result can't be written; trying again", { outbox: row.id, error });
        if (this.#abort.signal.aborted) return;
        await Bun.sleep(backoffMs(attempt, { firstMs: 100, longestMs: 5_000 }));
      }
    }
  }

  /** Comes back when the next row falls due, or a limit allows one. Always false. */
  #rest(now: number, nextDue: number | null): false {
    const moments = [nextDue, this.#limits.nextAt(now), this.#heldUntil > now ? this.#heldUntil : null];
    const next = Math.min(...moments.filter((moment) => moment !== null));
    this.#later(next - now);
    return false;
  }

  #later(delayMs: number): void {
    clearTimeout(this.#timer);
    if (this.#stopping) return;
    const delay = Math.min(Math.max(delayMs, SHORTEST_TIMER_MS), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.wake(), delay);
    this.#timer.unref();
  }
}

/** Waits for work, but not longer than that (ms). */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
