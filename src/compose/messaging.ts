import { InboundRetry } from "../channels/inbound-retry.ts";
import { Inbound } from "../channels/inbound.ts";
import { channelModules } from "../channels/index.ts";
import { MediaFetcher } from "../channels/media-fetcher.ts";
import { Receipts } from "../channels/receipts.ts";
import { ChannelRuntime } from "../channels/runtime.ts";
import type { Config } from "../config.ts";
import type { Context } from "../domain/context.ts";
import type { ContactTyping } from "../domain/messages/arrive.ts";
import { readTotalDepth } from "../domain/outbox/store.ts";
import type { Bus } from "../events/bus.ts";
import type { CompanyEvent } from "../events/log.ts";

/** How long a stop waits for messages that are on their way to a provider. */
const DRAIN_MS = 3_000;

/** The channels, and what goes in and out through them. */
export interface Messaging {
  readonly runtime: ChannelRuntime;
  readonly receipts: Receipts;
  /** Takes webhooks in; what fails is tried again by `retry`. */
  readonly inbound: Inbound;
  readonly retry: InboundRetry;
  /** What waits to leave, over all channels; the oldest in milliseconds. */
  outboxDepth(): Promise<{ readonly depth: number; readonly oldestAgeMs: number }>;
  stop(): Promise<void>;
}

export interface MessagingOptions {
  readonly config: Config;
  readonly bus: Bus;
  /** Tells open screens that a contact types. */
  readonly contactTyping: (signal: ContactTyping) => void;
}

/** Starts every channel of every company, and lets them follow the events. */
export async function startMessaging(
  context: Context,
  { config, bus, contactTyping }: MessagingOptions,
): Promise<Messaging> {
  const { graphUrl, allowPrivateUrls } = config;
  const runtime = new ChannelRuntime({
    context,
    modules: channelModules,
    deps: { graphUrl, allowPrivateUrls },
  });
  const running = (id: Parameters<ChannelRuntime["running"]>[0]) => runtime.running(id);
  const media = new MediaFetcher(context, running);
  const receipts = new Receipts(context, running);
  const { directory } = runtime;
  const inbound = new Inbound({ context, directory, modules: channelModules, contactTyping });
  const retry = new InboundRetry(inbound);

  const follow = (events: readonly CompanyEvent[]) => {
    runtime.follow(events);
    receipts.follow(events);
    if (events.some(({ type }) => type === "message.created" || type === "message.updated")) media.wake();
  };
  const leave = bus.subscribe(async (events) => () => follow(events));
  await runtime.start();
  media.wake();
  retry.start();
  return {
    runtime,
    receipts,
    inbound,
    retry,
    async outboxDepth() {
      const now = context.clock.now();
      const { waiting, oldest_at } = await context.sql.read((tx) => readTotalDepth(tx, now));
      return { depth: waiting, oldestAgeMs: oldest_at === null ? 0 : now - oldest_at };
    },
    async stop() {
      leave();
      await Promise.all([runtime.stop(DRAIN_MS), media.stop(), retry.stop()]);
    },
  };
}
