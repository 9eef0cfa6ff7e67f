/** R12 and R13 of the reliability spec: peers that are stopped in the middle of whatever they do. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";

import type { Caller } from "../../src/auth/caller.ts";
import { manualClock } from "../../src/lib/clock.ts";
import { type DialectName, dialectNames } from "../../src/realtime/dialect.ts";
import { seedCompany, type SeededCompany, seedUser } from "../support/company.ts";
import { type DialectClient, dialectClient, textsOf } from "../support/dialect-client.ts";
import { addMessage, openConversation, type RealtimeServer, realtimeServer } from "../support/realtime.ts";
import { eventually } from "../support/wait.ts";

/** The server looks at its sockets once a second; six steps of its clock are the 45 s of the contract. */
const STEP_MS = 7_000;
const STEPS = 6;
/** More than the kernel and the server hold for a peer that does not read, in bytes. */
const FLOOD_BYTES = 24 * 1024 * 1024;

const clock = manualClock(Date.now());
let server: RealtimeServer;
let company: SeededCompany;
let neighbour: DialectClient;

beforeEach(async () => {
  server = await realtimeServer({
    clock,
    // The engine asks for life by timers of its own.
    engineLimits: { pingEveryMs: 2_000, pingTimeoutMs: 2_000, inspectEveryMs: 50, closeWithinMs: 300 },
  });
  company = await seedCompany(server.context);
  neighbour = await dialectClient(server, "conversations", company.admin);
});
afterEach(async () => {
  await neighbour[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

interface Peer extends Disposable {
  readonly caller: Caller;
}

/** A client in another process, stopped as soon as it is connected. */
async function frozenPeer(dialect: DialectName): Promise<Peer> {
  const caller = await seedUser(server.context, company.id, { role: "agent", name: dialect });
  const origin = new URL(server.url).origin;
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "peer.ts"), origin, dialect, server.tokenOf(caller)],
    { stdout: "pipe", stderr: "inherit" },
  );
  await child.stdout.getReader().read();
  child.kill("SIGSTOP");
  return { caller, [Symbol.dispose]: () => child.kill("SIGKILL") };
}

const isHere = ({ caller }: Peer) => server.realtime.registry.ofUser(caller.userId).length > 0;

test("frozen peers of every dialect are let go within 45 s and shown offline; a living one stays", async () => {
  using stack = new DisposableStack();
  const peers = await Promise.all(dialectNames.map(frozenPeer));
  for (const peer of peers) stack.use(peer);
  expect(peers.filter(isHere)).toHaveLength(4);

  for (let step = 0; step < STEPS; step += 1) {
    clock.advance(STEP_MS);
    await neighbour.upToDate();
    await eventually("a look", () => !peers.some(isHere), 1_100).catch(() => undefined);
  }
  expect(peers.filter(isHere).map(({ caller }) => caller.name)).toEqual([]);
  const offline = () =>
    neighbour.heard().filter(({ name, data }) => name === "presence" && data["presence"] === "offline");
  await eventually("all to be shown offline", () => offline().length === 4);
  expect(neighbour.ended()).toBeUndefined();
}, 60_000);

test("peers that read nothing are cut under load, and their neighbour gets all of it", async () => {
  using stack = new DisposableStack();
  // `pytake` hears of joined rooms only, by the same engine as `atendimento`.
  const peers = await Promise.all((["conversations", "syszap", "atendimento"] as const).map(frozenPeer));
  for (const peer of peers) stack.use(peer);
  const conversationId = await openConversation(server, company);
  const content = "x".repeat(50_000);
  const count = Math.ceil(FLOOD_BYTES / content.length);
  for (let sent = 0; sent < count && peers.some(isHere); sent += 1) {
    await addMessage(server, company, { conversationId, content: `${sent}:${content}` });
  }
  const sent = textsOf(neighbour.heard()).length;
  await eventually("their end", () => !peers.some(isHere), 8_000);
  await eventually("them to be counted", () => server.realtime.meter.read(company.id).drops >= 2);

  await addMessage(server, company, { conversationId, content: "last" });
  await eventually("the last message", () => textsOf(neighbour.heard()).at(-1) === "last");
  const numbers = textsOf(neighbour.heard())
    .slice(0, -1)
    .map((text) => Number.parseInt(text, 10));
  expect(numbers.length).toBeGreaterThanOrEqual(sent);
  expect(numbers).toEqual(numbers.map((_, index) => index));
}, 60_000);
