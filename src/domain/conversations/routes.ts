import { createRoute, z } from "@hono/zod-openapi";

import { conversationStatuses, priorities } from "../../contract/entities.ts";
import { snapshotHeaders } from "../../events/snapshot.ts";
import { contactIdSchema } from "../contacts/schema.ts";
import type { Context } from "../context.ts";
import { body, createRouter, json, noContent, refusals, type Router, signedIn } from "../routing.ts";
import { queueIdSchema, userIdSchema } from "../users/schema.ts";
import { assign } from "./assign.ts";
import { createConversation } from "./create.ts";
import { getConversation } from "./get.ts";
import { encodeCursor, listQuery, toListInput } from "./list-query.ts";
import { countConversations, listConversations } from "./list.ts";
import { markRead } from "./read.ts";
import {
  channelIdSchema,
  conversationIdSchema,
  conversationSchema,
  descriptionSchema,
  labelsSchema,
  subjectSchema,
} from "./schema.ts";
import { transfer } from "./transfer.ts";
import { showTyping, type TypingSignals } from "./typing.ts";
import { updateConversation } from "./update.ts";

const tags = ["Conversations"];
const params = z.object({ id: conversationIdSchema });
const seen = refusals("unauthorized", "not_found");
const acted = refusals("invalid_request", "unauthorized", "forbidden", "not_found");
const opened = refusals("invalid_request", "unauthorized", "forbidden", "not_found", "conversation_open");
const counts = z.object(
  Object.fromEntries(
    [...conversationStatuses, "mine", "unassigned", "unread", "my_unread"].map((name) => [name, z.number()]),
  ),
);

const listRoute = createRoute({
  method: "get",
  path: "/conversations",
  tags,
  summary: "Conversations that the caller may see, by last activity",
  description:
    "`X-Next-Cursor` is there when more follow. `X-Event-Seq` and `X-Event-Epoch` say where in the event log this page was true.",
  request: { query: listQuery },
  responses: { 200: json(z.array(conversationSchema)), ...refusals("invalid_request", "unauthorized") },
});

const countsRoute = createRoute({
  method: "get",
  path: "/conversations/counts",
  tags,
  summary: "How many there are by status; mine, unassigned and unread count open ones",
  responses: { 200: json(counts), ...refusals("unauthorized") },
});

const getRoute = createRoute({
  method: "get",
  path: "/conversations/{id}",
  tags,
  summary: "One conversation",
  request: { params },
  responses: { 200: json(conversationSchema), ...seen },
});

const createConversationRoute = createRoute({
  method: "post",
  path: "/conversations",
  tags,
  summary: "Open a conversation with a contact, or with a phone number",
  description: "409 `conversation_open` names the open one that there is already.",
  request: body(
    z.strictObject({
      contact_id: contactIdSchema.optional(),
      phone: z.string().min(3).max(40).optional().openapi({ description: "In any usual way of writing" }),
      channel_id: channelIdSchema,
      queue_id: queueIdSchema.nullish(),
      assignee_id: userIdSchema.nullish(),
      priority: z.enum(priorities).optional(),
      subject: subjectSchema.optional(),
      description: descriptionSchema.optional(),
      labels: labelsSchema.optional(),
    }),
  ),
  responses: { 201: json(conversationSchema), ...opened },
});

const updateRoute = createRoute({
  method: "patch",
  path: "/conversations/{id}",
  tags,
  summary: "Resolve, close, reopen, label, snooze…",
  description:
    "`active` and `assigned` both open a conversation: it is `assigned` where somebody has it, else `active`.",
  request: {
    params,
    ...body(
      z.strictObject({
        status: z.enum(conversationStatuses).optional(),
        priority: z.enum(priorities).optional(),
        subject: subjectSchema.optional(),
        description: descriptionSchema.optional(),
        labels: labelsSchema.optional(),
        snoozed_until: z.iso.datetime({ offset: true }).nullable().optional(),
      }),
    ),
  },
  responses: { 200: json(conversationSchema), ...opened },
});

const assignRoute = createRoute({
  method: "post",
  path: "/conversations/{id}/assign",
  tags,
  summary: "Give it to somebody, or (null) to nobody",
  request: { params, ...body(z.strictObject({ assignee_id: userIdSchema.nullable() })) },
  responses: { 200: json(conversationSchema), ...opened },
});

const transferRoute = createRoute({
  method: "post",
  path: "/conversations/{id}/transfer",
  tags,
  summary: "Hand it to a person or a queue, with a reason",
  request: {
    params,
    ...body(
      z.strictObject({
        assignee_id: userIdSchema.optional(),
        queue_id: queueIdSchema.optional(),
        reason: z.string().trim().max(1000).optional(),
      }),
    ),
  },
  responses: { 200: json(conversationSchema), ...opened },
});

const readRoute = createRoute({
  method: "post",
  path: "/conversations/{id}/read",
  tags,
  summary: "Say that the caller has read it",
  description: "Counts when the assignee reads, or anyone who attends if there is none.",
  request: { params },
  responses: { 200: json(conversationSchema), ...seen },
});

const typingRoute = createRoute({
  method: "post",
  path: "/conversations/{id}/typing",
  tags,
  summary: "Say that the caller types, or has stopped",
  request: { params, ...body(z.strictObject({ typing: z.boolean() })) },
  responses: { 204: noContent, ...acted },
});

/** `/conversations` below `/api/v1`, without their messages. */
export function conversationRoutes(context: Context, signals: TypingSignals): Router {
  const router = createRouter();

  router.openapi(listRoute, async (c) => {
    const caller = signedIn(c);
    const input = toListInput(c.req.valid("query"), caller.userId);
    const page = await listConversations(context, caller, input);
    const { conversations, next } = page.data;
    const headers = { ...snapshotHeaders(page), ...(next && { "X-Next-Cursor": encodeCursor(next) }) };
    return c.json([...conversations], 200, headers);
  });

  router.openapi(countsRoute, async (c) =>
    c.json({ ...(await countConversations(context, signedIn(c))) }, 200),
  );

  router.openapi(getRoute, async (c) => {
    const conversation = await getConversation(context, signedIn(c), c.req.valid("param").id);
    return c.json(conversation.data, 200, snapshotHeaders(conversation));
  });

  router.openapi(createConversationRoute, async (c) => {
    const input = c.req.valid("json");
    const conversation = await createConversation(context, signedIn(c), {
      contactId: input.contact_id,
      phone: input.phone,
      channelId: input.channel_id,
      queueId: input.queue_id ?? null,
      assigneeId: input.assignee_id ?? null,
      priority: input.priority ?? "normal",
      subject: input.subject ?? "",
      description: input.description ?? "",
      labels: input.labels ?? [],
    });
    return c.json(conversation, 201);
  });

  router.openapi(updateRoute, async (c) => {
    const { snoozed_until, ...fields } = c.req.valid("json");
    const snoozedUntil = typeof snoozed_until === "string" ? Date.parse(snoozed_until) : snoozed_until;
    const input = { ...fields, snoozedUntil, id: c.req.valid("param").id };
    return c.json(await updateConversation(context, signedIn(c), input), 200);
  });

  router.openapi(assignRoute, async (c) => {
    const conversationId = c.req.valid("param").id;
    const assigneeId = c.req.valid("json").assignee_id;
    return c.json(await assign(context, signedIn(c), { conversationId, assigneeId }), 200);
  });

  router.openapi(transferRoute, async (c) => {
    const { assignee_id, queue_id, reason } = c.req.valid("json");
    const to = { assigneeId: assignee_id, queueId: queue_id, reason: reason || undefined };
    const conversationId = c.req.valid("param").id;
    return c.json(await transfer(context, signedIn(c), { ...to, conversationId }), 200);
  });

  router.openapi(readRoute, async (c) =>
    c.json(await markRead(context, signedIn(c), c.req.valid("param").id), 200),
  );

  router.openapi(typingRoute, async (c) => {
    const { typing } = c.req.valid("json");
    await showTyping(context, signedIn(c), { conversationId: c.req.valid("param").id, typing, signals });
    return c.body(null, 204);
  });

  return router;
}
