/** ConectCRM's REST shapes (http.md): the actions of the domain behind the Portuguese names of their front ends. */
import { createRoute, z } from "@hono/zod-openapi";

import type { ConversationStatus } from "../../../contract/entities.ts";
import { conversationStatuses } from "../../../contract/entities.ts";
import type { ConversationId, QueueId, UserId } from "../../../contract/ids.ts";
import type { Context } from "../../../domain/context.ts";
import { assign } from "../../../domain/conversations/assign.ts";
import { getConversation } from "../../../domain/conversations/get.ts";
import { listConversations } from "../../../domain/conversations/list.ts";
import { transfer } from "../../../domain/conversations/transfer.ts";
import { updateConversation } from "../../../domain/conversations/update.ts";
import { listMessages } from "../../../domain/messages/list.ts";
import { sendBody, toSendInput } from "../../../domain/messages/send-body.ts";
import { sendMessage } from "../../../domain/messages/send.ts";
import { body, createRouter, json, refusals, type Router, signedIn } from "../../../domain/routing.ts";
import { opaqueId } from "../../../lib/opaque-id.ts";
import { isForOlder } from "../older.ts";
import { messageSchema, ticketSchema } from "./schema.ts";
import { toTicket, toTicketMessage } from "./wire.ts";
import { ticketStatus } from "./words.ts";

const tags = ["ConectCRM"];

const params = z.object({ id: opaqueId<ConversationId>() });
const one = <Schema extends z.ZodType>(data: Schema) => json(z.object({ success: z.literal(true), data }));

const found = refusals("unauthorized", "not_found");
const acted = refusals("invalid_request", "unauthorized", "forbidden", "not_found", "conversation_open");

const listRoute = createRoute({
  method: "get",
  path: "/api/atendimento/tickets",
  tags,
  summary: "Tickets, newest activity first",
  request: {
    query: z.object({
      status: z.enum(ticketStatus).optional(),
      filaId: opaqueId<QueueId>().optional(),
      atendenteId: opaqueId<UserId>().optional(),
      busca: z.string().max(200).optional(),
    }),
  },
  responses: { 200: one(z.array(ticketSchema)), ...refusals("invalid_request", "unauthorized") },
});

const getTicketRoute = createRoute({
  method: "get",
  path: "/api/atendimento/tickets/{id}",
  tags,
  summary: "One ticket",
  request: { params },
  responses: { 200: one(ticketSchema), ...found },
});

const messagesRoute = createRoute({
  method: "get",
  path: "/api/atendimento/mensagens",
  tags,
  summary: "The newest messages of a ticket, oldest first",
  request: { query: z.object({ ticketId: opaqueId<ConversationId>() }) },
  responses: { 200: one(z.array(messageSchema)), ...found },
});

const sendRoute = createRoute({
  method: "post",
  path: "/api/atendimento/mensagens",
  tags,
  summary: "Answer the customer",
  request: body(
    z.object({
      ticketId: opaqueId<ConversationId>(),
      conteudo: z.string().min(1).max(4096),
      tipo: z.literal("texto").optional(),
    }),
  ),
  responses: { 201: one(messageSchema), ...acted, ...refusals("window_closed") },
});

const assignRoute = createRoute({
  method: "post",
  path: "/api/atendimento/tickets/{id}/atribuir",
  tags,
  summary: "Give a ticket to somebody; null takes it away",
  request: { params, ...body(z.object({ atendenteId: opaqueId<UserId>().nullable() })) },
  responses: { 200: one(ticketSchema), ...acted },
});

const transferRoute = createRoute({
  method: "post",
  path: "/api/atendimento/tickets/{id}/transferir",
  tags,
  summary: "Hand a ticket to a person, a queue, or both",
  request: {
    params,
    ...body(
      z.object({
        atendenteId: opaqueId<UserId>().nullish(),
        filaId: opaqueId<QueueId>().nullish(),
        motivo: z.string().max(1000).nullish(),
      }),
    ),
  },
  responses: { 200: one(ticketSchema), ...acted },
});

const endRoute = createRoute({
  method: "post",
  path: "/api/atendimento/tickets/{id}/encerrar",
  tags,
  summary: "Resolve a ticket",
  request: { params },
  responses: { 200: one(ticketSchema), ...acted },
});

const reopenRoute = createRoute({
  method: "post",
  path: "/api/atendimento/tickets/{id}/reabrir",
  tags,
  summary: "Open a ticket again",
  request: { params },
  responses: { 200: one(ticketSchema), ...acted },
});

/** `/api/atendimento/…`. */
export function atendimentoRoutes(context: Context): Router {
  const router = createRouter();
  ticketRoutes(router, context);
  messageRoutes(router, context);
  return router;
}

function ticketRoutes(router: Router, context: Context): void {
  router.openapi(listRoute, async (c) => {
    const { status, filaId, atendenteId, busca } = c.req.valid("query");
    const filter = {
      ...(status === undefined ? {} : { statuses: conversationStatuses.filter(isCalled(status)) }),
      ...(filaId === undefined ? {} : { queueId: filaId }),
      ...(atendenteId === undefined ? {} : { assigneeId: atendenteId }),
    };
    const page = {
      filter,
      search: busca ?? null,
      order: "newest",
      limit: 100,
      offset: 0,
      cursor: null,
    } as const;
    const { data } = await listConversations(context, signedIn(c), page);
    return c.json({ success: true as const, data: data.conversations.map((one) => toTicket(one)) }, 200);
  });
  router.openapi(getTicketRoute, async (c) => {
    const { data } = await getConversation(context, signedIn(c), c.req.valid("param").id);
    return c.json({ success: true as const, data: toTicket(data) }, 200);
  });
  router.openapi(assignRoute, async (c) => {
    const { atendenteId: assigneeId } = c.req.valid("json");
    const input = { conversationId: c.req.valid("param").id, assigneeId };
    const ticket = toTicket(await assign(context, signedIn(c), input));
    return c.json({ success: true as const, data: ticket }, 200);
  });
  router.openapi(transferRoute, async (c) => {
    const { atendenteId, filaId, motivo } = c.req.valid("json");
    const input = {
      conversationId: c.req.valid("param").id,
      assigneeId: atendenteId ?? undefined,
      queueId: filaId ?? undefined,
      reason: motivo ?? undefined,
    };
    const ticket = toTicket(await transfer(context, signedIn(c), input));
    return c.json({ success: true as const, data: ticket }, 200);
  });
  router.openapi(endRoute, async (c) => {
    const input = { id: c.req.valid("param").id, status: "resolved" } as const;
    const ticket = toTicket(await updateConversation(context, signedIn(c), input));
    return c.json({ success: true as const, data: ticket }, 200);
  });
  router.openapi(reopenRoute, async (c) => {
    const input = { id: c.req.valid("param").id, status: "active" } as const;
    const ticket = toTicket(await updateConversation(context, signedIn(c), input));
    return c.json({ success: true as const, data: ticket }, 200);
  });
}

function messageRoutes(router: Router, context: Context): void {
  router.openapi(messagesRoute, async (c) => {
    const caller = signedIn(c);
    const { ticketId: conversationId } = c.req.valid("query");
    const { data: conversation } = await getConversation(context, caller, conversationId);
    const page = { conversationId, limit: 100, offset: 0, before: null, after: null };
    const { data: messages } = await listMessages(context, caller, page);
    const data = messages.filter(isForOlder).map((message) => toTicketMessage(message, conversation));
    return c.json({ success: true as const, data }, 200);
  });
  router.openapi(sendRoute, async (c) => {
    const caller = signedIn(c);
    const { ticketId: conversationId, conteudo: content } = c.req.valid("json");
    const text = toSendInput(sendBody.parse({ content }));
    const message = await sendMessage(context, caller, { ...text, conversationId });
    const { data: conversation } = await getConversation(context, caller, conversationId);
    return c.json({ success: true as const, data: toTicketMessage(message, conversation) }, 201);
  });
}

const isCalled = (name: string) => (status: ConversationStatus) => ticketStatus[status] === name;
