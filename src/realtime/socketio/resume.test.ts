import { afterEach, beforeEach, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../tests/support/company.ts";
import { seededRandom } from "../../../tests/support/random.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../tests/support/realtime.ts";
import { type ShakyProxy, shakyProxy } from "../../../tests/support/shaky-proxy.ts";
import { modes, SocketClient } from "../../../tests/support/socket-client.ts";
import { eventually } from "../../../tests/support/wait.ts";
import { sampleDialect } from "./testing/sample-dialect.ts";

/** R9 of reliability.md; the suite runs a small form of it. */
const long = process.env["BALCAO_FAULTS"] === "long";
const CLIENTS = long ? 200 : 30;
const DROPS = long ? 50 : 6;
const CLIENTS_PER_USER = 8;

let server: RealtimeServer;
let company: SeededCompany;
let address: string;

beforeEach(async () => {
  server = await realtimeServer({
    socketDialects: [sampleDialect("pytake", "/")],
    // A cut in the middle of an upgrade leaves the client library deaf until its next heartbeat.
    engineLimits: { pingEveryMs: 500, pingTimeoutMs: 500, inspectEveryMs: 50, closeWithinMs: 500 },
  });
  company = await seedCompany(server.context);
  address = server.url.replace(/^ws(.*)\/api\/.*$/, "http$1");
});
afterEach(() => server[Symbol.asyncDispose]());

/** A client as the document of the dialect describes it: remembers the last `seq` that was whole, and says it when it comes back. */
class ResumingClient implements Disposable {
  readonly client: SocketClient;
  readonly shown: string[] = [];
  readonly resyncs: unknown[] = [];
  #since: number | undefined;
  #epoch: unknown;

  constructor(
    token: string,
    readonly network: ShakyProxy,
    mode: (typeof modes)[number],
  ) {
    this.client = new SocketClient(network.url, {
      mode,
      auth: () => ({ token, resume: true, since: this.#since, epoch: this.#epoch }),
    });
    const { socket } = this.client;
    socket.on("ready", (ready: { epoch: string; seq: number; resumed: boolean | null }) => {
      if (ready.resumed === false) this.resyncs.push(ready);
      this.#epoch = ready.epoch;
      this.#since = ready.seq;
    });
    socket.on("message_received", (message: { content: string }) => void this.shown.push(message.content));
    socket.onAny((...args: unknown[]) => {
      const place = args.at(-1) as { seq?: number; last?: boolean } | null;
      if (place?.last) this.#since = place.seq;
    });
  }

  [Symbol.dispose](): void {
    this.client[Symbol.dispose]();
    this.network[Symbol.dispose]();
  }
}

test(`${CLIENTS} clients, each dropped ${DROPS} times under load, miss nothing and see nothing twice`, async () => {
  const random = seededRandom();
  const conversationId = await openConversation(server, company);
  await server.bus.settled();
  const users = await Promise.all(
    Array.from({ length: Math.ceil(CLIENTS / CLIENTS_PER_USER) }, () =>
      seedUser(server.context, company.id, { role: "agent" }),
    ),
  );
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, index) => {
      const caller = users[index % users.length] ?? company.agent;
      return new ResumingClient(server.tokenOf(caller), await shakyProxy(address), random.pick(modes));
    }),
  );
  await eventually("all to be in", () => clients.every(({ client }) => client.of("ready").length > 0));

  const sent: string[] = [];
  let dropped = 0;
  while (dropped < CLIENTS * DROPS) {
    const content = `${sent.length}`;
    sent.push(content);
    await addMessage(server, company, { conversationId, content });
    const unlucky = clients.filter(({ client }) => client.socket.connected && random.below(3) === 0);
    for (const { network } of unlucky) network.cut();
    dropped += unlucky.length;
  }
  for (let rest = 0; rest < 20; rest += 1) {
    sent.push(`${sent.length}`);
    await addMessage(server, company, { conversationId, content: `${sent.length - 1}` });
  }

  await eventually(
    `everybody to have the last one (seed ${random.seed})`,
    () => clients.every(({ shown }) => shown.at(-1) === sent.at(-1)),
    60_000,
  );
  for (const { shown, resyncs } of clients) {
    expect(resyncs, `seed ${random.seed}`).toEqual([]);
    expect(shown, `seed ${random.seed}`).toEqual(sent);
  }
  for (const client of clients) client[Symbol.dispose]();
  await eventually("the baseline", () => server.realtime.socketIo.engine.size === 0);
}, 600_000);
