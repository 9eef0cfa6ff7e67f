import { expect, test } from "bun:test";

import { type EventType, eventTypes } from "../../src/contract/events.ts";
import { loggedEvents } from "../support/events.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { eventually } from "../support/wait.ts";
import { firstDifference } from "./difference.ts";
import { officeOperations } from "./office-operations.ts";
import { Office, type Seat, seats } from "./office.ts";
import { customerOperations } from "./people-operations.ts";
import type { Operation, Scene } from "./scene.ts";
import { PollingScreen, type Screen, SocketScreen } from "./screen.ts";
import { loadAll } from "./snapshot.ts";

const isLong = process.env["BALCAO_FAULTS"] === "long";
const operations = isLong ? 10_000 : 3_000;
/** After so many everything that anybody has on the screen is compared with what he would load now. */
const ROUND = 500;

/** What nothing in the product does yet, with the reason; whoever makes it possible takes it out of here. */
const notYet: ReadonlySet<EventType> = new Set<EventType>([
  // No kind of channel is connected by a code.
  "channel.qr",
]);

const operationsOf: readonly [Operation, ...Operation[]] = [
  (scene) => scene.customer().sendText("bom dia"),
  ...customerOperations,
  ...officeOperations,
];

/** The whole of it at one place in the log, or not yet: `why` says what differs. */
async function agrees(office: Office, screen: Screen): Promise<string | null> {
  const loaded = await loadAll(office, screen.seat);
  await screen.catchUp();
  if (screen.seq > loaded.seq) return "something happened while it was compared";
  const difference = firstDifference(screen.state, loaded.state);
  if (difference === null) screen.open(loaded.state.threads);
  return difference;
}

/** What the log says of the first thing that is named there: where to look for the mistake. */
async function eventsAbout(office: Office, difference: string): Promise<string> {
  const [id = "-"] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(difference) ?? [];
  const lines = (await loggedEvents(office.server.storage.context, office.company.id))
    .filter(({ data }) => JSON.stringify(data).includes(id))
    .map(({ seq, type, data }) => `${seq} ${type} ${JSON.stringify(data)}`);
  return lines.slice(-20).join("\n");
}

async function compare(office: Office, screens: readonly Screen[], note: string): Promise<void> {
  for (const screen of screens) {
    let difference: string | null = null;
    const settled = async () => (difference = await agrees(office, screen)) === null;
    await eventually("agreement", settled, 10_000).catch(async (cause: unknown) => {
      const about = await eventsAbout(office, difference ?? "");
      throw new Error(`${screen.seat}, ${screen.kind}, ${note}: ${difference}\n${about}`, { cause });
    });
  }
}

function sceneOf(
  office: Office,
  random: Random,
  rest: Pick<Scene, "seen" | "phoneNumberId" | "wamids">,
): Scene {
  const { phoneNumberId } = rest;
  return {
    office,
    random,
    ...rest,
    customer: () => {
      const number = random.below(15);
      return office.graph.customer(`55119${60_000_000 + number}`, `Cliente ${number}`, { phoneNumberId });
    },
    someone: () => random.pick<Seat>(["admin", "supervisor", "agent", "outsider"]),
  };
}

test(
  "whatever customers and colleagues do, what a screen loaded and the events since are what it would load now",
  async () => {
    const random = seededRandom();
    await using office = await Office.open(random.seed);
    const { phoneNumberId } = await office.addNumber();
    const sockets = seats.map((seat) => new SocketScreen(office, seat));
    await using cleanup = new AsyncDisposableStack();
    for (const socket of sockets) cleanup.use(socket);
    const screens: readonly Screen[] = [...seats.map((seat) => new PollingScreen(office, seat)), ...sockets];
    for (const screen of screens) await screen.catchUp();
    const wamids: Scene["wamids"] = new Map();

    for (let done = 0; done < operations; done += ROUND) {
      const dropped = sockets[random.below(sockets.length)];
      await dropped?.drop();
      const { state: seen } = await loadAll(office, "admin");
      const scene = sceneOf(office, random, { seen, phoneNumberId, wamids });
      for (let n = 0; n < ROUND; n += 1) await random.pick(operationsOf)(scene);
      await compare(office, screens, `after ${done + ROUND} operations, BALCAO_SEED=${random.seed}`);
    }

    const seen = new Set(
      (await loggedEvents(office.server.storage.context, office.company.id)).map(({ type }) => type),
    );
    expect(eventTypes.filter((type) => seen.has(type) === notYet.has(type))).toEqual([]);
    expect(Math.max(...screens.map(({ reloads }) => reloads))).toBeGreaterThan(0);
  },
  isLong ? 3_600_000 : 180_000,
);
