/** From a configuration to a running server: the only place where the parts are wired. */
import { setupCodeIn } from "../auth/setup-code.ts";
import { Throttle } from "../auth/throttle.ts";
import type { Config } from "../config.ts";
import { hasCompany } from "../domain/companies/store.ts";
import type { Router } from "../domain/routing.ts";
import { type Bus, startBus } from "../events/bus.ts";
import { createApp } from "../http/app.ts";
import { openUiFiles, serveUi, type UiFiles } from "../http/static.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { version } from "../lib/version.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { listen, type Listening } from "./listen.ts";
import { readiness } from "./readiness.ts";
import { apiRouters, rootRouters } from "./routers.ts";
import { openStorage, type Storage } from "./storage.ts";
import { startWork, type Work } from "./work.ts";

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

async function startOn(parts: Parts): Promise<RunningServer> {
  const { config, storage, bus } = parts;
  const ui = await openUiFiles();
  const work = await startWork({ config, storage, bus });
  const http = await listenOrEnd(work, { ...parts, ui });
  const housekeeping = startHousekeeping(work.context, { eventDays: config.eventDays });
  return {
    url: http.url,
    setupUrl: await setupUrlAt(config.publicUrl ?? http.url, storage),
    storage,
    async stop() {
      housekeeping.stop();
      work.realtime.stop();
      await http.stop();
      await work.end();
      await storage.close();
    },
  };
}

/** Listens. When that fails, as on a taken port, the work that has begun ends before its storage is closed. */
async function listenOrEnd(work: Work, parts: Parts & { readonly ui: UiFiles }): Promise<Listening> {
  try {
    const { log } = parts.options;
    return listen(parts.config, { app: appOver(work, parts), realtime: work.realtime, log });
  } catch (error) {
    work.realtime.stop();
    await work.end();
    throw error;
  }
}

function appOver(
  work: Work,
  { config, options, storage, bus, ui }: Parts & { readonly ui: UiFiles },
): Router {
  const { context, metrics } = work;
  const deps = {
    ...work,
    config,
    bus,
    setupCode: setupCodeIn(storage.folder),
    throttle: new Throttle(context.clock),
  };
  return createApp({
    ...{ context, config, version, metrics },
    readiness: () => readiness(context),
    api: apiRouters(deps),
    root: rootRouters(deps),
    staticFiles: (request) => serveUi(ui, request, options.frameAncestors),
  });
}

/** The link to the first set-up, with its code; undefined when there is a company. */
async function setupUrlAt(origin: string, { context, folder }: Storage): Promise<string | undefined> {
  if (await context.sql.read(hasCompany)) return undefined;
  return `${origin}/setup?code=${setupCodeIn(folder).ensure()}`;
}
