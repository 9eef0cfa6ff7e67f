import { describe, expect, test } from "bun:test";

import { type EventType, eventTypes } from "../../../contract/events.ts";
import { deliveriesOf, happeningDeliveries } from "../../deliveries.ts";
import { happenings } from "../testing/happenings.ts";
import * as sample from "../testing/samples.ts";
import { atendimento } from "./dialect.ts";

const { dialect } = atendimento;
const { samples, agentId, at, contact, conversation, message, reply, queueId } = sample;
const ticketId = conversation.id;

const ticket = {
  id: ticketId,
  numero: "42",
  empresaId: sample.companyId,
  clienteId: contact.id,
  canalId: sample.channel.id,
  filaId: queueId,
  status: "aberto",
  prioridade: "normal",
  assunto: "Bolo de cenoura",
  criadoEm: "2026-03-02T14:07:31.000Z",
};
const mine = { ticketId, ...ticket, atendenteId: agentId, status: "em_atendimento" };
const ended = { ...mine, status: "resolvido" };
const mensagem = {
  id: message.id,
  ticketId,
  ticketNumero: "42",
  remetenteId: contact.id,
  tipo: "texto",
  conteudo: "Ainda tem bolo de cenoura?",
  criadoEm: at,
};
const novaMensagem = {
  id: message.id,
  ticketId,
  remetente: {
    id: contact.id,
    nome: "Camila Rocha",
    foto: "/files/avatars/camila.webp",
    tipo: "cliente",
  },
  conteudo: "Ainda tem bolo de cenoura?",
  timestamp: at,
  status: "lido",
  anexos: [],
};
const atendentes = "audience-attending";

/** Room, name and payload of all that each sample event says. */
const told: Record<EventType, readonly (readonly [string, string, unknown])[]> = {
  "message.created": [
    ["conversation", "mensagem:nova", mensagem],
    [atendentes, "mensagem:nao-atribuida", { mensagem, ticket }],
    [atendentes, "nova_mensagem", novaMensagem],
  ],
  "message.status": [[atendentes, "message_delivered", { messageId: reply.id, ticketId }]],
  "message.updated": [],
  "message.deleted": [],
  "conversation.created": [
    [atendentes, "ticket:novo", ticket],
    [atendentes, "novo_ticket", ticket],
  ],
  "conversation.updated": [
    [atendentes, "ticket:atualizado", mine],
    [atendentes, "ticket_atualizado", mine],
  ],
  "conversation.assigned": [["user", "ticket:atribuido", mine]],
  "conversation.transferred": [
    [
      atendentes,
      "ticket_transferido",
      {
        ...mine,
        deAtendenteId: null,
        paraAtendenteId: agentId,
        deFilaId: queueId,
        paraFilaId: queueId,
        motivo: "Quer falar com a Ana",
      },
    ],
  ],
  "conversation.status": [
    ["conversation", "ticket:status", ended],
    [atendentes, "ticket_encerrado", ended],
  ],
  "conversation.read": [],
  "conversation.deleted": [],
  "contact.created": [],
  "contact.updated": [],
  "contact.merged": [],
  "contact.deleted": [],
  "channel.created": [],
  "channel.updated": [],
  "channel.deleted": [],
  "channel.status": [],
  "channel.qr": [],
  "user.updated": [],
  "queue.updated": [],
  "label.updated": [],
  notification: [
    [
      "user",
      "notificacao",
      { tipo: "assigned", mensagem: "Camila Rocha", dados: { conversation_id: ticketId }, timestamp: at },
    ],
  ],
  "bulk.changed": [],
};

describe.each(eventTypes.map((type) => [type] as const))("%s", (type) => {
  const deliveries = deliveriesOf(dialect, samples[type]);

  test("says this, with the keys of the reference", () => {
    expect(deliveries.map(({ room, name, payload }) => [room.kind, name, payload])).toEqual(
      told[type].map((one) => [...one]),
    );
  });

  test("brings nobody one name twice", () => {
    const names = deliveries.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});

test.each(["note", "reaction", "system"] as const)("a %s is not for this dialect", (message_type) => {
  const hidden = { ...reply, message_type };
  expect(dialect.events["message.created"]({ ...samples["message.created"], message: hidden })).toEqual([]);
  expect(dialect.events["message.status"]({ ...samples["message.status"], message: hidden })).toEqual([]);
});

test.each([
  ["scheduled", "enviando"],
  ["pending", "enviando"],
  ["unknown", "enviando"],
  ["sent", "enviado"],
  ["delivered", "entregue"],
  ["read", "lido"],
  ["played", "lido"],
  ["failed", "falhou"],
] as const)("our own message that is %s is %s", (status, word) => {
  const event = { ...samples["message.created"], message: { ...reply, status } };
  const [, second] = dialect.events["message.created"](event);
  expect(second?.payload).toMatchObject({ status: word, remetente: { tipo: "atendente", foto: null } });
});

test.each([
  ["scheduled", undefined],
  ["pending", undefined],
  ["unknown", undefined],
  ["sent", undefined],
  ["failed", undefined],
  ["delivered", "message_delivered"],
  ["read", "message_read"],
  ["played", "message_read"],
] as const)("the news that a message is %s is told as %s", (status, name) => {
  const event = samples["message.status"];
  const [delivery] = dialect.events["message.status"]({ ...event, data: { ...event.data, status } });
  expect(delivery?.name).toBe(name);
});

test("a message of a ticket that is somebody's is not unassigned, nor is our own", () => {
  const event = samples["message.created"];
  const assigned = { ...event, conversation: samples["conversation.updated"].conversation };
  for (const one of [assigned, { ...event, message: reply }]) {
    const names = dialect.events["message.created"](one).map(({ name }) => name);
    expect(names).toEqual(["mensagem:nova", "nova_mensagem"]);
  }
});

test.each([
  ["image", "imagem"],
  ["sticker", "imagem"],
  ["audio", "audio"],
  ["video", "video"],
  ["document", "arquivo"],
  ["location", "texto"],
  ["contacts", "texto"],
  ["interactive", "texto"],
  ["template", "texto"],
] as const)("a message of type %s is %s", (message_type, tipo) => {
  const event = { ...samples["message.created"], message: { ...message, message_type } };
  expect(dialect.events["message.created"](event)[0]?.payload).toMatchObject({ tipo });
});

test("a change that no ticket shows is no news; taking a ticket away tells nobody of an assignment", () => {
  const updated = samples["conversation.updated"];
  const read = { ...updated, data: { ...updated.data, fields: ["unread_count", "last_message"] as const } };
  expect(dialect.events["conversation.updated"](read)).toEqual([]);
  const assigned = samples["conversation.assigned"];
  const taken = { ...assigned, data: { ...assigned.data, assignee_id: null } };
  expect(dialect.events["conversation.assigned"](taken)).toEqual([]);
});

test("a status that ends nothing is told to the room only", () => {
  const event = samples["conversation.status"];
  const waiting = { ...event, data: { ...event.data, status: "waiting" as const } };
  expect(dialect.events["conversation.status"](waiting).map(({ name, payload }) => [name, payload])).toEqual([
    ["ticket:status", { ...ended, status: "aguardando_cliente" }],
  ]);
});

test("what is for all goes to the company", () => {
  const event = samples.notification;
  const all = { ...event, notification: { ...event.notification, user_id: null } };
  expect(dialect.events.notification(all)[0]?.room).toEqual({ kind: "company" });
});

test("typing has a name for each generation, and no end", () => {
  const deliveries = happeningDeliveries(dialect, happenings.typing);
  expect(deliveries.map(({ room, name, payload }) => [room.kind, name, payload])).toEqual([
    ["conversation", "mensagem:digitando", { ticketId, usuarioId: agentId, usuarioNome: "Ana" }],
    [atendentes, "user_typing", { ticketId, userName: "Ana" }],
  ]);
  expect(happeningDeliveries(dialect, { ...happenings.typing, typing: false })).toEqual([]);
});

test("coming, going and choosing a status are told to all who attend", () => {
  const person = { atendenteId: agentId, atendenteNome: "Ana", timestamp: at };
  const say = (change: Partial<typeof happenings.presence>) =>
    happeningDeliveries(dialect, { ...happenings.presence, ...change }).map(({ room, name, payload }) => {
      expect(room).toEqual({ kind: "attending" });
      return [name, payload];
    });
  const online = [
    ["atendente:online", person],
    ["agent_online", { agentId }],
  ];
  expect(say({})).toEqual(online);
  expect(say({ presence: "busy" })).toEqual([
    ...online,
    ["atendente:status", { ...person, status: "ocupado" }],
  ]);
  expect(say({ presence: "offline", was: "online" })).toEqual([["atendente:offline", person]]);
  expect(say({ presence: "away", cause: "choice" })).toEqual([
    ["atendente:status", { ...person, status: "ausente" }],
  ]);
});
