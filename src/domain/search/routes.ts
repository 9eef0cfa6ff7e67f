import { createRoute, z } from "@hono/zod-openapi";

import { contactSchema } from "../contacts/schema.ts";
import type { Context } from "../context.ts";
import { conversationSchema } from "../conversations/schema.ts";
import { messageSchema } from "../messages/schema.ts";
import { createRouter, json, refusals, type Router, signedIn } from "../routing.ts";
import { search, searchKinds } from "./search.ts";

const excerpt = z
  .object({
    text: z.string(),
    ranges: z.array(z.tuple([z.number(), z.number()]).readonly()).readonly(),
  })
  .openapi("Excerpt", { description: "`ranges` are [start, end) in UTF-16 units of `text`" });
const highlights = z.object({ name: excerpt, phone: excerpt.nullable(), email: excerpt.nullable() });

const searchRoute = createRoute({
  method: "get",
  path: "/search",
  tags: ["Search"],
  summary: "Conversations, contacts and messages by name, phone, e-mail and content",
  description:
    "Words are found by their beginnings, without case and accents; phones in any format; newest first.",
  request: {
    query: z.object({
      q: z.string().max(500),
      kind: z.enum(searchKinds).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
  },
  responses: {
    200: json(
      z.object({
        conversations: z.array(z.object({ conversation: conversationSchema, highlights })).readonly(),
        contacts: z.array(z.object({ contact: contactSchema, highlights })).readonly(),
        messages: z
          .array(z.object({ message: messageSchema, conversation: conversationSchema, highlight: excerpt }))
          .readonly(),
      }),
    ),
    ...refusals("invalid_request", "unauthorized"),
  },
});

/** `/search` below `/api/v1`. */
export function searchRoutes(context: Context): Router {
  const router = createRouter();

  router.openapi(searchRoute, async (c) => {
    const { q, kind, limit } = c.req.valid("query");
    return c.json(await search(context, signedIn(c), { text: q, kind: kind ?? null, limit }), 200);
  });

  return router;
}
