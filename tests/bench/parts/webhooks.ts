import type { Bench, Part } from "../bench.ts";
import { type Desk, makeDesk } from "../desk.ts";
import { httpLoad, type HttpResult } from "../load/http.ts";
import { type ServerProcess, startBenchServer, startProduct } from "../processes.ts";
import { median } from "../stats.ts";

const connections = 64;
const warmSeconds = 1;
/** Requests made before a round, per second of it: more than a server that stores them answers. */
const plenty = 15_000;

interface Contestant {
  readonly desk: Desk;
  readonly server: ServerProcess;
  /** Whether the same message may come again: it would not be stored twice. */
  readonly repeat: boolean;
  /** Number of the next webhook: no message comes twice. */
  next: number;
  readonly results: HttpResult[];
}

/** Durable, signed webhooks per second: against not storing them, and against a commit for each. */
export const webhooks: Part = {
  name: "webhooks",
  about: "durable signed webhooks a second, 64 connections",
  async run(bench) {
    await using stack = new AsyncDisposableStack();
    const enter = async (
      name: string,
      repeat: boolean,
      start: (data: string) => Promise<ServerProcess>,
    ): Promise<Contestant> => {
      const desk = await makeDesk(bench.folder, name);
      return { desk, server: stack.use(await start(desk.data)), repeat, next: 0, results: [] };
    };
    const product = await enter("durable", false, (data) => startProduct(data));
    const unstored = await enter("unstored", true, (data) => startBenchServer("unstored.ts", [data]));
    const alone = await enter("alone", false, (data) =>
      startBenchServer("product.ts", [data, "--each-alone"]),
    );
    const bare = await enter("bare", true, () => startBenchServer("bare.ts"));
    for (let round = 0; round < bench.rounds; round += 1) {
      for (const contestant of [product, unstored, alone, bare]) await play(bench, contestant);
    }
    tell(bench, { product, unstored, alone, bare });
  },
};

async function play({ seconds }: Bench, contestant: Contestant): Promise<void> {
  const { desk, server, repeat, next, results } = contestant;
  const count = plenty * (seconds + warmSeconds);
  const result = await httpLoad({
    ...{ port: server.port, connections, seconds, warmSeconds, repeat },
    webhooks: { desk, from: next, count },
  });
  if (!repeat) contestant.next += result.sent;
  results.push(result);
}

function tell(
  bench: Bench,
  of: Readonly<Record<"product" | "unstored" | "alone" | "bare", Contestant>>,
): void {
  const rate = ({ results }: Contestant) => median(results.map(({ perSecond }) => perSecond));
  const value = rate(of.product);
  const p99 = median(of.product.results.map(({ times }) => times.p99));
  bench.report({
    name: "webhooks.durable-vs-unstored",
    unit: "/s",
    value,
    against: { what: "verified, not stored", value: rate(of.unstored) },
    promised: { bound: "at least", ratio: 0.25 },
    note: `p99 ${p99.toFixed(1)} ms`,
  });
  bench.report({
    name: "webhooks.grouped-vs-each-alone",
    unit: "/s",
    value,
    against: { what: "a commit for each", value: rate(of.alone) },
    promised: { bound: "at least", ratio: 2.5 },
  });
  bench.report({
    name: "webhooks.load-generator",
    unit: "/s",
    value: rate(of.bare),
    against: { what: "fastest of the above", value: Math.max(value, rate(of.unstored)) },
    promised: { bound: "at least", ratio: 1.2 },
    note: "against a server that does nothing",
  });
}
