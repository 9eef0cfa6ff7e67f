import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { receiveText, seedContact, seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { loggedEvents } from "../../../tests/support/events.ts";
import type { Caller } from "../../auth/caller.ts";
import type { Message } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { newId } from "../../lib/ids.ts";
import { getConversation } from "../conversations/get.ts";
import { updateConversation } from "../conversations/update.ts";
import { claim } from "../outbox/claim.ts";
import { listMessages } from "./list.ts";
import { sendBody, toSendInput } from "./send-body.ts";
import { sendMessage } from "./send.ts";

let context: TestContext;
let company: SeededCompany;

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
});
afterAll(() => context.dispose());

/** Sends a body as it comes over HTTP. */
function send(
  conversationId: ConversationId,
  body: object,
  caller: Caller = company.agent,
): Promise<Message> {
  return sendMessage(context, caller, { ...toSendInput(sendBody.parse(body)), conversationId });
}

function outbox(conversationId: ConversationId) {
  return context.sql.read((tx) =>
    tx.all<{ message_id: string; kind: string; state: string; due_at: number }>(
      "SELECT message_id, kind, state, due_at FROM outbox WHERE conversation_id = $1 ORDER BY id",
      [conversationId],
    ),
  );
}

async function thread(conversationId: ConversationId, caller: Caller = company.agent) {
  const page = { conversationId, limit: 100, offset: 0, before: null, after: null };
  return (await listMessages(context, caller, page)).data;
}

const code = (name: string) => expect.objectContaining({ code: name });

describe("an agent's message", () => {
  test("is stored with its outbox row, and the conversation waits for the contact", async () => {
    const id = await seedConversation(context, company, { assigneeId: company.agent.userId });
    const before = (await loggedEvents(context, company.id)).at(-1)?.seq ?? 0;
    const message = await send(id, { content: "Bom dia!", extra: "ignored" });
    expect(message).toMatchObject({
      content: "Bom dia!",
      status: "pending",
      sender_type: "agent",
      sender_id: company.agent.userId,
      sender_name: "agent",
      direction: "out",
      message_type: "text",
    });
    expect(await outbox(id)).toMatchObject([{ message_id: message.id, kind: "message", state: "due" }]);
    const { data } = await getConversation(context, company.agent, id);
    expect(data).toMatchObject({ status: "waiting", last_message: "Bom dia!" });
    expect((await loggedEvents(context, company.id, before)).map((event) => event.type)).toEqual([
      "message.created",
      "conversation.status",
      "conversation.updated",
    ]);
  });

  test("may have both reference shapes of a body", async () => {
    const id = await seedConversation(context, company);
    const message = await send(id, { content: { text: "veja", preview_url: true }, message_type: "text" });
    expect(message).toMatchObject({ content: "veja", metadata: { preview_url: true } });
  });

  test("reopens a resolved conversation, unless another one is open", async () => {
    const contactId = await seedContact(context, company);
    const old = await seedConversation(context, company, { contactId, status: "resolved" });
    await send(old, { content: "Mais uma coisa" });
    expect((await getConversation(context, company.agent, old)).data.status).toBe("waiting");
    const other = await seedContact(context, company);
    const resolved = await seedConversation(context, company, { contactId: other, status: "resolved" });
    const open = await seedConversation(context, company, { contactId: other });
    const refused = send(resolved, { content: "oi" });
    await expect(refused).rejects.toMatchObject({
      code: "conversation_open",
      details: { conversation_id: open },
    });
    expect(await thread(resolved)).toEqual([]);
    expect(await outbox(resolved)).toEqual([]);
  });

  test("is free-form only while the window is open; a template always goes", async () => {
    const closed = await seedConversation(context, company, { windowFor: null });
    const expired = await seedConversation(context, company, { windowFor: 0 });
    const template = { name: "retorno", language: "pt_BR", components: [] };
    for (const id of [closed, expired]) {
      await expect(send(id, { content: "oi" })).rejects.toEqual(code("window_closed"));
      const sent = await send(id, { message_type: "template", metadata: { template } });
      expect(sent).toMatchObject({ message_type: "template", content: "retorno", metadata: { template } });
    }
  });

  test("quotes a message of the same conversation only", async () => {
    const id = await seedConversation(context, company);
    const other = await seedConversation(context, company);
    const quoted = await receiveText(context, company.agent, { conversationId: id, text: "?" });
    expect((await send(id, { content: "sim", reply_to: quoted })).reply_to).toBe(quoted);
    await expect(send(other, { content: "sim", reply_to: quoted })).rejects.toEqual(code("invalid_request"));
  });

  test("with a place or cards is readable without its structure", async () => {
    const id = await seedConversation(context, company);
    const location = { latitude: -23.5, longitude: -46.6, name: "Loja" };
    expect(await send(id, { message_type: "location", metadata: { location } })).toMatchObject({
      message_type: "location",
      content: "📍 Loja",
    });
    const contacts = [{ name: { formatted_name: "Entregas" }, phones: [{ phone: "+551133334444" }] }];
    expect((await send(id, { message_type: "contacts", metadata: { contacts } })).content).toBe(
      "👤 Entregas",
    );
  });

  test("is refused to viewers and strangers", async () => {
    const id = await seedConversation(context, company);
    const foreign = await seedCompany(context, { phoneNumberId: newId() });
    await expect(send(id, { content: "x" }, company.viewer)).rejects.toEqual(code("forbidden"));
    await expect(send(id, { content: "x" }, foreign.admin)).rejects.toEqual(code("not_found"));
    expect(await thread(id)).toEqual([]);
  });
});

describe("the same client_id", () => {
  test("ten times at once is one message and the same answer", async () => {
    const id = await seedConversation(context, company);
    const body = { content: "uma vez", client_id: "c-1" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(id, body)));
    for (const answer of answers) expect(answer).toEqual(answers[0] ?? answer);
    expect(await thread(id)).toHaveLength(1);
    expect(await outbox(id)).toHaveLength(1);
  });

  test("with another body is a conflict, and another sender's or conversation's is another message", async () => {
    const id = await seedConversation(context, company);
    const other = await seedConversation(context, company);
    const first = await send(id, { content: "um", client_id: "c-2" });
    await expect(send(id, { content: "dois", client_id: "c-2" })).rejects.toEqual(
      code("idempotency_conflict"),
    );
    expect((await send(id, { content: "um", client_id: "c-2" }, company.admin)).id).not.toBe(first.id);
    expect((await send(other, { content: "um", client_id: "c-2" })).id).not.toBe(first.id);
  });

  test("is answered even after the contact wrote again or the window closed", async () => {
    const id = await seedConversation(context, company, { windowFor: 1000 });
    const seen = await receiveText(context, company.agent, { conversationId: id, text: "oi" });
    const body = { content: "olá", client_id: "c-3", seen_message_id: seen };
    const first = await send(id, body);
    context.clock.advance(2000);
    await receiveText(context, company.agent, { conversationId: id, text: "alô?" });
    expect((await send(id, body)).id).toBe(first.id);
  });
});

describe("a reply to what is no longer the latest", () => {
  test("is stopped with the newer messages, and goes when the agent insists", async () => {
    const id = await seedConversation(context, company);
    const seen = await receiveText(context, company.agent, { conversationId: id, text: "Quero dois" });
    const newer = await receiveText(context, company.agent, { conversationId: id, text: "Não, três" });
    const body = { content: "Dois, certo", seen_message_id: seen, client_id: "c-4" };
    const stale = await send(id, body).catch((error: unknown) => error);
    if (!(stale instanceof Refusal)) throw new Error("it was not refused");
    expect(stale.code).toBe("stale_reply");
    expect(stale.details?.["messages"]).toMatchObject([{ id: newer, content: "Não, três" }]);
    expect(await outbox(id)).toEqual([]);
    expect((await send(id, { ...body, force: true })).status).toBe("pending");
  });

  test("is not one because of colleagues' messages", async () => {
    const id = await seedConversation(context, company);
    const seen = await receiveText(context, company.agent, { conversationId: id, text: "oi" });
    await send(id, { content: "olá" }, company.admin);
    expect((await send(id, { content: "olá", seen_message_id: seen })).status).toBe("pending");
  });
});

describe("a private note", () => {
  test("never reaches the outbox, viewers, or the list's last message; and needs no window", async () => {
    const id = await seedConversation(context, company, { windowFor: null });
    const note = await send(id, { content: "cliente irritado", message_type: "note" });
    expect(note).toMatchObject({ message_type: "note", status: "sent" });
    expect(await outbox(id)).toEqual([]);
    expect(await thread(id)).toHaveLength(1);
    expect(await thread(id, company.viewer)).toEqual([]);
    const { data } = await getConversation(context, company.agent, id);
    expect(data).toMatchObject({ status: "active", last_message: "" });
  });
});

describe("a scheduled message", () => {
  test("waits in the outbox and changes nothing in the list yet", async () => {
    const id = await seedConversation(context, company);
    const at = context.clock.now() + 60_000;
    const message = await send(id, { content: "lembrete", send_at: new Date(at).toISOString() });
    expect(message.status).toBe("scheduled");
    expect(await outbox(id)).toMatchObject([{ state: "due", due_at: at }]);
    expect((await getConversation(context, company.agent, id)).data).toMatchObject({
      status: "active",
      last_message: "",
    });
  });

  test("is an agent's reply once it leaves, but opens nothing that was finished meanwhile", async () => {
    for (const [status, then] of [
      ["active", "waiting"],
      ["resolved", "resolved"],
    ] as const) {
      const id = await seedConversation(context, company);
      const at = context.clock.now() + 1000;
      await send(id, { content: "lembrete", send_at: new Date(at).toISOString() });
      await updateConversation(context, company.agent, { id, status });
      context.clock.advance(1000);
      const [row] = await context.sql.read((tx) =>
        tx.all<{ id: string }>("SELECT id FROM outbox WHERE conversation_id = $1", [id]),
      );
      await claim(context, row ? [row.id] : []);
      expect((await thread(id))[0]?.status).toBe("pending");
      const { data } = await getConversation(context, company.agent, id);
      expect(data).toMatchObject({ status: then, last_message: "lembrete" });
    }
  });

  test("can't be in the past, nor beyond the window", async () => {
    const id = await seedConversation(context, company, { windowFor: 60_000 });
    const at = (ms: number) => new Date(context.clock.now() + ms).toISOString();
    await expect(send(id, { content: "x", send_at: at(-1) })).rejects.toEqual(code("invalid_request"));
    await expect(send(id, { content: "x", send_at: at(61_000) })).rejects.toEqual(code("window_closed"));
  });
});

test("a thread read while twenty agents write has every message once, in one order", async () => {
  const id = await seedConversation(context, company);
  await Promise.all(Array.from({ length: 20 }, (_, n) => send(id, { content: `mensagem ${n}` })));
  const messages = await thread(id);
  expect(messages).toHaveLength(20);
  const positions = messages.map((message) => message.position);
  expect(new Set(positions).size).toBe(20);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
});
