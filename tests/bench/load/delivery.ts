/**
 * Webhooks at a fixed rate, and agents' sockets that wait for them: how long from the POST to each socket's frame.
 * Argument: `DeliveryLoad` as JSON; standard output: `Times` as JSON.
 */
import { z } from "zod";

import type { Desk } from "../desk.ts";
import { checkout, runLoad } from "../processes.ts";
import { summarize, type Times } from "../stats.ts";
import { mark, webhookRequests } from "../webhooks.ts";
import { HttpConnection } from "./http-connection.ts";

const loadSchema = z.object({
  port: z.number(),
  desk: z.custom<Desk>((value) => typeof value === "object" && value !== null),
  sockets: z.number(),
  perSecond: z.number(),
  seconds: z.number(),
});
export type DeliveryLoad = z.infer<typeof loadSchema>;

const timesSchema = z.object({
  count: z.number(),
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  overSecond: z.number(),
});

/** Runs it in another process; throws when a frame never came. */
export async function deliveryLoad(load: DeliveryLoad): Promise<Times> {
  const command = [process.execPath, `${checkout}/tests/bench/load/delivery.ts`, JSON.stringify(load)];
  return timesSchema.parse(JSON.parse(await runLoad(command)));
}

const connections = 16;
const patienceMs = 10_000;

async function run(load: DeliveryLoad): Promise<Times> {
  const sentAt: number[] = [];
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: load.sockets }, () =>
      openSocket(load, (number) => {
        const at = sentAt[number];
        if (at !== undefined) times.push(performance.now() - at);
      }),
    ),
  );
  const requests = webhookRequests(load.desk, { from: 0, count: load.perSecond * load.seconds });
  const free: HttpConnection[] = [];
  for (let n = 0; n < connections; n += 1) {
    free.push(await HttpConnection.open(load.port, (connection) => free.push(connection)));
  }
  const start = performance.now();
  for (const [number, request] of requests.entries()) {
    const due = start + (number * 1000) / load.perSecond;
    while (performance.now() < due || free.length === 0)
      await Bun.sleep(Math.max(0, due - performance.now()));
    sentAt.push(due);
    free.shift()?.send(request);
  }
  const expected = requests.length * load.sockets;
  const deadline = performance.now() + patienceMs;
  while (times.length < expected && performance.now() < deadline) await Bun.sleep(5);
  if (times.length !== expected) throw new Error(`${times.length} of ${expected} frames came`);
  return summarize(times);
}

/** A socket of the `conversations` dialect; `onMessage` gets the number of each message of ours. */
function openSocket({ port, desk }: DeliveryLoad, onMessage: (number: number) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/conversations/ws`);
  const number = new RegExp(`${mark}(\\d+)`);
  socket.onopen = () => socket.send(JSON.stringify({ type: "auth", data: { token: desk.token } }));
  socket.onmessage = ({ data }) => {
    const text = String(data);
    if (text.startsWith('{"type":"message_received"')) onMessage(Number(number.exec(text)?.[1]));
    else if (text.startsWith('{"type":"ready"')) resolve();
  };
  socket.onclose = ({ code }) => reject(new Error(`a socket was closed with ${code}`));
  return promise;
}

if (import.meta.main) {
  process.on("uncaughtException", (error) => {
    console.error(error);
    process.exit(1);
  });
  process.stdout.write(JSON.stringify(await run(loadSchema.parse(JSON.parse(process.argv[2] ?? "")))));
  process.exit(0);
}
