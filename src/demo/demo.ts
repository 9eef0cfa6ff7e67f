import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type RunningServer, startServer } from "../compose/server.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../lib/logger.ts";
import { scripts } from "./company/conversations/index.ts";
import { customers } from "./company/customers.ts";
import { company, userKeys, users } from "./company/people.ts";
import { play } from "./company/play.ts";
import { schedule } from "./company/schedule.ts";
import { setUpCompany } from "./company/set-up.ts";
import { StagedClock } from "./company/staged-clock.ts";
import { templates } from "./company/templates.ts";
import { signInCookies } from "./enter.ts";
import { freePort } from "./free-port.ts";
import { type GraphEmulator, startGraphEmulator } from "./graph/emulator.ts";
import { helloWorld } from "./graph/templates.ts";
import { startLife } from "./live.ts";
import { Phone } from "./phone/server.ts";

export interface DemoOptions {
  readonly log: Logger;
  /** Whether another port must not be taken instead of a busy one. */
  readonly isPortGiven: boolean;
  /** Sample customers write nothing that is not played. */
  readonly quiet: boolean;
}

export interface RunningDemo {
  /** The inbox. */
  readonly url: string;
  /** The inbox with the simulated phone beside it. */
  readonly phoneUrl: string;
  readonly server: RunningServer;
  readonly graph: GraphEmulator;
  /** Stops everything and removes the data. */
  stop(): Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** A running product with the sample company in it, in a temporary folder, on 127.0.0.1 only: its passwords are known. */
export async function startDemo(config: Config, options: DemoOptions): Promise<RunningDemo> {
  await using stack = new AsyncDisposableStack();
  const { log } = options;
  const clock = new StagedClock(Date.now() - 2 * dayMs);
  const graph = stack.use(await startGraphEmulator({ clock }));
  const phone = new Phone({
    ...{ graph, log },
    templates: [...templates, helloWorld],
    business: company.name,
    personas: Object.values(customers).flatMap(({ about, ...seed }) =>
      about === undefined ? [] : [{ ...seed, about }],
    ),
    users: userKeys.map((key) => ({ key, name: users[key].name, role: users[key].role })),
    enter: (key) => signInCookies(phone.inbox, key),
  });
  stack.defer(() => phone.stop());
  const phoneUrl = await phone.listen(freePort(config.port === 0 ? 0 : config.port + 1));
  // Undone in the opposite order: the folder goes right after those who write into it.
  const folder = await mkdtemp(join(tmpdir(), "balcao-demo-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const server = await startServer(demoConfig(config, { options, folder, graphUrl: graph.url }), {
    ...{ log, clock },
    frameAncestors: [phoneUrl],
  });
  stack.defer(() => server.stop());
  phone.inbox = server.url;

  const sample = await setUpCompany(server, graph);
  await play({ company: sample, graph, clock }, schedule(scripts, Date.now()));
  if (!options.quiet) stack.defer(startLife({ graph, phone, log }));
  const running = stack.move();
  return { url: server.url, phoneUrl, server, graph, stop: () => running.disposeAsync() };
}

function demoConfig(
  config: Config,
  {
    options,
    folder,
    graphUrl,
  }: { readonly options: DemoOptions; readonly folder: string; readonly graphUrl: string },
): Config {
  return {
    ...config,
    host: "127.0.0.1",
    port: options.isPortGiven ? config.port : freePort(config.port),
    dataDir: folder,
    publicUrl: undefined,
    graphUrl,
    allowPrivateUrls: true,
  };
}
