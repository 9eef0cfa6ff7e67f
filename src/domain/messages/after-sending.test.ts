import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { receiveText, seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { loggedEvents } from "../../../tests/support/events.ts";
import type { Caller } from "../../auth/caller.ts";
import type { MessageStatus } from "../../contract/entities.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import { newId } from "../../lib/ids.ts";
import { getConversation } from "../conversations/get.ts";
import { deleteMessage } from "./delete.ts";
import { listMessages } from "./list.ts";
import { reactToMessage } from "./react.ts";
import { retryMessage } from "./retry.ts";
import { sendBody, toSendInput } from "./send-body.ts";
import { sendMessage } from "./send.ts";

let context: TestContext;
let company: SeededCompany;
let id: ConversationId;

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
  id = await seedConversation(context, company);
});
afterAll(() => context.dispose());

const code = (name: string) => expect.objectContaining({ code: name });

async function send(body: object, caller: Caller = company.agent): Promise<MessageId> {
  const input = { ...toSendInput(sendBody.parse(body)), conversationId: id };
  return (await sendMessage(context, caller, input)).id;
}

/** As the outbox leaves a message: the row's claim is `ageMs` old. */
async function settle(messageId: MessageId, status: MessageStatus, ageMs = 0): Promise<void> {
  const failed = status === "failed" || status === "unknown";
  await context.sql.transaction(async (tx) => {
    await tx.run("UPDATE outbox SET state = $1, claimed_at = $2 WHERE message_id = $3", [
      failed ? status : "done",
      context.clock.now() - ageMs,
      messageId,
    ]);
    await tx.run("UPDATE messages SET status = $1, error_code = $2, external_id = $3 WHERE id = $4", [
      status,
      failed ? "131000" : null,
      failed ? null : `wamid.${messageId}`,
      messageId,
    ]);
  });
}

async function eventsSince(act: () => Promise<unknown>): Promise<readonly string[]> {
  const before = (await loggedEvents(context, company.id)).at(-1)?.seq ?? 0;
  await act();
  return (await loggedEvents(context, company.id, before)).map((event) => event.type);
}

async function find(messageId: MessageId) {
  const page = { conversationId: id, limit: 500, offset: 0, before: null, after: null };
  return (await listMessages(context, company.agent, page)).data.find((one) => one.id === messageId);
}

function dueRows(messageId: MessageId) {
  return context.sql.read((tx) =>
    tx.all<{ kind: string; payload: string }>(
      "SELECT kind, payload FROM outbox WHERE message_id = $1 AND state = 'due' ORDER BY id",
      [messageId],
    ),
  );
}

describe("sending again", () => {
  test("puts a failed message back into the outbox, without its error", async () => {
    const messageId = await send({ content: "de novo" });
    await settle(messageId, "failed");
    expect((await find(messageId))?.error).not.toBeNull();
    const types = await eventsSince(() =>
      retryMessage(context, company.agent, { conversationId: id, messageId }),
    );
    expect(types).toEqual(["message.status", "message.updated"]);
    expect(await find(messageId)).toMatchObject({ status: "pending", error: null });
    expect(await dueRows(messageId)).toHaveLength(1);
  });

  test("waits a minute for news of what nobody knows of, and happens once however often it is asked for", async () => {
    const messageId = await send({ content: "talvez" });
    const retry = () => retryMessage(context, company.agent, { conversationId: id, messageId });
    await settle(messageId, "unknown", 30_000);
    await expect(retry()).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "not_settled", retry_after: 30 },
    });
    await settle(messageId, "unknown", 60_000);
    const tries = await Promise.allSettled([retry(), retry(), retry()]);
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await dueRows(messageId)).toHaveLength(1);
  });

  test("is refused for what was sent, and for the contact's own messages", async () => {
    const sent = await send({ content: "ok" });
    await settle(sent, "delivered");
    const theirs = await receiveText(context, company.agent, { conversationId: id, text: "oi" });
    for (const messageId of [sent, theirs]) {
      const again = retryMessage(context, company.agent, { conversationId: id, messageId });
      await expect(again).rejects.toEqual(code("conflict"));
    }
  });
});

describe("deleting", () => {
  const remove = (messageId: MessageId, caller: Caller = company.agent) =>
    deleteMessage(context, caller, { conversationId: id, messageId });

  test("cancels what is scheduled or waits, and leaves a tombstone without a word", async () => {
    const later = new Date(context.clock.now() + 60_000).toISOString();
    for (const body of [{ content: "segredo", send_at: later }, { content: "segredo" }]) {
      const messageId = await send(body);
      expect(await eventsSince(() => remove(messageId))).toContain("message.deleted");
      expect(await dueRows(messageId)).toEqual([]);
      const left = await find(messageId);
      expect(left).toMatchObject({ content: "", metadata: {} });
      expect(left?.deleted_at).not.toBeNull();
      expect(await eventsSince(() => remove(messageId))).toEqual([]);
    }
    expect((await getConversation(context, company.agent, id)).data.last_message).not.toBe("segredo");
  });

  test("is refused for what the contact has, and for what is on its way", async () => {
    const sent = await send({ content: "entregue" });
    await settle(sent, "delivered");
    await expect(remove(sent)).rejects.toEqual(code("not_supported"));
    const leaving = await send({ content: "saindo" });
    await context.sql.transaction((tx) =>
      tx.run("UPDATE outbox SET state = 'claimed', attempts = 1 WHERE message_id = $1", [leaving]),
    );
    await expect(remove(leaving)).rejects.toEqual(code("conflict"));
    const theirs = await receiveText(context, company.agent, { conversationId: id, text: "oi" });
    await expect(remove(theirs, company.admin)).rejects.toEqual(code("not_supported"));
  });

  test("of a colleague's note is for supervisors", async () => {
    const note = await send({ content: "nota", message_type: "note" }, company.admin);
    await expect(remove(note)).rejects.toEqual(code("forbidden"));
    await remove(note, company.supervisor);
    expect((await find(note))?.content).toBe("");
  });
});

describe("reacting", () => {
  const react = (messageId: MessageId, emoji: string, caller: Caller = company.agent) =>
    reactToMessage(context, caller, { conversationId: id, messageId, emoji });

  test("goes out, is replaced by a colleague's, and is taken back", async () => {
    const messageId = await receiveText(context, company.agent, { conversationId: id, text: "obrigada!" });
    expect((await react(messageId, "❤️")).reactions).toEqual([
      { emoji: "❤️", sender_type: "agent", sender_id: company.agent.userId },
    ]);
    expect(await eventsSince(() => react(messageId, "❤️"))).toEqual([]);
    expect((await react(messageId, "👍", company.admin)).reactions).toMatchObject([{ emoji: "👍" }]);
    expect((await react(messageId, "")).reactions).toEqual([]);
    const sent = (await dueRows(messageId)).map((row): unknown => JSON.parse(row.payload));
    expect(sent).toEqual(["❤️", "👍", ""].map((emoji) => ({ kind: "reaction", emoji })));
  });

  test("is refused for notes and what never left", async () => {
    const note = await send({ content: "nota", message_type: "note" });
    const waiting = await send({ content: "espera" });
    for (const messageId of [note, waiting]) {
      await expect(react(messageId, "👍")).rejects.toEqual(code("not_supported"));
    }
  });
});

test("nothing of all that can be done to another company's message, or through another conversation", async () => {
  const foreign = await seedCompany(context, { phoneNumberId: "2" });
  const other = await seedConversation(context, company);
  const messageId = await send({ content: "nossa" });
  for (const [caller, conversationId] of [
    [foreign.admin, id],
    [company.agent, other],
    [company.agent, newId<ConversationId>()],
  ] as const) {
    const ids = { conversationId, messageId };
    await expect(retryMessage(context, caller, ids)).rejects.toEqual(code("not_found"));
    await expect(deleteMessage(context, caller, ids)).rejects.toEqual(code("not_found"));
    await expect(reactToMessage(context, caller, { ...ids, emoji: "👍" })).rejects.toEqual(code("not_found"));
  }
  expect((await find(messageId))?.content).toBe("nossa");
});
