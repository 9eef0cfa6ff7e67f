import type { Part } from "../bench.ts";
import { makeDesk } from "../desk.ts";
import { httpLoad } from "../load/http.ts";
import { type ServerProcess, startBenchServer, startProduct } from "../processes.ts";

const perSecond = 300;
/** What we promise of the slow ones, and Meta demands of the median (ms). */
const p99LimitMs = 100;
const medianLimitMs = 250;

/** R4 of the reliability spec in its short form: Meta's rule for webhooks. */
export const steady: Part = {
  name: "steady",
  about: `${perSecond} webhooks a second, whatever the server does`,
  async run(bench) {
    const desk = await makeDesk(bench.folder, "steady");
    const play = async (server: ServerProcess, seconds: number) => {
      const webhooks = { desk, from: 0, count: perSecond * (seconds + 1) };
      return httpLoad({ port: server.port, connections: 64, seconds, perSecond, webhooks });
    };
    await using bare = await startBenchServer("bare.ts");
    const floor = (await play(bare, Math.round(bench.seconds * 2.5))).times;
    await using server = await startProduct(desk.data);
    const seconds = Math.round(bench.seconds * 7.5);
    const { times } = await play(server, seconds);
    const promised = { bound: "at most", ratio: 1 } as const;
    bench.report({
      ...{ name: "steady.p50", unit: "ms", value: times.p50, promised },
      against: { what: "limit", value: medianLimitMs },
      note: `${times.count} in ${seconds} s, longest ${times.max.toFixed(1)} ms`,
    });
    bench.report({
      ...{ name: "steady.p99", unit: "ms", value: times.p99, promised },
      against: { what: "limit", value: p99LimitMs },
      note: `a server that does nothing: ${floor.p99.toFixed(1)} ms`,
    });
    bench.report({
      ...{ name: "steady.over-a-second", unit: "%", value: times.overSecond * 100, promised },
      against: { what: "limit", value: 1 },
    });
  },
};
