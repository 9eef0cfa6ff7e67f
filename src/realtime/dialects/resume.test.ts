import { afterEach, beforeEach, expect, test } from "bun:test";

import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import {
  type DialectClient,
  dialectClient,
  type HeardFrame,
  returningClient,
  standing,
  textsOf,
} from "../../../tests/support/dialect-client.ts";
import { seededRandom } from "../../../tests/support/random.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../tests/support/realtime.ts";
import type { EventData, EventType, NewEvent } from "../../contract/events.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { append } from "../../events/append.ts";
import { dialectNames } from "../dialect.ts";

/** R9 of the reliability spec: in the suite a small form of it. */
const long = process.env["BALCAO_FAULTS"] === "long";
const CLIENTS_PER_DIALECT = long ? 50 : 3;
const DROPS = long ? 50 : 6;

let server: RealtimeServer;
let company: SeededCompany;
let conversationId: ConversationId;

beforeEach(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context);
  conversationId = await openConversation(server, company);
  await server.bus.settled();
});
afterEach(() => server[Symbol.asyncDispose]());

const dialects = dialectNames.map((name) => [name] as const);
const isLogged = ({ seq, name }: HeardFrame) => seq !== undefined && name !== "tick";

async function log<T extends EventType>(type: T, data: EventData[T]): Promise<void> {
  // The pair that the parameters say; TypeScript can't see that a union's member is one.
  const event = { type, data } as NewEvent;
  await server.context.sql.transaction((tx) => append(tx, company.id, { ...event, at: 0 }));
}

async function change(client: DialectClient): Promise<void> {
  const conversation_id = conversationId;
  const message_id = await addMessage(server, company, { conversationId, content: "um" });
  await addMessage(server, company, { conversationId, content: "segredo", type: "note" });
  await log("message.status", { message_id, conversation_id, status: "read" });
  await log("conversation.status", { conversation_id, status: "resolved", was: "active" });
  await log("conversation.updated", { conversation_id, fields: ["status"] });
  await log("channel.status", { channel_id: company.channelId, status: "connected" });
  await addMessage(server, company, { conversationId, content: "dois" });
  await server.bus.settled();
  await client.upToDate();
}

test.each(dialects)(
  "%s: who comes back is shown what one who stayed was shown, and then told that he is ready",
  async (dialect) => {
    const gone = await dialectClient(server, dialect, company.agent);
    const place = { ...standing(gone), rooms: [conversationId] };
    await gone[Symbol.asyncDispose]();
    await using stayed = await returningClient(server, dialect, { caller: company.agent, ...place });
    await change(stayed);
    const shown = stayed.heard().filter(isLogged);
    expect(textsOf(shown).filter((text) => text !== "segredo")).toEqual(["um", "dois"]);

    await using back = await returningClient(server, dialect, { caller: company.agent, ...place });
    expect(back.heard().filter(isLogged)).toEqual(shown);
    const ready = back.heard().findIndex(({ name }) => name === "ready");
    expect(back.heard().findLastIndex(isLogged)).toBeLessThan(ready);
    expect(back.heard()[ready]?.data).toMatchObject({ resumed: true, seq: server.bus.head(company.id) });
  },
);

test.each(dialects)("%s: who comes from another database has to load everything anew", async (dialect) => {
  await using client = await returningClient(server, dialect, {
    caller: company.agent,
    since: 0,
    epoch: "another",
  });
  expect(client.heard().find(({ name }) => name === "ready")?.data["resumed"]).toBe(false);
  expect(client.heard().filter(isLogged)).toEqual([]);
});

test(
  `${CLIENTS_PER_DIALECT} clients of each dialect, each dropped ${DROPS} times under load, miss nothing and see nothing twice`,
  async () => {
    const random = seededRandom();
    const sent: string[] = [];
    let isOver = false;
    const writer = (async () => {
      while (!isOver) {
        const content = `m${sent.length}`;
        await addMessage(server, company, { conversationId, content });
        sent.push(content);
      }
      await server.bus.settled();
    })();
    const live = dialectNames.flatMap((dialect) =>
      Array.from({ length: CLIENTS_PER_DIALECT }, async () => {
        const rooms = [conversationId];
        let place: ReturnType<typeof standing> = { since: 0, epoch: await epochOf() };
        const texts: string[] = [];
        for (let visit = 0; visit <= DROPS; visit += 1) {
          if (visit === DROPS) await writer;
          const client = await returningClient(server, dialect, { caller: company.agent, ...place, rooms });
          if (visit === DROPS) await client.upToDate();
          else await Bun.sleep(random.below(40));
          await client[Symbol.asyncDispose]();
          const heard = client.heard();
          expect(heard.find(({ name }) => name === "ready")?.data["resumed"]).toBe(true);
          place = standing(client);
          texts.push(...textsOf(heard));
          if (visit === DROPS - 1) isOver = true;
        }
        return texts;
      }),
    );
    const ledgers = await Promise.all(live);
    for (const texts of ledgers) expect(texts, `seed ${random.seed}`).toEqual(sent);
  },
  long ? 3_600_000 : 60_000,
);

async function epochOf(): Promise<string> {
  await using client = await dialectClient(server, "conversations", company.agent);
  return standing(client).epoch;
}
