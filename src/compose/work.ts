/** What runs behind the server's door: channels, realtime and their metrics, over an open store. */
import { statSync } from "node:fs";

import type { Config } from "../config.ts";
import type { Context } from "../domain/context.ts";
import type { Bus } from "../events/bus.ts";
import { readEpoch } from "../events/store.ts";
import { createOriginator } from "../http/addresses.ts";
import { createMetrics, type MetricsPage } from "../http/metrics.ts";
import type { Metrics } from "../lib/metrics.ts";
import { dialectNames } from "../realtime/dialect.ts";
import { Realtime } from "../realtime/realtime.ts";
import type { Rendered } from "../realtime/rendered.ts";
import { gatekeeper } from "./gatekeeper.ts";
import { type Messaging, startMessaging } from "./messaging.ts";
import { eventSources, realtimeActions } from "./realtime.ts";
import type { Storage } from "./storage.ts";

export interface Work {
  readonly context: Context;
  readonly metrics: MetricsPage;
  readonly messaging: Messaging;
  readonly realtime: Realtime;
  /** The database's identity. */
  readonly epoch: string;
  /** Finishes what is under way; nobody may ask for anything any more. The store stays open. */
  end(): Promise<void>;
}

export interface WorkOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly bus: Bus;
}

/** Starts the channels, and everything by which sockets hear of what happens. */
export async function startWork({ config, storage, bus }: WorkOptions): Promise<Work> {
  const epoch = await storage.context.sql.read(readEpoch);
  const metrics = createMetrics({
    connections: () => Object.fromEntries(dialectNames.map((name) => [name, realtime.registry.count(name)])),
    outbox: () => messaging.outboxDepth(),
    database: () => ({ bytes: sizeOf(storage.database), walBytes: sizeOf(`${storage.database}-wal`) }),
  });
  const context = { ...storage.context, metrics };
  const messaging = await startMessaging(context, {
    config,
    bus,
    contactTyping(signal) {
      realtime.sessions.contactTyping(signal).catch((error: unknown) => {
        context.log.warn("a contact's typing could not be shown", { error });
      });
    },
  });
  const realtime = openRealtime(context, { config, bus, epoch, messaging });
  return {
    ...{ context, metrics, messaging, realtime, epoch },
    async end() {
      await messaging.stop();
      await bus.stop();
      metrics.stop();
    },
  };
}

function openRealtime(
  context: Context,
  parts: {
    readonly config: Config;
    readonly bus: Bus;
    readonly epoch: string;
    readonly messaging: Messaging;
  },
): Realtime {
  const { sql, clock, log, revocations, metrics } = context;
  const { config, bus, epoch, messaging } = parts;
  const originate = createOriginator(config.trustedProxies);
  const realtime = new Realtime({
    ...{ sql, bus, clock, log, revocations, metrics, epoch },
    sources: eventSources({ of: (userId) => realtime.sessions.presence.of(userId) }),
    gatekeeper: gatekeeper(context),
    actions: realtimeActions(context, messaging.receipts),
    origins: {
      publicOrigin: config.publicUrl === undefined ? null : new URL(config.publicUrl).origin,
      allowed: config.allowedOrigins,
    },
    peer: (request, server) => originate(request, server.requestIP(request)?.address),
    onPublished: (events) => measure(metrics, events, clock.now()),
    onDelivered: (frames) => metrics.eventsDelivered(frames),
  });
  return realtime;
}

/** Counts what was published, and how long after its arrival each message of a contact was. `now` in milliseconds. */
function measure(metrics: Metrics, events: readonly Rendered[], now: number): void {
  metrics.eventsPublished(events.length);
  for (const event of events) {
    if (event.type !== "message.created" || event.message.direction !== "in") continue;
    metrics.ingestToDeliver(now - Date.parse(event.at));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
