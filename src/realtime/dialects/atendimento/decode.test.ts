import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../../tests/support/company.ts";
import { type DialectClient, dialectClient } from "../../../../tests/support/dialect-client.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../../tests/support/realtime.ts";
import type { ConversationId } from "../../../contract/ids.ts";

let server: RealtimeServer;
let company: SeededCompany;
let ticketId: ConversationId;
let ana: DialectClient;
let bia: DialectClient;

beforeEach(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context);
  ticketId = await openConversation(server, company);
  await server.bus.settled();
  const colleague = await seedUser(server.context, company.id, { role: "agent", name: "Bia" });
  ana = await dialectClient(server, "atendimento", company.agent);
  bia = await dialectClient(server, "atendimento", colleague);
});
afterEach(async () => {
  await Promise.all([ana, bia].map((one) => one[Symbol.asyncDispose]()));
  await server[Symbol.asyncDispose]();
});

const names = (client: DialectClient) => client.heard().map(({ name }) => name);
const success = { success: true, ticketId: "" };

async function commit(content: string): Promise<void> {
  await addMessage(server, company, { conversationId: ticketId, content });
  await server.bus.settled();
  await Promise.all([ana, bia].map((one) => one.upToDate()));
}

test("who enters a ticket gets its messages, until he leaves it", async () => {
  expect(await ana.say("ticket:entrar", { ticketId })).toEqual({ ...success, ticketId });
  await commit("um");
  expect(names(ana)).toContain("mensagem:nova");
  expect(names(bia)).not.toContain("mensagem:nova");
  expect(await ana.say("ticket:sair", { ticketId })).toEqual({ ...success, ticketId });
  await commit("dois");
  expect(names(ana).filter((name) => name === "mensagem:nova")).toHaveLength(1);
  expect(names(ana).filter((name) => name === "nova_mensagem")).toHaveLength(2);
});

test("who enters with `since` gets what the ticket's room missed, and nothing that came otherwise again", async () => {
  const since = server.bus.head(company.id);
  await commit("um");
  await commit("dois");
  const before = names(ana).length;
  expect(await ana.say("ticket:entrar", { ticketId, since })).toMatchObject({ resumed: true });
  const replayed = ana.heard().slice(before);
  expect(replayed.map(({ name, data }) => [name, data["conteudo"]])).toEqual([
    ["mensagem:nova", "um"],
    ["mensagem:nova", "dois"],
  ]);
});

test("typing is told to the ticket's room and to those who attend, never back", async () => {
  await bia.say("ticket:entrar", { ticketId });
  await ana.say("ticket:entrar", { ticketId });
  expect(await ana.say("mensagem:digitando", { ticketId })).toEqual({ success: true });
  await bia.upToDate();
  expect(bia.heard().slice(-2)).toMatchObject([
    {
      name: "mensagem:digitando",
      data: { ticketId, usuarioId: company.agent.userId, usuarioNome: "agent" },
    },
    { name: "user_typing", data: { ticketId, userName: "agent" } },
  ]);
  expect(names(ana)).not.toContain("user_typing");
});

test("ten typings a minute are relayed, for each user and ticket", async () => {
  for (let count = 0; count < 10; count += 1) {
    expect(await ana.say("mensagem:digitando", { ticketId })).toEqual({ success: true });
  }
  expect(await ana.say("mensagem:digitando", { ticketId })).toEqual({
    success: false,
    error: "rate_limited",
  });
  const another = await openConversation(server, company);
  expect(await ana.say("mensagem:digitando", { ticketId: another })).toEqual({ success: true });
  expect(await bia.say("mensagem:digitando", { ticketId })).toEqual({ success: true });
  await bia.upToDate();
  expect(names(bia).filter((name) => name === "user_typing")).toHaveLength(11);
});

test("a status that somebody chooses is told to those who attend", async () => {
  expect(await ana.say("atendente:status", { status: "ocupado" })).toMatchObject({ success: true });
  await bia.upToDate();
  const person = { atendenteId: company.agent.userId, atendenteNome: "agent", status: "ocupado" };
  expect(bia.heard().at(-1)).toMatchObject({ name: "atendente:status", data: person });
});

describe("a command that can't be obeyed is refused in its ack", () => {
  test.each([
    ["ticket:entrar", { ticketId: "nobody's" }, "not_found"],
    ["ticket:entrar", {}, "invalid_request"],
    ["ticket:entrar", { ticketId: 5 }, "invalid_request"],
    ["ticket:sair", { ticketId: null }, "invalid_request"],
    ["mensagem:digitando", { ticketId: "nobody's" }, "not_found"],
    ["atendente:status", { status: "busy" }, "invalid_request"],
  ])("%s %j: %s", async (name, data, error) => {
    expect(await ana.say(name, data)).toEqual({ success: false, error });
    expect(ana.ended()).toBeUndefined();
  });

  test("an event that the contract does not know", async () => {
    expect(await ana.say("ticket:apagar", { ticketId })).toMatchObject({ success: false });
  });

  test("typing of who does not attend", async () => {
    await using viewer = await dialectClient(server, "atendimento", company.viewer);
    expect(await viewer.say("mensagem:digitando", { ticketId })).toEqual({
      success: false,
      error: "forbidden",
    });
  });
});
