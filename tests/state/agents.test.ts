import { afterAll, beforeAll, expect, test } from "bun:test";

import { eventSources } from "../../src/compose/realtime.ts";
import { apply, emptyState, type State } from "../../src/contract/apply.ts";
import { conversationStatuses, type Message, priorities } from "../../src/contract/entities.ts";
import { Refusal } from "../../src/contract/errors.ts";
import type { Frame } from "../../src/contract/events.ts";
import type { ConversationId } from "../../src/contract/ids.ts";
import { assign } from "../../src/domain/conversations/assign.ts";
import { listConversations } from "../../src/domain/conversations/list.ts";
import { markRead } from "../../src/domain/conversations/read.ts";
import { transfer } from "../../src/domain/conversations/transfer.ts";
import { updateConversation } from "../../src/domain/conversations/update.ts";
import { deleteMessage } from "../../src/domain/messages/delete.ts";
import { listMessages } from "../../src/domain/messages/list.ts";
import { reactToMessage } from "../../src/domain/messages/react.ts";
import { sendBody, toSendInput } from "../../src/domain/messages/send-body.ts";
import { sendMessage } from "../../src/domain/messages/send.ts";
import { nobodyHere } from "../../src/domain/users/presence.ts";
import { type Bus, startBus } from "../../src/events/bus.ts";
import { readEpoch } from "../../src/events/store.ts";
import { poll } from "../../src/realtime/dialects/conversations/poll.ts";
import { seedCompany, type SeededCompany } from "../support/company.ts";
import { receiveText, seedConversation } from "../support/conversations.ts";
import { type TestContext, testContext } from "../support/database.ts";
import { type Random, seededRandom } from "../support/random.ts";

/** Of ten operations each; clients that loaded after any of them come to the same end. */
const rounds = 40;

let context: TestContext;
let company: SeededCompany;
let bus: Bus;
let ids: readonly [ConversationId, ...ConversationId[]];

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
  bus = await startBus(context.sql, context.log);
  context.onCommit = () => bus.wake();
  const queueId = company.queueId;
  ids = [
    await seedConversation(context, company),
    await seedConversation(context, company, { queueId }),
    await seedConversation(context, company, { assigneeId: company.agent.userId }),
  ];
});
afterAll(async () => {
  await bus.stop();
  await context.dispose();
});

/** What a client that loads everything now has, and the place in the log where that was true. */
async function fresh(): Promise<{ readonly state: State; readonly seq: number; readonly epoch: string }> {
  const input = { filter: {}, search: null, order: "newest", limit: 100, offset: 0, cursor: null } as const;
  const page = await listConversations(context, company.agent, input);
  const { conversations } = page.data;
  const threads = new Map<ConversationId, ReadonlyMap<Message["id"], Message>>();
  for (const { id } of conversations) {
    const range = { conversationId: id, limit: 1000, offset: 0, before: null, after: null };
    const { data } = await listMessages(context, company.agent, range);
    threads.set(id, new Map(data.map((message) => [message.id, message])));
  }
  const state = {
    ...emptyState,
    conversations: new Map(conversations.map((conversation) => [conversation.id, conversation])),
    threads,
  };
  return { state, seq: page.seq, epoch: page.epoch };
}

/** Every frame after a place in the log, as a poll gives them: rendered now, not when they happened. */
async function framesAfter(since: number, epoch: string): Promise<readonly Frame[]> {
  const deps = { sql: context.sql, bus, epoch, sources: eventSources(nobodyHere) };
  const frames: Frame[] = [];
  for (let from = since; ;) {
    const query = { since: from, epoch, limit: 500, waitMs: 0, signal: AbortSignal.timeout(10_000) };
    const answer = await poll(deps, company.agent, query);
    // These are the frames that the UI's reducer is written for.
    frames.push(...(answer.events as readonly Frame[]));
    if (!answer.more) return frames;
    from = answer.seq;
  }
}

type Operation = (random: Random, id: ConversationId) => Promise<unknown>;

async function anyMessage(random: Random, conversationId: ConversationId) {
  const page = { conversationId, limit: 20, offset: 0, before: null, after: null };
  const { data } = await listMessages(context, company.admin, page);
  const message = data[random.below(data.length)];
  if (!message) throw new Refusal("not_found");
  return { conversationId, messageId: message.id };
}

function send(id: ConversationId, body: object) {
  const input = { ...toSendInput(sendBody.parse(body)), conversationId: id };
  return sendMessage(context, company.agent, input);
}

const all: readonly [Operation, ...Operation[]] = [
  (random, id) => receiveText(context, company.agent, { conversationId: id, text: `oi ${random.below(99)}` }),
  (_, id) => markRead(context, company.agent, id),
  (_, id) => markRead(context, company.admin, id),
  (random, id) => send(id, { content: `resposta ${random.below(99)}` }),
  (_, id) => send(id, { content: "nota", message_type: "note" }),
  (random, id) => {
    const assigneeId = random.pick([company.agent.userId, company.admin.userId, null]);
    return assign(context, company.supervisor, { conversationId: id, assigneeId });
  },
  (random, id) => {
    const target = random.pick([{ queueId: company.queueId }, { assigneeId: company.agent.userId }]);
    return transfer(context, company.admin, { conversationId: id, reason: "troca", ...target });
  },
  (random, id) => {
    const status = random.pick([conversationStatuses[0], ...conversationStatuses]);
    return updateConversation(context, company.agent, { id, status });
  },
  (random, id) => {
    const priority = random.pick([priorities[0], ...priorities]);
    const snoozedUntil = random.pick([null, context.clock.now() + 60_000]);
    return updateConversation(context, company.agent, { id, priority, subject: priority, snoozedUntil });
  },
  async (random, id) => deleteMessage(context, company.admin, await anyMessage(random, id)),
  async (random, id) => {
    const emoji = random.pick(["👍", "❤️", ""]);
    return reactToMessage(context, company.agent, { ...(await anyMessage(random, id)), emoji });
  },
];

test("whatever agents and contacts do, a snapshot and the events after it are a fresh snapshot", async () => {
  const random = seededRandom();
  const epoch = await context.sql.read(readEpoch);
  const snapshots = [await fresh()];
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < 10; n += 1) await tryOne(random);
    const now = await fresh();
    const last = snapshots.at(-1);
    for (const from of round === rounds - 1 ? snapshots : [last]) {
      if (!from) continue;
      const replayed = (await framesAfter(from.seq, epoch)).reduce(apply, from.state);
      expect({ seed: random.seed, state: replayed }).toEqual({ seed: random.seed, state: now.state });
    }
    snapshots.push(now);
  }
  expect(snapshots.at(-1)?.seq).toBeGreaterThan(rounds * 3);
});

async function tryOne(random: Random): Promise<void> {
  context.clock.advance(random.below(3) * 500);
  try {
    await random.pick(all)(random, random.pick(ids));
  } catch (error) {
    // What is refused changes nothing; that is part of what is tested.
    if (!(error instanceof Refusal)) throw error;
  }
}
