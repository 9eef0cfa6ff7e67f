/**
 * Measures what was promised, as ratios in one run: servers on one core, load on another, alternating rounds, medians.
 * `make bench ARGS="webhooks --quick"` runs one part, shortly. Exit code 1 when a promise is not kept.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

import type { Bench } from "./bench.ts";
import { parts } from "./parts/index.ts";
import { type Entry, print, ratioOf, verdictOf } from "./report.ts";

const results = join(import.meta.dir, "results");

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => arg !== "--quick");
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) {
    console.error(`no part is called ${unknown}; there are: ${parts.map(({ name }) => name).join(" ")}`);
    return 2;
  }
  const isQuick = args.includes("--quick");
  const entries: Entry[] = [];
  const folder = await mkdtemp(join(tmpdir(), "balcao-bench-"));
  const bench: Bench = {
    folder,
    rounds: isQuick ? 1 : 3,
    seconds: isQuick ? 2 : 4,
    history: isQuick ? 10_000 : 100_000,
    report(entry) {
      entries.push(entry);
      print(entry);
    },
  };
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Bun ${Bun.version}, medians of ${bench.rounds} rounds`,
  );
  const [busy = 0] = loadavg();
  if (busy > 0.5)
    console.log(`load average ${busy.toFixed(1)}: something else runs here, and figures will be worse`);
  try {
    for (const part of parts) {
      if (names.length > 0 && !names.includes(part.name)) continue;
      console.log(`\n# ${part.name}: ${part.about}`);
      await part.run(bench);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await write(entries);
  return entries.some((entry) => verdictOf(entry) === "short") ? 1 : 0;
}

async function write(entries: readonly Entry[]): Promise<void> {
  await mkdir(results, { recursive: true });
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    loadAverage: loadavg()[0],
    bun: Bun.version,
  };
  const lines = entries.map((entry) => ({
    ...entry,
    ratio: "skipped" in entry ? undefined : ratioOf(entry),
    verdict: verdictOf(entry),
  }));
  const path = join(results, "latest.json");
  await Bun.write(path, `${JSON.stringify({ at: new Date(), machine, lines }, null, 2)}\n`);
  console.log(`\nwritten to ${path}`);
}

process.exit(await main(process.argv.slice(2)));
