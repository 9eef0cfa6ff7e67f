import { Counter, Gauge, Histogram, Registry } from "prom-client";

import type { Metrics } from "../lib/metrics.ts";

/** What is looked at when the page is asked for, instead of being counted. */
export interface MetricsSources {
  /** Open connections by dialect. */
  readonly connections: () => Readonly<Record<string, number>>;
  /** Messages that wait to leave, and how long the oldest has been due, in milliseconds. */
  readonly outbox: () => Promise<{ readonly depth: number; readonly oldestAgeMs: number }>;
  /** Sizes of the database and its log, in bytes. */
  readonly database: () => { readonly bytes: number; readonly walBytes: number };
}

/** The counters, and the page that shows them in Prometheus' text format. */
export interface MetricsPage extends Metrics {
  readonly contentType: string;
  render(): Promise<string>;
  /** Ends the measuring of the event loop. */
  stop(): void;
}

/** How often the event loop is measured, in milliseconds. */
const lagEveryMs = 500;

export function createMetrics(sources: MetricsSources): MetricsPage {
  const registry = new Registry();
  const counters = createCounters(registry);
  const lag = watchEventLoop();
  createGauges(registry, { ...sources, takeLagMs: lag.take });
  return {
    ...counters,
    contentType: registry.contentType,
    render: () => registry.metrics(),
    stop: lag.stop,
  };
}

function createCounters(registry: Registry): Metrics {
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `balcao_${name}_total`, help, labelNames, registers: [registry] });
  const messagesIn = counter("messages_in", "Messages received", ["channel"]);
  const messagesOut = counter("messages_out", "Messages that left, by outcome", ["channel", "outcome"]);
  const published = counter("events_published", "Domain events published");
  const delivered = counter("events_delivered", "Frames handed to rooms");
  const resumes = counter("resumes", "Connections by how they came in", ["outcome"]);
  const drops = counter("connections_dropped", "Connections that the server cut", ["reason"]);
  const authFailures = counter("auth_failures", "Refused tokens, passwords and codes");
  const rateLimited = counter("rate_limited", "Requests and frames refused by a limit");
  const latency = new Histogram({
    name: "balcao_ingest_to_deliver_seconds",
    help: "From the arrival of a webhook to the hand-over to the sockets",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    messageIn: (channel) => messagesIn.inc({ channel }),
    messageOut: (channel, outcome) => messagesOut.inc({ channel, outcome }),
    ingestToDeliver: (milliseconds) => latency.observe(milliseconds / 1000),
    eventsPublished: (count) => published.inc(count),
    eventsDelivered: (count) => delivered.inc(count),
    resumed: (outcome) => resumes.inc({ outcome }),
    dropped: (reason) => drops.inc({ reason }),
    authFailed: () => authFailures.inc(),
    rateLimited: () => rateLimited.inc(),
  };
}

function createGauges(
  registry: Registry,
  sources: MetricsSources & { readonly takeLagMs: () => number },
): void {
  const gauge = (name: string, help: string, look: () => number) => {
    const made: Gauge = new Gauge({
      name: `balcao_${name}`,
      help,
      registers: [registry],
      collect: () => made.set(look()),
    });
  };
  const connections: Gauge<"dialect"> = new Gauge({
    name: "balcao_connections",
    help: "Open realtime connections",
    labelNames: ["dialect"],
    registers: [registry],
    collect() {
      connections.reset();
      for (const [dialect, count] of Object.entries(sources.connections()))
        connections.set({ dialect }, count);
    },
  });
  const age = new Gauge({
    name: "balcao_outbox_oldest_seconds",
    help: "How long the oldest waiting message has been due",
    registers: [registry],
  });
  const depth: Gauge = new Gauge({
    name: "balcao_outbox_depth",
    help: "Messages that wait to leave",
    registers: [registry],
    async collect() {
      const outbox = await sources.outbox();
      depth.set(outbox.depth);
      age.set(outbox.oldestAgeMs / 1000);
    },
  });
  gauge("database_bytes", "Size of the database", () => sources.database().bytes);
  gauge("wal_bytes", "Size of the database's log", () => sources.database().walBytes);
  gauge("resident_memory_bytes", "Resident memory", () => process.memoryUsage.rss());
  gauge("event_loop_lag_seconds", "Longest stall since the last look", () => sources.takeLagMs() / 1000);
}

/** Measures how late a timer fires; `take` gives the worst since it was last called, in milliseconds. */
function watchEventLoop(): { readonly take: () => number; readonly stop: () => void } {
  let worst = 0;
  let due = performance.now() + lagEveryMs;
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - due);
    due = now + lagEveryMs;
  }, lagEveryMs);
  timer.unref();
  return {
    take() {
      const taken = worst;
      worst = 0;
      return taken;
    },
    stop: () => clearInterval(timer),
  };
}
