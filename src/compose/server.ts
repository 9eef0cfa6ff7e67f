/** From a configuration to a running server: the only place where the parts are wired. */
import { statSync } from "node:fs";

import type { Server } from "bun";

import { setupCodeIn } from "../auth/setup-code.ts";
import { Throttle } from "../auth/throttle.ts";
import type { Config } from "../config.ts";
import { hasCompany } from "../domain/companies/store.ts";
import { type Bus, startBus } from "../events/bus.ts";
import { readEpoch } from "../events/store.ts";
import { createOriginator } from "../http/addresses.ts";
import { createApp } from "../http/app.ts";
import { createMetrics } from "../http/metrics.ts";
import { openUiFiles, serveUi } from "../http/static.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { Metrics } from "../lib/metrics.ts";
import { version } from "../lib/version.ts";
import { dialectNames } from "../realtime/dialect.ts";
import { Realtime } from "../realtime/realtime.ts";
import type { Rendered } from "../realtime/rendered.ts";
import { type SocketData, websocket } from "../realtime/socket.ts";
import { gatekeeper } from "./gatekeeper.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { startMessaging } from "./messaging.ts";
import { readiness } from "./readiness.ts";
import { eventSources, realtimeActions } from "./realtime.ts";
import { apiRouters, rootRouters } from "./routers.ts";
import { openStorage, type Storage } from "./storage.ts";

/** Seconds without a byte after which Bun drops a request; long polls wait for 25 s. */
const IDLE_SECONDS = 60;
/** The largest body of any route: an attachment. The routes have limits of their own. */
const LARGEST_BODY_BYTES = 101 * 1024 * 1024;
/** How long a stop waits for requests under way. */
const STOP_WITHIN_MS = 5_000;

export interface RunningServer {
  /** `http://HOST:PORT`, with the port that it really has. */
  readonly url: string;
  /** The link to the first set-up; undefined when there is a company. */
  readonly setupUrl: string | undefined;
  readonly storage: Storage;
  /** Refuses what is new, tells the sockets to come back, finishes what is under way, within 10 s. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly log: Logger;
  /** Origins whose pages may show the UI in a frame; none but in the demo. */
  readonly frameAncestors?: readonly string[];
  /** See `StorageOptions`. */
  readonly groupCommit?: boolean;
  /** See `StorageOptions`. */
  readonly clock?: Clock;
}

/** Starts everything. Throws what `openStorage` throws, and an `Error` when the port is taken or the UI is not built. */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  let wake = (): void => undefined;
  const { log, groupCommit, clock } = options;
  const storage = await openStorage(config.dataDir, {
    log,
    onCommit: () => wake(),
    ...(groupCommit === undefined ? {} : { groupCommit }),
    ...(clock === undefined ? {} : { clock }),
  });
  try {
    const bus = await startBus(storage.context.sql, log);
    wake = () => bus.wake();
    return await startOn({ config, options, storage, bus });
  } catch (error) {
    await storage.close();
    throw error;
  }
}

interface Parts {
  readonly config: Config;
  readonly options: ServerOptions;
  readonly storage: Storage;
  readonly bus: Bus;
}

async function startOn({ config, options, storage, bus }: Parts): Promise<RunningServer> {
  const { sql, clock, log, revocations } = storage.context;
  const setupCode = setupCodeIn(storage.folder);
  const ui = await openUiFiles();
  const epoch = await sql.read(readEpoch);

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
        log.warn("a contact's typing could not be shown", { error });
      });
    },
  });
  const originate = createOriginator(config.trustedProxies);
  const realtime = new Realtime({
    ...{ sql, bus, clock, log, revocations, metrics },
    epoch,
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
  const throttle = new Throttle(clock);
  const deps = { context, config, bus, epoch, realtime, messaging, setupCode, throttle };
  const app = createApp({
    ...{ context, config, version, metrics },
    readiness: () => readiness(context),
    api: apiRouters(deps),
    root: rootRouters(deps),
    staticFiles: (request) => serveUi(ui, request, options.frameAncestors),
  });

  const endWork = async () => {
    await messaging.stop();
    await bus.stop();
    metrics.stop();
  };
  const serveAll = () =>
    Bun.serve<SocketData>({
      port: config.port,
      hostname: config.host,
      idleTimeout: IDLE_SECONDS,
      maxRequestBodySize: LARGEST_BODY_BYTES,
      websocket,
      fetch(request, self) {
        const answer = realtime.handle(request, self);
        if (answer !== null) return answer;
        return app.fetch(request, { peer: self.requestIP(request)?.address });
      },
    });
  const server = await listening(serveAll, async () => {
    realtime.stop();
    await endWork();
  });
  realtime.attach(server);
  const housekeeping = startHousekeeping(context, { eventDays: config.eventDays });
  const url = `http://${server.hostname?.includes(":") ? `[${server.hostname}]` : server.hostname}:${server.port}`;
  const setupUrl = (await sql.read(hasCompany))
    ? undefined
    : `${config.publicUrl ?? url}/setup?code=${setupCode.ensure()}`;
  return {
    url,
    setupUrl,
    storage,
    async stop() {
      housekeeping.stop();
      realtime.stop();
      await stopListening(server);
      await endWork();
      await storage.close();
    },
  };
}

/** Counts what was published, and how long after its arrival each message of a contact was. `now` in milliseconds. */
function measure(metrics: Metrics, events: readonly Rendered[], now: number): void {
  metrics.eventsPublished(events.length);
  for (const event of events) {
    if (event.type !== "message.created" || event.message.direction !== "in") continue;
    metrics.ingestToDeliver(now - Date.parse(event.at));
  }
}

/** Listens. When that fails, as on a taken port, the work that has begun ends before its storage is closed. */
async function listening(
  serve: () => Server<SocketData>,
  endWork: () => Promise<void>,
): Promise<Server<SocketData>> {
  try {
    return serve();
  } catch (error) {
    await endWork();
    throw error;
  }
}

/** Lets requests under way finish, for a while; then cuts them. Bun's own stop waits for sockets for ever. */
async function stopListening(server: Server<SocketData>): Promise<void> {
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS));
  await Promise.race([server.stop(), deadline]);
  await server.stop(true);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
