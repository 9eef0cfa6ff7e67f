import { afterAll, beforeAll, expect, test } from "bun:test";

import { z } from "zod";

import type { Customer } from "../../src/demo/graph/customer.ts";
import { Office } from "../state/office.ts";
import { RawClient } from "../support/raw-client.ts";
import { eventually } from "../support/wait.ts";

let office: Office;
let customer: Customer;
let screen: RawClient;

beforeAll(async () => {
  office = await Office.open(1);
  const { phoneNumberId } = await office.addNumber();
  customer = office.graph.customer("+55 11 98765-4321", "Maria", { phoneNumberId });
  const url = `${office.server.url.replace("http", "ws")}/api/v1/conversations/ws`;
  screen = new RawClient(url, { auth: { token: office.people.agent.token } });
  await screen.waitFor("ready");
});
afterAll(async () => {
  await screen[Symbol.asyncDispose]();
  await office[Symbol.asyncDispose]();
});

/** How long a message may take from WhatsApp to the agent's screen, in milliseconds. */
const AT_ONCE = 1_000;

const saying = (content: string) => (frame: { readonly data: Readonly<Record<string, unknown>> }) =>
  frame.data["content"] === content;

test("what a customer writes is on the agent's screen at once, the answer on the customer's phone, and its ticks come back", async () => {
  const wamid = await customer.sendText("Bom dia, tem bolo de cenoura?");
  const received = await screen.waitFor("message_received", saying("Bom dia, tem bolo de cenoura?"), AT_ONCE);
  expect(received.data).toMatchObject({ sender_name: "Maria", direction: "in", external_id: wamid });
  const thread = String(received.data["conversation_id"]);
  const created = await screen.waitFor("conversation_created", ({ data }) => data["id"] === thread);
  expect(created.data).toMatchObject({ number: 1, contact: { phone: "+5511987654321" } });

  const body = { content: "Tem sim, saindo do forno!", reply_to: received.data["id"], client_id: "c1" };
  const sent = await office.ask("agent", `POST /api/v1/conversations/${thread}/messages`, body);
  expect(sent.status).toBe(201);
  const arrived = await customer.waitForMessage();
  expect(arrived.body).toMatchObject({
    text: { body: "Tem sim, saindo do forno!" },
    context: { message_id: wamid },
  });

  const ticks = () =>
    screen
      .of("message_status_updated")
      .filter(({ data }) => data["message_id"] === sent.at("id"))
      .map(({ data }) => data["status"]);
  await eventually("two ticks", () => ticks().includes("delivered"));
  await customer.readAll();
  await eventually("blue ticks", () => ticks().includes("read"));
  expect(ticks()).toEqual(["sent", "delivered", "read"]);
  expect(office.graph.countOf(sent.at("id"))).toBe(1);
});

const withFile = z.object({
  attachments: z.tuple([z.object({ url: z.string(), size: z.number(), mime_type: z.string() })]),
});

test("a customer's file is fetched, shown, and the same bytes for who may see it only", async () => {
  const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x34, 0x0a]);
  await customer.sendDocument({
    bytes,
    mimeType: "application/pdf",
    filename: "pedido.pdf",
    caption: "O pedido",
  });
  await screen.waitFor("message_received", saying("O pedido"), AT_ONCE);
  const shown = await screen.waitFor("message_updated", ({ data }) => withFile.safeParse(data).success);
  const [file] = withFile.parse(shown.data).attachments;
  expect(file).toMatchObject({ size: bytes.length, mime_type: "application/pdf" });
  const headers = { Authorization: `Bearer ${office.people.agent.token}` };
  const fetched = await fetch(office.server.url + file.url, { headers });
  expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(bytes);
  expect((await fetch(office.server.url + file.url)).status).toBe(401);
});

test("what goes wrong on the way is told in the thread, and goes again when an agent says so", async () => {
  const list = await office.ask("agent", "GET /api/v1/conversations");
  const thread = list.at("0.id");
  office.graph.fault({ kind: "error", code: 131026 });
  const path = `POST /api/v1/conversations/${thread}/messages`;
  const sent = await office.ask("agent", path, { content: "Chegou?", force: true });
  const id = sent.at("id");
  const failed = (status: string) => (frame: { readonly data: Readonly<Record<string, unknown>> }) =>
    frame.data["message_id"] === id && frame.data["status"] === status;
  await screen.waitFor("message_status_updated", failed("failed"));
  const told = await screen.waitFor(
    "message_updated",
    ({ data }) => data["id"] === id && data["error"] !== null,
  );
  expect(told.data["error"]).toMatchObject({ code: "131026" });
  expect((await office.ask("agent", `${path}/${id}/retry`)).status).toBe(200);
  await screen.waitFor("message_status_updated", failed("delivered"));
});
