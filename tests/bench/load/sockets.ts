import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { checkout, runLoad } from "../processes.ts";

const source = join(import.meta.dir, "sockets.c");
const program = join(checkout, "tests/bench/results/sockets");

const resultSchema = z.object({
  /** Frames that reached clients, or acknowledgements. */
  perSecond: z.number(),
  /** Share of the time that the generator was at work: near 1, it was what was measured. */
  busy: z.number(),
  /** Times from sending to receiving, in milliseconds; zeros where they were not taken. */
  count: z.number(),
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
});
export type SocketsResult = z.infer<typeof resultSchema>;

/** The arguments that `sockets.c` describes. */
export interface SocketsLoad {
  readonly mode: "fanout" | "rtt" | "listen" | "idle";
  readonly port: number;
  readonly clients: number;
  readonly seconds: number;
  readonly window?: number;
  readonly rate?: number;
  readonly namespace?: string;
  /** File with one access token a line, for fifty clients each. */
  readonly tokens?: string;
  /** Name of the only event that counts. */
  readonly event?: string;
}

/** Compiles the generator; false where there is no compiler. */
export async function buildSocketsLoad(): Promise<boolean> {
  const compiler = Bun.which("gcc") ?? Bun.which("cc");
  if (compiler === null) return false;
  await mkdir(join(program, ".."), { recursive: true });
  const { success, stderr } = Bun.spawnSync([compiler, "-O2", "-o", program, source]);
  if (!success) throw new Error(stderr.toString());
  return true;
}

/** Runs it in another process; throws when a client is refused or cut. `buildSocketsLoad` comes before. */
export async function socketsLoad(load: SocketsLoad): Promise<SocketsResult> {
  const given = Object.entries(load).map(([name, value]) => `${name}=${value}`);
  return resultSchema.parse(JSON.parse(await runLoad([program, ...given])));
}
