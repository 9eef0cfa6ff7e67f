/** The two front ends of the ConectCRM documents, as plain scripts with the real library, against the built executable. */
import { afterAll, beforeAll, expect, test } from "bun:test";

import { io, type Socket } from "socket.io-client";

import { eventually } from "../support/wait.ts";
import { ClientDesk } from "./desk.ts";

let desk: ClientDesk;
beforeAll(async () => {
  desk = await ClientDesk.open();
}, 60_000);
afterAll(() => desk[Symbol.asyncDispose]());

interface Mensagem {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumero: string;
  readonly conteudo: string;
}

/** The component of the gateway's document without its screen: what it would show stands in its fields. */
class ChatComponent implements Disposable {
  readonly mensagens: Mensagem[] = [];
  readonly status: string[] = [];
  digitando: string | undefined;
  entered: unknown;
  readonly socket: Socket;

  constructor(
    url: string,
    private readonly props: { readonly ticketId: string; readonly jwtToken: string },
  ) {
    const { ticketId, jwtToken } = props;
    this.socket = io(`${url}/atendimento`, {
      auth: { token: jwtToken },
      transports: ["websocket", "polling"],
      forceNew: true,
    });
    this.socket.on("connect", () => {
      this.socket.emit("ticket:entrar", { ticketId }, (ack: unknown) => {
        this.entered = ack;
      });
    });
    this.socket.on("mensagem:nova", (data: Mensagem) => {
      if (data.ticketId === ticketId) this.mensagens.push(data);
    });
    this.socket.on("mensagem:digitando", (data: { ticketId: string; usuarioNome?: string }) => {
      if (data.ticketId === ticketId) this.digitando = data.usuarioNome;
    });
    this.socket.on("ticket:status", (data: { status: string }) => this.status.push(data.status));
  }

  handleDigitando(): void {
    if (this.socket.connected) this.socket.emit("mensagem:digitando", { ticketId: this.props.ticketId });
  }

  [Symbol.dispose](): void {
    this.socket.emit("ticket:sair", { ticketId: this.props.ticketId });
    this.socket.disconnect();
  }
}

test("the chat of the gateway's document shows messages, typing and the state of its ticket", async () => {
  const props = { ticketId: desk.conversationId };
  using chat = new ChatComponent(desk.url, { ...props, jwtToken: desk.agent.token });
  using colleague = new ChatComponent(desk.url, { ...props, jwtToken: desk.product.desk.token });
  await eventually("both to be in", () => chat.entered !== undefined && colleague.entered !== undefined);
  expect(chat.entered).toEqual({ success: true, ticketId: desk.conversationId });

  await desk.customer.sendText("Tem pão de queijo?");
  const mensagem = await eventually("the message", () => chat.mensagens[0]);
  expect(mensagem).toMatchObject({ conteudo: "Tem pão de queijo?", tipo: "texto", ticketNumero: "1" });

  colleague.handleDigitando();
  expect(await eventually("the typing", () => chat.digitando)).toBe("Dona");
  expect(colleague.digitando).toBeUndefined();

  await desk.change("PATCH /", { status: "resolved" });
  await eventually("the end of the ticket", () => chat.status.includes("resolvido"));
});

/** The other gateway events that the document lists, and those of the newer front end's hook. */
const listened = [
  "mensagem:nao-atribuida",
  "ticket:novo",
  "ticket:atualizado",
  "ticket:atribuido",
  "atendente:online",
  "atendente:status",
  "notificacao",
  "novo_ticket",
  "nova_mensagem",
  "ticket_atualizado",
  "ticket_transferido",
  "ticket_encerrado",
  "message_delivered",
  "message_read",
  "user_typing",
  "agent_online",
] as const;

test("every event that the two documents listen for arrives, with what they read of it", async () => {
  const heard = new Map<string, Readonly<Record<string, unknown>>>();
  const socket = io(`${desk.url}/atendimento`, {
    extraHeaders: { authorization: `Bearer ${desk.agent.token}` },
    forceNew: true,
  });
  for (const name of listened) {
    socket.on(name, (data: Readonly<Record<string, unknown>>) => void heard.set(name, data));
  }
  await eventually("the connection", () => socket.connected);
  const { token } = await desk.hire("Bia");
  const bia = io(`${desk.url}/atendimento`, { auth: { token }, forceNew: true });
  await eventually("her connection", () => bia.connected);

  await desk.graph.customer("+5511912345678", "João").sendText("Olá");
  bia.emit("mensagem:digitando", { ticketId: desk.conversationId });
  bia.emit("atendente:status", { status: "ocupado" });
  await desk.change("PATCH /", { status: "active" });
  await desk.change("POST /transfer", { assignee_id: desk.agent.userId, reason: "É com a Ana" });
  const sent = await desk.answer("Temos, sim");
  await eventually("its delivery", () => heard.has("message_delivered"));
  await desk.graph.status(sent, "read");
  await desk.change("PATCH /", { status: "resolved" });
  await eventually("all of them", () => listened.every((name) => heard.has(name))).catch(() => undefined);
  socket.disconnect();
  bia.disconnect();

  expect(listened.filter((name) => !heard.has(name))).toEqual([]);
  const text = expect.any(String) as string;
  const ticketId = desk.conversationId;
  expect(Object.fromEntries(heard)).toMatchObject({
    "mensagem:nao-atribuida": { mensagem: { conteudo: "Olá" }, ticket: { numero: "2" } },
    "ticket:novo": { numero: "2", prioridade: "normal", status: "aberto" },
    novo_ticket: { id: text },
    "ticket:atualizado": { ticketId },
    ticket_atualizado: { ticketId, id: ticketId },
    "ticket:atribuido": { ticketId, atendenteId: desk.agent.userId },
    ticket_transferido: { ticketId, paraAtendenteId: desk.agent.userId, motivo: "É com a Ana" },
    ticket_encerrado: { ticketId, status: "resolvido" },
    nova_mensagem: { remetente: { tipo: "atendente", nome: "Dona" }, conteudo: "Temos, sim" },
    message_delivered: { messageId: text, ticketId },
    message_read: { messageId: text, ticketId },
    user_typing: { ticketId, userName: "Bia" },
    "atendente:online": { atendenteId: text, atendenteNome: "Bia", timestamp: text },
    "atendente:status": { atendenteNome: "Bia", status: "ocupado" },
    agent_online: { agentId: text },
    notificacao: { tipo: text, mensagem: text, timestamp: text },
  });
}, 30_000);

test("a wrong token is told in the words that the document looks for", async () => {
  const refusal = (auth: object) =>
    new Promise<string>((resolve) => {
      const socket = io(`${desk.url}/atendimento`, { auth, forceNew: true, reconnection: false });
      socket.on("connect_error", ({ message }) => {
        socket.disconnect();
        resolve(message);
      });
    });
  expect(await refusal({})).toContain("Unauthorized");
  expect(await refusal({ token: "forged" })).toContain("Token inválido");
});
