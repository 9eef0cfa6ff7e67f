/** What the realtime monitor shows beside the open connections, since the server's start. */
import type { CompanyId } from "../contract/ids.ts";
import type { Clock } from "../lib/clock.ts";
import type { Metrics } from "../lib/metrics.ts";
import type { Rendered } from "./rendered.ts";

const MINUTE_S = 60;
/** So many of the newest measurements decide the percentiles. */
const SAMPLES = 1_000;

export interface Readings {
  /** Of the company, over the last minute. */
  readonly messages_per_minute: number;
  /** Of the whole server, as what follows: a connection that is refused or cut may belong to nobody. */
  readonly resumes: number;
  readonly resyncs: number;
  readonly drops: number;
  readonly auth_failures: number;
  /** From the arrival of a message to its hand-over to the sockets, in milliseconds; null before the first. */
  readonly latency_ms: { readonly p50: number; readonly p99: number } | null;
}

/** Listens to what the metrics are told, and remembers what the monitor needs of it. */
export class Meter {
  readonly #counts = { resumes: 0, resyncs: 0, drops: 0, auth_failures: 0 };
  readonly #latencies: number[] = [];
  /** By company, how many in each second of the last minute: a busy one costs no more than a quiet one. */
  readonly #messages = new Map<CompanyId, Map<number, number>>();
  /** Hands everything on to those that it was made with. */
  readonly metrics: Metrics;

  constructor(
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    const counts = this.#counts;
    this.metrics = {
      ...metrics,
      resumed(outcome) {
        if (outcome === "resumed") counts.resumes += 1;
        if (outcome === "resync") counts.resyncs += 1;
        metrics.resumed(outcome);
      },
      dropped(reason) {
        counts.drops += 1;
        metrics.dropped(reason);
      },
      authFailed() {
        counts.auth_failures += 1;
        metrics.authFailed();
      },
    };
  }

  /** Counts what was published, and how long after its arrival each message of a contact was. */
  published(events: readonly Rendered[]): void {
    const now = this.clock.now();
    for (const event of events) {
      if (event.type !== "message.created") continue;
      this.#count(event.companyId, now);
      if (event.message.direction === "in") this.#measure(now - Date.parse(event.at));
    }
  }

  read(companyId: CompanyId): Readings {
    return {
      messages_per_minute: this.#lastMinute(companyId),
      ...this.#counts,
      latency_ms: percentiles(this.#latencies),
    };
  }

  #count(companyId: CompanyId, now: number): void {
    const seconds = this.#messages.get(companyId) ?? new Map<number, number>();
    const second = Math.floor(now / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
    for (const old of seconds.keys()) {
      if (old > second - MINUTE_S) break;
      seconds.delete(old);
    }
    this.#messages.set(companyId, seconds);
  }

  #lastMinute(companyId: CompanyId): number {
    const since = Math.floor(this.clock.now() / 1000) - MINUTE_S;
    let count = 0;
    for (const [second, messages] of this.#messages.get(companyId) ?? [])
      if (second > since) count += messages;
    return count;
  }

  #measure(milliseconds: number): void {
    this.#latencies.push(milliseconds);
    if (this.#latencies.length > SAMPLES) this.#latencies.shift();
  }
}

function percentiles(samples: readonly number[]): Readings["latency_ms"] {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return sorted.length === 0 ? null : { p50: at(0.5), p99: at(0.99) };
}
