/** The product's HTTP side with its webhooks verified and parsed, and nothing stored. Argument: data folder. */
import { ChannelDirectory } from "../../../src/channels/directory.ts";
import { Inbound } from "../../../src/channels/inbound.ts";
import { channelModules } from "../../../src/channels/index.ts";
import { webhookRoutes } from "../../../src/channels/webhook-routes.ts";
import { openStorage } from "../../../src/compose/storage.ts";
import { createApp } from "../../../src/http/app.ts";
import { createMetrics } from "../../../src/http/metrics.ts";
import { createLogger } from "../../../src/lib/logger.ts";

class Unstored extends Inbound {
  override async process(): Promise<void> {}
}

const log = createLogger({ level: "error" });
const { context } = await openStorage(process.argv[2] ?? "", { log });
const inbound = new Unstored({
  context,
  directory: new ChannelDirectory(context),
  modules: channelModules,
  contactTyping: () => undefined,
});
const app = createApp({
  context,
  config: { allowedOrigins: [], trustedProxies: [], metrics: "loopback" },
  version: "0",
  metrics: createMetrics({
    connections: () => ({}),
    outbox: () => Promise.resolve({ depth: 0, oldestAgeMs: 0 }),
    database: () => ({ bytes: 0, walBytes: 0 }),
  }),
  readiness: () => Promise.resolve({ ready: true, checks: {} }),
  api: [],
  root: [webhookRoutes(inbound)],
  staticFiles: () => undefined,
});
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: (request, self) => app.fetch(request, { peer: self.requestIP(request)?.address }),
});
console.log(`listening on ${server.url.origin}`);
