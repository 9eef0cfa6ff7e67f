import { expect, test } from "bun:test";

import { type Random, seededRandom } from "../../../tests/support/random.ts";
import { addMessage, openConversation } from "../../../tests/support/realtime.ts";
import { SocketClient } from "../../../tests/support/socket-client.ts";
import { eventually } from "../../../tests/support/wait.ts";
import { stageForEachTest } from "./testing/stage.ts";

/** S9 of reliability.md: so many in the suite, a million in the long runs. */
const FRAMES = process.env["BALCAO_FAULTS"] === "long" ? 1_000_000 : 100_000;
/** Frames of one connection: few, since the server closes it at the first that is beyond repair. */
const FRAMES_EACH = 20;

/** What a client may say, and what has brought servers down. */
const frames: readonly [string, ...string[]] = [
  '42["join",{"id":"a"}]',
  '421["join",{"id":"a","since":3}]',
  '42["typing",{"id":"a"}]',
  '42["auth",{"token":"a"}]',
  '40{"token":"a"}',
  '40/atendimento,{"token":"a"}',
  "40/nowhere,",
  "41",
  "41/atendimento,",
  "3",
  "2",
  "5",
  "1",
  '431["ack"]',
  '42["__proto__",{"__proto__":{"admin":true}}]',
  '42["constructor",{"id":{"__proto__":null}}]',
  '42[["join"],{"id":"a"}]',
  '42[null,{"id":"a"}]',
  '4299999999999999999999["join",{"id":"a"}]',
  '451-["join",{"_placeholder":true,"num":0}]',
  '451-["join",{"_placeholder":true,"num":-1}]',
  '451000000-["join",{"_placeholder":true,"num":0}]',
  '461-1[{"_placeholder":true,"num":99}]',
  `42${"[".repeat(30_000)}`,
  `42["join",${'{"id":'.repeat(10_000)}1${"}".repeat(10_000)}]`,
  '42["join",{"id":"\\ud800"}]',
];

const stage = stageForEachTest();

/** A frame as it is, with a piece cut out, doubled or changed, or as bytes. */
function mutated(random: Random): string | Uint8Array<ArrayBuffer> {
  const frame = random.pick(frames);
  const at = random.below(frame.length);
  const length = 1 + random.below(8);
  const piece = frame.slice(at, at + length);
  const changed = String.fromCharCode(random.below(random.pick([128, 128, 65_536])));
  return random.pick([
    () => frame,
    () => frame.slice(0, at) + frame.slice(at + length),
    () => frame.slice(0, at) + piece + frame.slice(at),
    () => frame.slice(0, at) + changed + frame.slice(at + 1),
    () => new Uint8Array(Buffer.from(piece)),
  ])();
}

/** One client that is let in and then says nothing sensible, until it has said it all or is thrown out. */
async function babble(random: Random, greeting: string): Promise<void> {
  const socket = new WebSocket(
    `${stage().address.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`,
  );
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve()));
  await new Promise<void>((resolve) => socket.addEventListener("open", () => resolve()));
  socket.send(greeting);
  for (let count = 1; count < FRAMES_EACH; count += 1) socket.send(mutated(random));
  socket.send("1");
  socket.close();
  await closed;
}

test(`${FRAMES} frames of nonsense neither stop the server nor disturb who sits beside`, async () => {
  const { server, company, address } = stage();
  const random = seededRandom();
  const conversationId = await openConversation(server, company);
  await server.bus.settled();
  using neighbour = new SocketClient(address, { auth: { token: server.tokenOf(company.admin) } });
  await neighbour.waitFor("ready");
  await neighbour.settled("default");
  const before = memoryOfRest();
  const greetings = [
    `40${JSON.stringify({ token: server.tokenOf(company.agent) })}`,
    `40/atendimento,${JSON.stringify({ token: server.tokenOf(company.agent) })}`,
    "40",
  ] as const;

  for (let said = 0; said < FRAMES; said += FRAMES_EACH * 20) {
    await Promise.all(Array.from({ length: 20 }, () => babble(random, random.pick(greetings))));
  }

  expect(neighbour.goodbyes, `seed ${random.seed}`).toEqual([]);
  await addMessage(server, company, { conversationId, content: "oi" });
  await neighbour.waitFor("message_received", ({ content }) => content === "oi");
  const { registry, socketIo } = server.realtime;
  await eventually("the baseline", () => [...registry.all()].length === 1 && socketIo.engine.size === 1);
  expect(memoryOfRest() - before, `seed ${random.seed}`).toBeLessThan(64 * 1024 * 1024);
}, 600_000);

/** Bytes on the heap after a collection. */
function memoryOfRest(): number {
  Bun.gc(true);
  return process.memoryUsage().heapUsed;
}
