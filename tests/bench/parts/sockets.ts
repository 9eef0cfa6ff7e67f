import { join } from "node:path";

import type { Bench, Part } from "../bench.ts";
import { buildSocketsLoad, type SocketsLoad, socketsLoad, type SocketsResult } from "../load/sockets.ts";
import { checkout, type ServerProcess, startBenchServer, startServer } from "../processes.ts";
import { median } from "../stats.ts";

const audiences = [100, 1_000, 5_000] as const;
/** Messages under way at once in a fan-out. */
const window = 32;
const idleClients = 2_000;
const idleSeconds = 4;

type Name = "ours" | "node" | "raw";
type Starters = Partial<Record<Name, () => Promise<ServerProcess>>>;
type Rounds = Partial<Record<Name, SocketsResult[]>>;

/** Socket.IO over our engine, beside Socket.IO on Node and beside Bun's own publish. */
export const sockets: Part = {
  name: "sockets",
  about: "Socket.IO clients: ours, Node's with ws, and Bun's bare server.publish",
  async run(bench) {
    if (!(await buildSocketsLoad())) {
      bench.report({ name: "sockets", skipped: "no C compiler found" });
      return;
    }
    const node = Bun.which("node");
    if (node === null) bench.report({ name: "sockets.*-vs-node", skipped: "node not found" });
    const peer = join(checkout, "tests/bench/peers/node-socketio.mjs");
    const starters: Starters = {
      ours: () => startBenchServer("socketio.ts"),
      raw: () => startBenchServer("raw-publish.ts"),
      ...(node !== null && { node: () => startServer({ command: [node, peer] }) }),
    };
    await fanOut(bench, starters);
    await roundTrips(bench, starters);
    await latency(bench, starters);
    await idleMemory(bench, starters);
  },
};

/** Each with a server of its own in each round: none inherits another load's memory. */
async function play(
  bench: Bench,
  starters: Starters,
  load: Omit<SocketsLoad, "port" | "seconds">,
): Promise<Rounds> {
  const rounds: Rounds = {};
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const name of namesOf(starters)) {
      await using server = await starters[name]?.();
      if (!server) continue;
      (rounds[name] ??= []).push(
        await socketsLoad({ ...load, port: server.port, seconds: bench.seconds / 2 }),
      );
    }
  }
  return rounds;
}

function namesOf(starters: Starters): Name[] {
  return (["ours", "node", "raw"] as const).filter((name) => starters[name]);
}

function middle(rounds: Rounds, name: Name, of: (result: SocketsResult) => number): number | undefined {
  const results = rounds[name];
  return results && median(results.map(of));
}

async function fanOut(bench: Bench, starters: Starters): Promise<void> {
  for (const clients of audiences) {
    const rounds = await play(bench, starters, { mode: "fanout", clients, window });
    const rate = (name: Name) => middle(rounds, name, ({ perSecond }) => perSecond);
    const busy = middle(rounds, "ours", (result) => result.busy) ?? 0;
    const value = rate("ours") ?? 0;
    const line = { unit: "/s", value, note: `generator ${Math.round(busy * 100)} % busy` };
    const node = rate("node");
    if (node !== undefined) {
      const against = { what: "Socket.IO on Node", value: node };
      const promised = { bound: "at least", ratio: 9 } as const;
      bench.report({ ...line, name: `sockets.fan-out-${clients}-vs-node`, against, promised });
    }
    const against = { what: "bare server.publish", value: rate("raw") ?? 0 };
    const promised = { bound: "at least", ratio: 0.9 } as const;
    bench.report({ ...line, name: `sockets.fan-out-${clients}-vs-raw`, against, promised });
  }
}

async function roundTrips(bench: Bench, { ours, node }: Starters): Promise<void> {
  if (!ours || !node) return;
  const rounds = await play(bench, { ours, node }, { mode: "rtt", clients: 64 });
  const rate = (name: Name) => middle(rounds, name, ({ perSecond }) => perSecond) ?? 0;
  bench.report({
    ...{ name: "sockets.acknowledged-vs-node", unit: "/s", value: rate("ours") },
    against: { what: "Socket.IO on Node", value: rate("node") },
    promised: { bound: "at least", ratio: 2 },
    note: "64 clients, one under way each",
  });
}

async function latency(bench: Bench, starters: Starters): Promise<void> {
  const rounds = await play(bench, starters, { mode: "fanout", clients: 1_000, rate: 100 });
  const p99s = namesOf(starters).map(
    (name) => `${name} ${middle(rounds, name, ({ p99 }) => p99)?.toFixed(1)}`,
  );
  bench.report({
    ...{ name: "sockets.p50-1000-clients", unit: "ms", value: middle(rounds, "ours", ({ p50 }) => p50) ?? 0 },
    note: "100 messages a second",
  });
  bench.report({
    ...{ name: "sockets.p99-1000-clients", unit: "ms", value: middle(rounds, "ours", ({ p99 }) => p99) ?? 0 },
    against: { what: "limit", value: 15 },
    promised: { bound: "at most", ratio: 1 },
    note: p99s.join(", "),
  });
}

async function idleMemory(bench: Bench, { ours, node }: Starters): Promise<void> {
  if (!ours || !node) return;
  const perClient = async (start: () => Promise<ServerProcess>): Promise<number> => {
    await using server = await start();
    const before = server.memory();
    let last = before;
    const load = { mode: "idle", port: server.port, clients: idleClients, seconds: idleSeconds } as const;
    const sampler = setInterval(() => (last = server.memory()), 100);
    await socketsLoad(load).finally(() => clearInterval(sampler));
    return (last - before) / idleClients;
  };
  bench.report({
    ...{ name: "sockets.memory-per-client-vs-node", unit: "KB", value: (await perClient(ours)) / 1000 },
    against: { what: "Socket.IO on Node", value: (await perClient(node)) / 1000 },
    promised: { bound: "at most", ratio: 0.8 },
    note: `${idleClients} idle clients`,
  });
}
