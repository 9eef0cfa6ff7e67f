/** The hook of the PyTake conversations document, as a plain script, and the documents that the product serves. */
import { afterAll, beforeAll, expect, test } from "bun:test";

import { RawClient } from "../support/raw-client.ts";
import { eventually } from "../support/wait.ts";
import { ClientDesk } from "./desk.ts";

let desk: ClientDesk;
beforeAll(async () => {
  desk = await ClientDesk.open();
}, 60_000);
afterAll(() => desk[Symbol.asyncDispose]());

/** Connects as the document says: a plain socket whose first message has its fields at the top level. */
async function useWebSocket(): Promise<RawClient> {
  const { token, userId } = desk.agent;
  const ws = new RawClient(desk.product.socketUrl);
  await eventually("the socket", () => ws.socket.readyState === WebSocket.OPEN);
  ws.sendText(JSON.stringify({ type: "auth", token, user_id: userId }));
  await ws.waitFor("ready");
  return ws;
}

test("every event that the document lists arrives with the fields that it reads", async () => {
  await using ws = await useWebSocket();
  const { conversationId } = desk;
  await desk.customer.sendText("Tem pão?");
  const received = await ws.waitFor("message_received");
  expect(received.data).toMatchObject({
    conversation_id: conversationId,
    sender_type: "contact",
    content: "Tem pão?",
    message_type: "text",
    status: expect.any(String),
    created_at: expect.any(String),
  });
  const updated = await ws.waitFor("conversation_updated");
  expect(updated.data).toMatchObject({
    id: conversationId,
    tenant_id: desk.agent.companyId,
    status: "active",
    unread_count: 2,
    last_message: "Tem pão?",
    last_message_time: expect.any(String),
    contact: { name: "Maria", phone: "+5511987654321" },
  });
  await desk.answer("Tem!");
  const sent = await ws.waitFor("message_sent");
  expect(sent.data).toMatchObject({ sender_type: "agent", content: "Tem!", conversation_id: conversationId });
  const status = await ws.waitFor("message_status_updated");
  expect(status.data).toEqual({
    message_id: sent.data["id"],
    status: expect.any(String),
    conversation_id: conversationId,
  });
});

test("a dropped client that says where it stopped gets the rest, also over HTTP", async () => {
  const ws = await useWebSocket();
  const place = (await ws.waitFor("ready")).data;
  await ws[Symbol.asyncDispose]();
  await desk.customer.sendText("Ainda estão aí?");
  const since = { since: Number(place["seq"]), epoch: String(place["epoch"]) };
  await using back = new RawClient(desk.product.socketUrl, { auth: { token: desk.agent.token, ...since } });
  expect((await back.waitFor("ready")).data["resumed"]).toBe(true);
  const frames = back.frames.filter(({ seq }) => seq !== undefined);
  expect(frames.map(({ type }) => type)).toContain("message_received");
  const query = new URLSearchParams({ since: String(since.since), epoch: since.epoch });
  const polled = await (await desk.product.ask(`GET /api/v1/events?${query.toString()}`)).json();
  expect(polled).toMatchObject({ resumed: true, more: false, events: frames });
});

test.each(["", "/conversations.html", "/atendimento.html", "/pytake.html", "/syszap.html", "/docs.css"])(
  "the executable serves /docs%s",
  async (path) => {
    const answer = await fetch(`${desk.url}/docs${path}`);
    expect(answer.status).toBe(200);
    if (path.endsWith("html")) expect(await answer.text()).toContain("<h2>Commands</h2>");
  },
);
