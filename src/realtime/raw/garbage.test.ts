import { afterEach, beforeEach, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../tests/support/company.ts";
import { dialectClient, textsOf } from "../../../tests/support/dialect-client.ts";
import { type Random, seededRandom } from "../../../tests/support/random.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../tests/support/realtime.ts";
import { eventually } from "../../../tests/support/wait.ts";

/** S9 of the security spec: so many for each dialect in the suite, a million in the long runs. */
const FRAMES = process.env["BALCAO_FAULTS"] === "long" ? 1_000_000 : 100_000;
/** The server closes at the 20th mistake: what comes after that is lost. */
const FRAMES_EACH = 25;
const AT_ONCE = 80;
const HEAP_BYTES = 64 * 1024 * 1024;

/** What a client may say, and what has brought servers down. */
const frames: readonly [string, ...string[]] = [
  '{"type":"ping","data":{}}',
  '{"type":"auth","data":{"token":"a"}}',
  '{"type":"auth","token":"a","since":-1,"epoch":[],"rooms":[[]]}',
  '{"type":"subscribe","data":{"conversation_id":"a","since":1e308}}',
  '{"type":"unsubscribe","data":{"conversation_id":"a"}}',
  '{"type":"typing_start","data":{"conversation_id":{"toString":1}}}',
  '{"type":"presence","data":{"status":"online"}}',
  '{"type":"read","data":{"conversation_id":"\\ud800"}}',
  '{"type":"__proto__","data":{"__proto__":{"admin":true}}}',
  '{"__proto__":{"type":"ping"}}',
  '{"type":["ping"],"data":{}}',
  '{"type":"constructor","data":null}',
  "null",
  "0",
  '""',
  "",
];
/** One frame in a hundred is one of these: as deep as a frame may be. */
const deep: readonly [string, ...string[]] = [
  "[".repeat(60_000),
  `{"type":"read","data":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
];

let server: RealtimeServer;
let company: SeededCompany;
beforeEach(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context);
});
afterEach(() => server[Symbol.asyncDispose]());

/** A frame as it is, with a piece cut out, doubled or changed, or as bytes. */
function mutated(random: Random): string | Uint8Array<ArrayBuffer> {
  const frame = random.pick(random.below(100) === 0 ? deep : frames);
  const at = random.below(frame.length + 1);
  const end = at + 1 + random.below(8);
  const changed = String.fromCharCode(random.below(random.pick([128, 128, 65_536])));
  return random.pick([
    () => frame,
    () => frame.slice(0, at) + frame.slice(end),
    () => frame.slice(0, end) + frame.slice(at),
    () => frame.slice(0, at) + changed + frame.slice(at + 1),
    () => new Uint8Array(Buffer.from(frame.slice(at, end))),
  ])();
}

/** One client that talks nonsense until it has said it all or is thrown out; perhaps it was let in before. */
async function babble(random: Random, url: string): Promise<void> {
  const socket = new WebSocket(url);
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve()));
  await new Promise<void>((resolve) => socket.addEventListener("open", () => resolve()));
  for (let count = 0; count < FRAMES_EACH; count += 1) socket.send(mutated(random));
  socket.close();
  await closed;
}

test.each([["conversations"], ["syszap"]] as const)(
  `%s: ${FRAMES} frames of nonsense neither stop the server nor disturb who sits beside`,
  async (dialect) => {
    const random = seededRandom();
    const conversationId = await openConversation(server, company);
    await server.bus.settled();
    await using neighbour = await dialectClient(server, dialect, company.admin);
    const nuisance = await seedUser(server.context, company.id, { role: "agent" });
    const origin = new URL(server.url).origin;
    const address = () =>
      dialect === "syszap"
        ? `${origin}/ws${random.pick(["", `?token=${server.tokenOf(nuisance)}`])}`
        : `${origin}/api/v1/conversations/ws`;
    const before = heapAtRest();

    for (let said = 0; said < FRAMES; said += FRAMES_EACH * AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => babble(random, address())));
    }

    const { registry, raw } = server.realtime;
    expect([random.seed, neighbour.ended()]).toEqual([random.seed, undefined]);
    await addMessage(server, company, { conversationId, content: "oi" });
    await eventually("the message", () => textsOf(neighbour.heard()).includes("oi"));
    await eventually("the baseline", () => [...registry.all()].length === 1 && raw.size === 1);
    expect(raw.strangers).toBe(0);
    expect([random.seed, heapAtRest() - before < HEAP_BYTES]).toEqual([random.seed, true]);
  },
  3_600_000,
);

/** Bytes after a collection. */
function heapAtRest(): number {
  Bun.gc(true);
  return process.memoryUsage().heapUsed;
}
