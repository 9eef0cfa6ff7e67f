import { Refusal } from "../contract/errors.ts";
import type { ChannelId } from "../contract/ids.ts";
import type { ChannelPort, ChannelState, TemplateInfo } from "../domain/channels/ports.ts";
import { type ChannelRecord, listChannelIds } from "../domain/channels/record.ts";
import { reportCheck } from "../domain/channels/state.ts";
import type { Context } from "../domain/context.ts";
import { recoverClaimed } from "../domain/outbox/recover.ts";
import type { CompanyEvent } from "../events/log.ts";
import type { RunningChannel } from "./channel.ts";
import { ChannelDirectory } from "./directory.ts";
import type { ChannelDeps, ChannelModules } from "./kinds.ts";
import { Outbox } from "./outbox.ts";

const CHECK_MS = 60_000;
/** How long an action waits for a provider's answer (ms). */
const ASK_MS = 15_000;
/** How long the queue of a channel that changes may finish what is on its way (ms). */
const DRAIN_MS = 5_000;

interface Running {
  readonly channel: RunningChannel;
  readonly record: ChannelRecord;
  /** What the provider said last; null before the first answer. */
  state: ChannelState | null;
}

export interface RuntimeOptions {
  readonly context: Context;
  readonly modules: ChannelModules;
  readonly deps: ChannelDeps;
}

/** Runs the channels as the database has them, and follows every change of theirs. */
export class ChannelRuntime implements ChannelPort {
  readonly directory: ChannelDirectory;
  readonly outbox: Outbox;
  readonly #running = new Map<ChannelId, Running>();
  /** Changes of one channel are taken in one after the other. */
  readonly #changes = new Map<ChannelId, Promise<void>>();
  #timer: Timer | undefined;
  #stopped = false;

  constructor(private readonly options: RuntimeOptions) {
    this.directory = new ChannelDirectory(options.context);
    this.outbox = new Outbox(options.context);
  }

  /** Settles what a process before left open, then starts every channel. */
  async start(): Promise<void> {
    const { context } = this.options;
    const lost = await recoverClaimed(context);
    if (lost > 0)
      context.log.warn("messages that were on their way at the last stop are unknown", { count: lost });
    await Promise.all((await listChannelIds(context)).map((id) => this.refresh(id)));
    this.#timer = setInterval(() => this.#checkTroubled(), CHECK_MS);
    this.#timer.unref();
  }

  /** For the bus: takes in changes of channels, and looks into the outbox when something may have been put there. */
  follow(events: readonly CompanyEvent[]): void {
    let mayWait = false;
    for (const event of events) {
      switch (event.type) {
        case "channel.created":
        case "channel.updated":
        case "channel.deleted":
        case "channel.status":
          void this.refresh(event.data.channel_id);
          break;
        case "message.created":
        case "message.updated":
        case "message.status":
          mayWait = true;
          break;
        default:
          break;
      }
    }
    if (mayWait) this.outbox.wakeAll();
  }

  /** The channel, where it runs. */
  running(id: ChannelId): RunningChannel | undefined {
    return this.#running.get(id)?.channel;
  }

  /** Starts, restarts or stops a channel as its record now says. Never rejects. */
  refresh(id: ChannelId): Promise<void> {
    this.directory.forget(id);
    const before = this.#changes.get(id) ?? Promise.resolve();
    const change = before
      .then(() => this.#takeIn(id))
      .catch((error: unknown) => {
        this.options.context.log.error("a channel could not be started", { channel: id, error });
      })
      .finally(() => {
        if (this.#changes.get(id) === change) this.#changes.delete(id);
      });
    this.#changes.set(id, change);
    return change;
  }

  async check(id: ChannelId): Promise<ChannelState> {
    await this.refresh(id);
    const running = this.#require(id);
    running.state = await running.channel.check(AbortSignal.timeout(ASK_MS));
    return running.state;
  }

  async templates(id: ChannelId): Promise<readonly TemplateInfo[]> {
    return this.#require(id).channel.templates(AbortSignal.timeout(ASK_MS));
  }

  /** Claims nothing more, waits up to `drainMs` for what is on its way, and lets go of the channels. */
  async stop(drainMs: number): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await Promise.all(this.#changes.values());
    await this.outbox.stop(drainMs);
    await Promise.all([...this.#running.values()].map(({ channel }) => channel.stop()));
    this.#running.clear();
  }

  async #takeIn(id: ChannelId): Promise<void> {
    if (this.#stopped) return;
    const record = await this.directory.get(id);
    const now = this.#running.get(id);
    if (!record || record.status === "disconnected") {
      await this.#end(id);
      return;
    }
    if (now?.record.account === record.account) {
      this.#running.set(id, { ...now, record });
      // It may have been paused, and go on.
      this.outbox.wake(id);
      return;
    }
    await this.#end(id);
    const channel = this.options.modules[record.kind].start(record, this.options.deps);
    this.#running.set(id, { channel, record, state: null });
    this.outbox.serve(channel, record.account);
    if (record.status === "connecting") void this.#checkAndReport(id);
  }

  async #end(id: ChannelId): Promise<void> {
    const running = this.#running.get(id);
    this.#running.delete(id);
    await this.outbox.leave(id, DRAIN_MS);
    await running?.channel.stop();
  }

  async #checkAndReport(id: ChannelId): Promise<void> {
    const running = this.#running.get(id);
    if (!running) return;
    try {
      running.state = await running.channel.check(AbortSignal.timeout(ASK_MS));
      if (this.#stopped) return;
      const { companyId } = running.record;
      await reportCheck(this.options.context, { companyId, channelId: id }, running.state);
    } catch (error) {
      this.options.context.log.warn("a channel's state can't be noted", { channel: id, error });
    }
  }

  /** Nothing tells when an outage of the provider's ends, but asking. What a webhook said of the channel is left alone. */
  #checkTroubled(): void {
    for (const [id, { record, state }] of this.#running) {
      const status = state?.status ?? record.status;
      const isTroubled = status === "connecting" || status === "degraded";
      if (isTroubled && record.pausedReason === null) void this.#checkAndReport(id);
    }
  }

  #require(id: ChannelId): Running {
    const running = this.#running.get(id);
    if (!running) throw new Refusal("provider_error", { reason: "the channel does not run" });
    return running;
  }
}
