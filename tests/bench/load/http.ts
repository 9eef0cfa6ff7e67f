/**
 * Load over HTTP, in a process of its own. Argument: `HttpLoad` as JSON; standard output: `HttpResult` as JSON.
 * Without `perSecond` every connection asks again as soon as it was answered; with it requests are due at a fixed
 * rate whatever the server does, and their time counts from when they were due.
 */
import { z } from "zod";

import type { Desk } from "../desk.ts";
import { checkout, runLoad } from "../processes.ts";
import { summarize } from "../stats.ts";
import { webhookRequests } from "../webhooks.ts";
import { HttpConnection } from "./http-connection.ts";

const desk = z.custom<Desk>((value) => typeof value === "object" && value !== null);
const loadSchema = z.object({
  port: z.number(),
  connections: z.number(),
  seconds: z.number(),
  /** Not counted, before. */
  warmSeconds: z.number().default(0),
  perSecond: z.number().optional(),
  /** What is asked: webhooks with numbers from `from` on, `count` at most; or these requests. */
  webhooks: z.object({ desk, from: z.number(), count: z.number() }).optional(),
  requests: z.array(z.string()).default([]),
  /** Whether to begin again after the last one; else running out of them is an error. */
  repeat: z.boolean().default(false),
});
export type HttpLoad = z.input<typeof loadSchema>;

const times = z.object({
  count: z.number(),
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  overSecond: z.number(),
});
const resultSchema = z.object({
  perSecond: z.number(),
  /** Answers that were not 200. */
  refused: z.number(),
  times,
  /** Share of the time that this process was at work: near 1, it was what was measured. */
  busy: z.number(),
  /** How many requests were sent in all: the next load begins with that number. */
  sent: z.number(),
});
export type HttpResult = z.infer<typeof resultSchema>;

/** Runs it in another process; throws when it breaks, and when an answer was not 200. */
export async function httpLoad(load: HttpLoad): Promise<HttpResult> {
  const command = [process.execPath, `${checkout}/tests/bench/load/http.ts`, JSON.stringify(load)];
  const result = resultSchema.parse(JSON.parse(await runLoad(command)));
  if (result.refused > 0) throw new Error(`${result.refused} answers were not 200`);
  return result;
}

async function run(load: z.output<typeof loadSchema>): Promise<HttpResult> {
  const requests = load.webhooks
    ? webhookRequests(load.webhooks.desk, load.webhooks)
    : load.requests.map((text) => Buffer.from(text));
  let sent = 0;
  const next = (): Uint8Array => {
    const request = requests[load.repeat ? sent % requests.length : sent];
    if (!request) throw new Error(`${requests.length} requests were too few`);
    sent += 1;
    return request;
  };

  const started = performance.now() + load.warmSeconds * 1000;
  const ends = started + load.seconds * 1000;
  const measured: number[] = [];
  let refused = 0;
  const due: number[] = [];
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () =>
      HttpConnection.open(load.port, (connection, { status, ms }) => {
        const now = performance.now();
        if (status !== 200) refused += 1;
        if (now >= started && now < ends) measured.push(ms);
        if (load.perSecond === undefined) {
          if (now < ends) connection.send(next());
        } else {
          const late = due.shift();
          if (late !== undefined) connection.send(next(), late);
        }
      }),
    ),
  );
  const usageBefore = process.cpuUsage();
  const began = performance.now();
  if (load.perSecond === undefined) for (const connection of connections) connection.send(next());
  else await sendAtRate(load.perSecond, { ends, due, next, connections });
  while (performance.now() < ends || connections.some(({ isBusy }) => isBusy)) await Bun.sleep(5);
  const usage = process.cpuUsage(usageBefore);
  const elapsed = performance.now() - began;
  for (const connection of connections) connection.close();
  return {
    perSecond: measured.length / load.seconds,
    refused,
    times: summarize(measured),
    busy: (usage.user + usage.system) / 1000 / elapsed,
    sent,
  };
}

interface Pace {
  readonly ends: number;
  /** Requests whose time has come while every connection was busy. */
  readonly due: number[];
  readonly next: () => Uint8Array;
  readonly connections: readonly HttpConnection[];
}

async function sendAtRate(perSecond: number, { ends, due, next, connections }: Pace): Promise<void> {
  const gap = 1000 / perSecond;
  for (let at = performance.now(); at < ends; at += gap) {
    const wait = at - performance.now();
    if (wait > 0) await Bun.sleep(wait);
    const free = connections.find(({ isBusy }) => !isBusy);
    if (free) free.send(next(), at);
    else due.push(at);
  }
}

if (import.meta.main) {
  process.on("uncaughtException", (error) => {
    console.error(error);
    process.exit(1);
  });
  const load = loadSchema.parse(JSON.parse(process.argv[2] ?? ""));
  process.stdout.write(JSON.stringify(await run(load)));
  process.exit(0);
}
