import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../tests/support/company.ts";
import { receiveText, seedContact, seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { loggedEvents } from "../../../tests/support/events.ts";
import type { LabelId } from "../../contract/ids.ts";
import { newId } from "../../lib/ids.ts";
import { insertLabel } from "../labels/store.ts";
import { listMessages } from "../messages/list.ts";
import { assign } from "./assign.ts";
import { createConversation, type NewConversation } from "./create.ts";
import { getConversation } from "./get.ts";
import { markRead } from "./read.ts";
import { transfer } from "./transfer.ts";
import { updateConversation } from "./update.ts";

let context: TestContext;
let company: SeededCompany;
let foreign: SeededCompany;

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
  foreign = await seedCompany(context, { phoneNumberId: "1" });
});
afterAll(() => context.dispose());

/** The types of the events that `act` appended, in order. */
async function eventsOf(act: () => Promise<unknown>): Promise<readonly string[]> {
  const before = (await loggedEvents(context, company.id)).at(-1)?.seq ?? 0;
  await act();
  return (await loggedEvents(context, company.id, before)).map((event) => event.type);
}

const code = (name: string) => expect.objectContaining({ code: name });

describe("assigning", () => {
  test("gives the conversation to a colleague, who is told", async () => {
    const id = await seedConversation(context, company);
    const { userId } = company.agent;
    const types = await eventsOf(() =>
      assign(context, company.supervisor, { conversationId: id, assigneeId: userId }),
    );
    expect(types).toEqual([
      "conversation.assigned",
      "conversation.status",
      "conversation.updated",
      "notification",
    ]);
    const { data } = await getConversation(context, company.agent, id);
    expect(data).toMatchObject({ assignee_id: userId, status: "assigned" });
  });

  test("to oneself notifies nobody, and again changes nothing", async () => {
    const id = await seedConversation(context, company);
    const take = () =>
      assign(context, company.agent, { conversationId: id, assigneeId: company.agent.userId });
    expect(await eventsOf(take)).toEqual([
      "conversation.assigned",
      "conversation.status",
      "conversation.updated",
    ]);
    expect(await eventsOf(take)).toEqual([]);
  });

  test("to nobody makes it active again", async () => {
    const id = await seedConversation(context, company, { assigneeId: company.agent.userId });
    const after = await assign(context, company.agent, { conversationId: id, assigneeId: null });
    expect(after).toMatchObject({ assignee_id: null, status: "active" });
  });

  test("refuses viewers, strangers and people of another company alike, and changes nothing", async () => {
    const id = await seedConversation(context, company);
    const inactive = await seedUser(context, company.id, { role: "agent" });
    await context.sql.transaction((tx) =>
      tx.run("UPDATE users SET active = 0 WHERE id = $1", [inactive.userId]),
    );
    const types = await eventsOf(async () => {
      for (const to of [company.viewer, foreign.agent, inactive]) {
        const given = assign(context, company.admin, { conversationId: id, assigneeId: to.userId });
        await expect(given).rejects.toEqual(code("invalid_request"));
      }
    });
    expect(types).toEqual([]);
  });

  test("is not for viewers, and a foreign conversation does not exist", async () => {
    const id = await seedConversation(context, company);
    const input = { conversationId: id, assigneeId: null };
    await expect(assign(context, company.viewer, input)).rejects.toEqual(code("forbidden"));
    await expect(assign(context, foreign.admin, input)).rejects.toEqual(code("not_found"));
    await expect(assign(context, company.admin, { ...input, conversationId: newId() })).rejects.toEqual(
      code("not_found"),
    );
  });
});

describe("transferring", () => {
  test("to a queue takes it from its assignee, and the thread says why", async () => {
    const id = await seedConversation(context, company, { assigneeId: company.agent.userId });
    const types = await eventsOf(() =>
      transfer(context, company.agent, {
        conversationId: id,
        queueId: company.queueId,
        reason: "fala de entrega",
      }),
    );
    expect(types).toEqual([
      "message.created",
      "conversation.transferred",
      "conversation.assigned",
      "conversation.status",
      "conversation.updated",
    ]);
    const { data } = await getConversation(context, company.admin, id);
    expect(data).toMatchObject({ queue_id: company.queueId, assignee_id: null, status: "active" });
    // What the system says is not what anybody said last.
    expect(data.last_message).toBe("");
    const page = { conversationId: id, limit: 10, offset: 0, before: null, after: null };
    const thread = await listMessages(context, company.agent, page);
    expect(thread.data.map((message) => message.content)).toEqual([
      "agent transferiu para Atendimento: fala de entrega",
    ]);
    expect(thread.data[0]?.metadata["reason"]).toBe("fala de entrega");
    expect((await listMessages(context, company.viewer, page)).data).toEqual([]);
  });

  test("to a person notifies that person", async () => {
    const id = await seedConversation(context, company);
    const to = company.agent.userId;
    const types = await eventsOf(() =>
      transfer(context, company.admin, { conversationId: id, assigneeId: to }),
    );
    expect(types).toContain("notification");
    expect(types.indexOf("conversation.transferred")).toBeLessThan(types.indexOf("conversation.assigned"));
  });

  test("to nobody and to another company's queue is refused", async () => {
    const id = await seedConversation(context, company);
    const to = (target: object) => transfer(context, company.admin, { conversationId: id, ...target });
    await expect(to({})).rejects.toEqual(code("invalid_request"));
    await expect(to({ queueId: foreign.queueId })).rejects.toEqual(code("invalid_request"));
  });
});

describe("the status", () => {
  test("goes from open to resolved and, reopened, back to whoever has it", async () => {
    const id = await seedConversation(context, company, { assigneeId: company.agent.userId });
    const set = (status: "resolved" | "active" | "closed") =>
      updateConversation(context, company.agent, { id, status });
    expect((await set("resolved")).status).toBe("resolved");
    expect((await set("active")).status).toBe("assigned");
    expect((await set("closed")).status).toBe("closed");
    expect((await set("active")).status).toBe("assigned");
  });

  test("can't be opened beside another open conversation of the same contact", async () => {
    const contactId = await seedContact(context, company);
    const old = await seedConversation(context, company, { contactId, status: "resolved" });
    const open = await seedConversation(context, company, { contactId });
    const refused = code("conversation_open");
    const reopen = () => updateConversation(context, company.agent, { id: old, status: "active" });
    await expect(reopen()).rejects.toEqual(refused);
    await expect(reopen()).rejects.toMatchObject({ details: { conversation_id: open } });
    const given = { conversationId: old, assigneeId: company.agent.userId };
    await expect(assign(context, company.agent, given)).rejects.toEqual(refused);
  });

  test("resolving wakes a sleeping conversation, and a finished one can't be put to sleep", async () => {
    const id = await seedConversation(context, company);
    const snoozedUntil = context.clock.now() + 60_000;
    const slept = await updateConversation(context, company.agent, { id, snoozedUntil });
    expect(slept.snoozed_until).not.toBeNull();
    const resolved = await updateConversation(context, company.agent, { id, status: "resolved" });
    expect(resolved.snoozed_until).toBeNull();
    for (const wrong of [
      { snoozedUntil },
      { status: "active", snoozedUntil: context.clock.now() } as const,
    ]) {
      await expect(updateConversation(context, company.agent, { id, ...wrong })).rejects.toEqual(
        code("invalid_request"),
      );
    }
  });
});

test("labels are replaced as a whole, and another company's do not exist", async () => {
  const id = await seedConversation(context, company);
  const label = newId<LabelId>();
  const theirs = newId<LabelId>();
  const fields = { name: "Urgente", nameKey: "urgente", color: "#ff0000", createdAt: 0 };
  await context.sql.transaction(async (tx) => {
    await insertLabel(tx, company.id, { ...fields, id: label });
    await insertLabel(tx, foreign.id, { ...fields, id: theirs });
  });
  const set = (labels: readonly LabelId[]) => updateConversation(context, company.agent, { id, labels });
  expect((await set([label, label])).labels).toEqual([label]);
  expect(await eventsOf(() => set([label]))).toEqual([]);
  await expect(set([label, theirs])).rejects.toEqual(code("invalid_request"));
  expect((await set([])).labels).toEqual([]);
});

describe("reading", () => {
  test("by anyone who attends clears what is unread while nobody has the conversation", async () => {
    const id = await seedConversation(context, company);
    const conversationId = id;
    await receiveText(context, company.agent, { conversationId, text: "Oi" });
    await receiveText(context, company.agent, { conversationId, text: "Tem alguém?" });
    expect(await eventsOf(() => markRead(context, company.viewer, id))).toEqual([]);
    expect(await eventsOf(() => markRead(context, company.agent, id))).toEqual(["conversation.read"]);
    expect(await eventsOf(() => markRead(context, company.agent, id))).toEqual([]);
    const page = { conversationId, limit: 10, offset: 0, before: null, after: null };
    const read = (await listMessages(context, company.agent, page)).data.map((message) => message.status);
    expect(read).toEqual(["read", "read"]);
    await receiveText(context, company.agent, { conversationId, text: "?" });
    const after = (await listMessages(context, company.agent, page)).data.map((message) => message.status);
    expect(after).toEqual(["read", "read", "delivered"]);
    expect((await getConversation(context, company.agent, id)).data.unread_count).toBe(1);
  });

  test("counts for the assignee only where there is one", async () => {
    const id = await seedConversation(context, company, { assigneeId: company.agent.userId });
    await receiveText(context, company.agent, { conversationId: id, text: "Oi" });
    expect((await markRead(context, company.admin, id)).unread_count).toBe(1);
    expect((await markRead(context, company.agent, id)).unread_count).toBe(0);
  });
});

describe("a new conversation", () => {
  const blank: Omit<NewConversation, "channelId"> = {
    queueId: null,
    assigneeId: null,
    priority: "normal",
    subject: "",
    description: "",
    labels: [],
  };
  const open = (input: Partial<NewConversation>) =>
    createConversation(context, company.agent, { ...blank, channelId: company.channelId, ...input });

  test("with a phone number as people write it finds the contact, or makes it", async () => {
    const first = await open({ phone: "(21) 99876-5432" });
    expect(first.contact.phone).toBe("+5521998765432");
    await updateConversation(context, company.agent, { id: first.id, status: "resolved" });
    const second = await open({ phone: "+55 21 99876 5432", assigneeId: company.agent.userId });
    expect(second.contact_id).toBe(first.contact_id);
    expect(second).toMatchObject({ status: "assigned", number: first.number + 1 });
  });

  test("is refused while one is open, with its id", async () => {
    const contactId = await seedContact(context, company);
    const { id } = await open({ contactId });
    await expect(open({ contactId })).rejects.toMatchObject({
      code: "conversation_open",
      details: { conversation_id: id },
    });
  });

  test("names a contact, a channel, a queue and a colleague that exist here", async () => {
    const contactId = await seedContact(context, company);
    const theirs = await seedContact(context, foreign);
    const wrong: readonly Partial<NewConversation>[] = [
      {},
      { contactId, phone: "+5511987654321" },
      { contactId: theirs },
      { phone: "hello" },
      { contactId, channelId: foreign.channelId },
      { contactId, queueId: foreign.queueId },
      { contactId, assigneeId: foreign.agent.userId },
      { contactId, labels: [newId()] },
    ];
    for (const input of wrong) await expect(open(input)).rejects.toEqual(code("invalid_request"));
  });
});
