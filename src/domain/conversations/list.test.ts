import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../tests/support/company.ts";
import { receiveText, seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { Caller } from "../../auth/caller.ts";
import { roles, visibilities } from "../../contract/entities.ts";
import type { ConversationId, QueueId, UserId } from "../../contract/ids.ts";
import { maySee } from "../../events/audience.ts";
import { newId } from "../../lib/ids.ts";
import { insertQueue } from "../queues/store.ts";
import { countConversations, listConversations, type ListInput } from "./list.ts";

let context: TestContext;
let company: SeededCompany;

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
});
afterAll(() => context.dispose());

const everything: ListInput = {
  filter: {},
  search: null,
  order: "newest",
  limit: 100,
  offset: 0,
  cursor: null,
};

async function listed(caller: Caller, input: Partial<ListInput> = {}): Promise<readonly ConversationId[]> {
  const page = await listConversations(context, caller, { ...everything, ...input });
  return page.data.conversations.map((conversation) => conversation.id);
}

describe("what is listed and counted", () => {
  test("is exactly what the realtime side lets the same person see, for every role, setting and place", async () => {
    const own = await seedCompany(context, { phoneNumberId: "2" });
    const elsewhere = newId<QueueId>();
    await context.sql.transaction((tx) =>
      insertQueue(tx, own.id, {
        id: elsewhere,
        name: "Outra",
        nameKey: "outra",
        color: "#000000",
        description: "",
        createdAt: 0,
      }),
    );
    const colleague = await seedUser(context, own.id, { role: "agent", name: "Outro" });
    const places = [null, own.queueId, elsewhere].flatMap((queueId) =>
      [null, own.agent.userId, own.viewer.userId, colleague.userId].map((assigneeId) => ({
        queueId,
        assigneeId,
      })),
    );
    const placed: {
      readonly id: ConversationId;
      readonly queue_id: QueueId | null;
      readonly assignee_id: UserId | null;
    }[] = [];
    for (const { queueId, assigneeId } of places) {
      const id = await seedConversation(context, own, { queueId, assigneeId });
      placed.push({ id, queue_id: queueId, assignee_id: assigneeId });
    }
    for (const role of roles) {
      for (const visibility of visibilities) {
        for (const queueIds of [[], [own.queueId]]) {
          const caller: Caller = { ...own[role], visibility, queueIds };
          const expected = placed.filter((place) => maySee(caller, place)).map(({ id }) => id);
          expect((await listed(caller)).toSorted()).toEqual(expected.toSorted());
          const { active, assigned } = await countConversations(context, caller);
          expect(active + assigned).toBe(expected.length);
        }
      }
    }
  });

  test("never holds another company's", async () => {
    const foreign = await seedCompany(context, { phoneNumberId: "3" });
    const theirs = await seedConversation(context, foreign);
    expect(await listed(company.admin)).not.toContain(theirs);
    expect(await listed(foreign.admin, { filter: { queueId: company.queueId } })).toEqual([]);
  });
});

describe("a list", () => {
  test("is in the order of the last activity, and pages by cursor lose and double nothing", async () => {
    const own = await seedCompany(context, { phoneNumberId: "4" });
    const ids: ConversationId[] = [];
    for (let n = 0; n < 7; n += 1) {
      // Pairs of the same instant: the id decides between them.
      if (n % 2 === 0) context.clock.advance(1000);
      ids.push(await seedConversation(context, own));
    }
    const [first] = ids;
    if (!first) throw new Error("nothing was seeded");
    context.clock.advance(1000);
    await receiveText(context, own.agent, { conversationId: first, text: "de novo" });
    const newest = await listed(own.agent);
    expect(newest[0]).toBe(first);
    for (const order of ["newest", "oldest"] as const) {
      const paged: ConversationId[] = [];
      let cursor: ListInput["cursor"] = null;
      do {
        const input: ListInput = { ...everything, order, cursor, limit: 3 };
        const page = await listConversations(context, own.agent, input);
        paged.push(...page.data.conversations.map(({ id }) => id));
        cursor = page.data.next;
      } while (cursor !== null);
      expect(paged).toEqual(order === "newest" ? [...newest] : newest.toReversed());
    }
    expect(await listed(own.agent, { offset: 2, limit: 2 })).toEqual(newest.slice(2, 4));
  });

  test("is narrowed by status, person and queue, several at once", async () => {
    const own = await seedCompany(context, { phoneNumberId: "5" });
    const me = own.agent.userId;
    const free = await seedConversation(context, own);
    const mine = await seedConversation(context, own, { assigneeId: me, queueId: own.queueId });
    const waiting = await seedConversation(context, own, { assigneeId: me, status: "waiting" });
    const resolved = await seedConversation(context, own, { assigneeId: me, status: "resolved" });
    const only = async (filter: ListInput["filter"]) => (await listed(own.agent, { filter })).toSorted();
    expect(await only({ assigneeId: null })).toEqual([free]);
    expect(await only({ assigneeId: me, statuses: ["assigned", "waiting"] })).toEqual(
      [mine, waiting].toSorted(),
    );
    expect(await only({ statuses: ["resolved", "closed"] })).toEqual([resolved]);
    expect(await only({ queueId: own.queueId, assigneeId: me })).toEqual([mine]);
    expect(await only({ channelId: newId() })).toEqual([]);
    await receiveText(context, own.agent, { conversationId: free, text: "Oi" });
    expect(await countConversations(context, own.agent)).toEqual({
      active: 1,
      assigned: 1,
      waiting: 1,
      resolved: 1,
      closed: 0,
      mine: 2,
      unassigned: 1,
      unread: 1,
      my_unread: 0,
    });
  });

  test("can be searched by name, number, phone and what was said", async () => {
    const own = await seedCompany(context, { phoneNumberId: "6" });
    const joao = await seedConversation(context, own, {
      contact: { name: "João Conceição", phone: "+5521988887777" },
    });
    const ana = await seedConversation(context, own, { contact: { name: "Ana", phone: "+5511911112222" } });
    await receiveText(context, own.agent, { conversationId: ana, text: "A encomenda não chegou" });
    expect(await listed(own.agent, { search: "conceicao" })).toEqual([joao]);
    expect(await listed(own.agent, { search: "(21) 98888" })).toEqual([joao]);
    expect(await listed(own.agent, { search: "encom" })).toEqual([ana]);
    expect(await listed(own.agent, { search: "#2" })).toEqual([ana]);
    expect(await listed(own.agent, { search: "ana", filter: { statuses: ["resolved"] } })).toEqual([]);
    expect(await listed(own.agent, { search: "%_*\"'" })).toEqual([]);
  });
});
