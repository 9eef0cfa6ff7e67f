import { createRoute, z } from "@hono/zod-openapi";

import type { MessageId } from "../../contract/ids.ts";
import { snapshotHeaders } from "../../events/snapshot.ts";
import type { Context } from "../context.ts";
import { conversationIdSchema } from "../conversations/schema.ts";
import { body, createRouter, json, noContent, refusals, type Router, signedIn } from "../routing.ts";
import { deleteMessage } from "./delete.ts";
import { type Bound, listMessages } from "./list.ts";
import { reactToMessage } from "./react.ts";
import { retryMessage } from "./retry.ts";
import { messageIdSchema, messageSchema } from "./schema.ts";
import { sendBody, toSendInput } from "./send-body.ts";
import { sendMessage } from "./send.ts";

const tags = ["Messages"];
const params = z.object({ id: conversationIdSchema });
const messageParams = z.object({ id: conversationIdSchema, mid: messageIdSchema });
const bound = z.string().min(1).max(64).optional();

const listRoute = createRoute({
  method: "get",
  path: "/conversations/{id}/messages",
  tags,
  summary: "A page of the thread, ascending; the newest without bounds",
  description: "`before` and `after` take a message's id or an instant; `offset` counts from the newest.",
  request: {
    params,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      before: bound,
      after: bound,
    }),
  },
  responses: {
    200: json(z.array(messageSchema)),
    ...refusals("invalid_request", "unauthorized", "not_found"),
  },
});

const sendRoute = createRoute({
  method: "post",
  path: "/conversations/{id}/messages",
  tags,
  summary: "Send a message, or leave a private note (`message_type` note)",
  description:
    "The answer's status is `pending`: delivery happens behind it. `client_id` makes it safe to repeat. `metadata` holds what a type needs: `template {name, language, components}`, `interactive`, `location {latitude, longitude, name, address}`, `contacts`. Unknown fields are ignored.",
  request: { params, ...body(sendBody) },
  responses: {
    201: json(messageSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found", "stale_reply", "window_closed"),
  },
});

const retryRoute = createRoute({
  method: "post",
  path: "/conversations/{id}/messages/{mid}/retry",
  tags,
  summary: "Send again what failed, or what is unknown for a minute",
  request: { params: messageParams },
  responses: {
    200: json(messageSchema),
    ...refusals("unauthorized", "forbidden", "not_found", "conflict", "window_closed"),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/conversations/{id}/messages/{mid}",
  tags,
  summary: "Delete a note, or a message that has not left",
  request: { params: messageParams },
  responses: {
    204: noContent,
    ...refusals("unauthorized", "forbidden", "not_found", "conflict", "not_supported"),
  },
});

/** One emoji as a person sees it, or nothing. */
const emoji = z
  .string()
  .max(40)
  .refine((text) => text === "" || /^\p{RGI_Emoji}$/v.test(text), { error: "must be one emoji, or empty" });

const reactRoute = createRoute({
  method: "post",
  path: "/conversations/{id}/messages/{mid}/reactions",
  tags,
  summary: "React with one emoji; an empty one takes the reaction back",
  request: { params: messageParams, ...body(z.strictObject({ emoji })) },
  responses: {
    200: json(messageSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found", "not_supported"),
  },
});

/** `/conversations/{id}/messages` below `/api/v1`. */
export function messageRoutes(context: Context): Router {
  const router = createRouter();

  router.openapi(listRoute, async (c) => {
    const { limit, offset, before, after } = c.req.valid("query");
    const page = await listMessages(context, signedIn(c), {
      conversationId: c.req.valid("param").id,
      limit,
      offset,
      before: boundOf(before),
      after: boundOf(after),
    });
    return c.json([...page.data], 200, snapshotHeaders(page));
  });

  router.openapi(sendRoute, async (c) => {
    const input = { ...toSendInput(c.req.valid("json")), conversationId: c.req.valid("param").id };
    return c.json(await sendMessage(context, signedIn(c), input), 201);
  });

  router.openapi(retryRoute, async (c) => {
    const { id, mid } = c.req.valid("param");
    return c.json(await retryMessage(context, signedIn(c), { conversationId: id, messageId: mid }), 200);
  });

  router.openapi(deleteRoute, async (c) => {
    const { id, mid } = c.req.valid("param");
    await deleteMessage(context, signedIn(c), { conversationId: id, messageId: mid });
    return c.body(null, 204);
  });

  router.openapi(reactRoute, async (c) => {
    const { id, mid } = c.req.valid("param");
    const input = { conversationId: id, messageId: mid, emoji: c.req.valid("json").emoji };
    return c.json(await reactToMessage(context, signedIn(c), input), 200);
  });

  return router;
}

/** An instant where it reads as one, else a message's id. */
function boundOf(text: string | undefined): Bound | null {
  if (text === undefined) return null;
  const instant = z.iso.datetime({ offset: true }).or(z.iso.date()).safeParse(text);
  return instant.success
    ? { kind: "instant", at: Date.parse(text) }
    : { kind: "message", id: text as MessageId };
}
