import type { Bench, Part } from "../bench.ts";
import { type Desk, makeDesk } from "../desk.ts";
import { writeHistory } from "../history.ts";
import { httpLoad } from "../load/http.ts";
import { firstConversation, freePort, type ServerProcess, startProduct } from "../processes.ts";
import { median } from "../stats.ts";

/** How long a server is left alone before its memory is looked at, in milliseconds. */
const restMs = 2_000;
/** What a search may take (ms). */
const searchLimitMs = 50;

/** Starting, resting and reading, with nothing in the database and with a lot. */
export const large: Part = {
  name: "large",
  about: "start-up, memory and reads with an empty and with a large database",
  async run(bench) {
    await rest(bench, "empty", await makeDesk(bench.folder, "empty"));
    const messages = bench.history;
    const desk = await makeDesk(bench.folder, "large", (storage, made) =>
      writeHistory(storage, made, { messages, days: 60 }),
    );
    const label = `${messages / 1000}k`;
    await rest(bench, label, desk);
    await using server = await startProduct(desk.data);
    await read(bench, { server, desk, label });
  },
};

async function rest(bench: Bench, label: string, desk: Desk): Promise<void> {
  const starts: number[] = [];
  const memories: number[] = [];
  for (let round = 0; round < bench.rounds; round += 1) {
    await using server = await startProduct(desk.data, { port: freePort() });
    starts.push(server.readyAfterMs);
    await Bun.sleep(restMs);
    memories.push(server.memory());
  }
  bench.report({ name: `start.${label}`, unit: "ms", value: median(starts), note: "to the first answer" });
  bench.report({
    name: `memory.${label}`,
    unit: "MB",
    value: median(memories) / 1e6,
    note: "resident, idle",
  });
}

interface Reads {
  readonly server: ServerProcess;
  readonly desk: Desk;
  readonly label: string;
}

async function read(bench: Bench, { server, desk, label }: Reads): Promise<void> {
  const conversation = await firstConversation(server, desk);
  const searches = ["bolo", "entrega centro", "pão francês", "cliente 7", "pi"];
  const pages = {
    list: ["/conversations?limit=50"],
    thread: [`/conversations/${conversation}/messages?limit=50`],
    search: searches.map((words) => `/search?q=${encodeURIComponent(words)}`),
  };
  for (const [name, paths] of Object.entries(pages)) {
    const requests = paths.map((path) => requestOf(desk, path));
    const load = { port: server.port, connections: 4, seconds: bench.seconds, warmSeconds: 1, repeat: true };
    // Fewer than it could answer: how long one takes is asked, not how many wait for each other.
    const { times } = await httpLoad({ ...load, requests, perSecond: 50 });
    bench.report({ name: `read.${name}.p50.${label}`, unit: "ms", value: times.p50 });
    bench.report({
      ...{ name: `read.${name}.p99.${label}`, unit: "ms", value: times.p99 },
      ...(name === "search" && {
        against: { what: "limit", value: searchLimitMs },
        promised: { bound: "at most", ratio: 1 },
      }),
    });
  }
}

function requestOf({ token }: Desk, path: string): string {
  const head = [`GET /api/v1${path} HTTP/1.1`, "Host: 127.0.0.1", `Authorization: Bearer ${token}`];
  return `${head.join("\r\n")}\r\n\r\n`;
}
