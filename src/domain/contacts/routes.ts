import { createRoute, z } from "@hono/zod-openapi";

import { snapshotHeaders } from "../../events/snapshot.ts";
import { toInstant } from "../../lib/clock.ts";
import type { Context } from "../context.ts";
import { conversationSchema } from "../conversations/schema.ts";
import { body, createRouter, json, noContent, refusals, type Router, signedIn } from "../routing.ts";
import { createContact, updateContactFields } from "./change.ts";
import { eraseContact } from "./erase.ts";
import { mergeContacts, readMerges } from "./merge-contacts.ts";
import { getContact, listContacts, readTimeline } from "./read.ts";
import {
  contactChangeSchema,
  contactIdSchema,
  contactSchema,
  mergeSchema,
  newContactSchema,
} from "./schema.ts";
import { undoMerge } from "./undo-merge.ts";

const tags = ["Contacts"];
const params = z.object({ id: contactIdSchema });
const seen = refusals("unauthorized", "not_found");
const acted = refusals("invalid_request", "unauthorized", "forbidden", "not_found");

const listRoute = createRoute({
  method: "get",
  path: "/contacts",
  tags,
  summary: "Contacts that the caller may see, newest first",
  description:
    "`search` is the beginning of a word of the name, or part of a number. `X-Next-Cursor` is there when more follow.",
  request: {
    query: z.object({
      search: z.string().max(200).optional(),
      cursor: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
  },
  responses: { 200: json(z.array(contactSchema)), ...refusals("invalid_request", "unauthorized") },
});

const getRoute = createRoute({
  method: "get",
  path: "/contacts/{id}",
  tags,
  summary: "One contact",
  request: { params },
  responses: { 200: json(contactSchema), ...seen },
});

const timelineRoute = createRoute({
  method: "get",
  path: "/contacts/{id}/conversations",
  tags,
  summary: "The contact's conversations over all channels, newest activity first",
  request: { params },
  responses: { 200: json(z.array(conversationSchema)), ...seen },
});

const createContactRoute = createRoute({
  method: "post",
  path: "/contacts",
  tags,
  summary: "Make a contact",
  description:
    "`phone` in any way that people write it; without a country code it is of the company's country.",
  request: body(newContactSchema),
  responses: {
    201: json(contactSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "already_exists"),
  },
});

const updateRoute = createRoute({
  method: "patch",
  path: "/contacts/{id}",
  tags,
  summary: "Change a contact",
  request: { params, ...body(contactChangeSchema) },
  responses: { 200: json(contactSchema), ...acted, ...refusals("already_exists") },
});

const eraseRoute = createRoute({
  method: "delete",
  path: "/contacts/{id}",
  tags,
  summary: "Erase a person with all conversations, for good (admin)",
  request: { params },
  responses: { 204: noContent, ...refusals("unauthorized", "forbidden", "not_found") },
});

const mergeRoute = createRoute({
  method: "post",
  path: "/contacts/{id}/merge",
  tags,
  summary: "Make another contact part of this one (supervisor, admin); undoable for 30 days",
  request: { params, ...body(z.strictObject({ contact_id: contactIdSchema })) },
  responses: { 200: json(z.object({ merge_id: z.string(), contact: contactSchema })), ...acted },
});

const mergesRoute = createRoute({
  method: "get",
  path: "/contacts/{id}/merges",
  tags,
  summary: "Merges into this contact that can be undone",
  request: { params },
  responses: { 200: json(z.array(mergeSchema)), ...seen },
});

const undoRoute = createRoute({
  method: "post",
  path: "/contacts/{id}/merges/{merge_id}/undo",
  tags,
  summary: "Take a merge back (supervisor, admin); answers the contact that is there again",
  request: { params: params.extend({ merge_id: z.string().min(1).max(64) }) },
  responses: { 200: json(contactSchema), ...acted, ...refusals("conflict") },
});

/** `/contacts` below `/api/v1`. */
export function contactRoutes(context: Context): Router {
  const router = createRouter();

  router.openapi(listRoute, async (c) => {
    const { search = null, cursor = null, limit } = c.req.valid("query");
    const page = await listContacts(context, signedIn(c), { search, cursor, limit });
    const { contacts, next } = page.data;
    return c.json([...contacts], 200, {
      ...snapshotHeaders(page),
      ...(next === null ? {} : { "X-Next-Cursor": next }),
    });
  });

  router.openapi(getRoute, async (c) => {
    const contact = await getContact(context, signedIn(c), c.req.valid("param").id);
    return c.json(contact.data, 200, snapshotHeaders(contact));
  });

  router.openapi(timelineRoute, async (c) => {
    const timeline = await readTimeline(context, signedIn(c), c.req.valid("param").id);
    return c.json([...timeline.data], 200, snapshotHeaders(timeline));
  });

  router.openapi(createContactRoute, async (c) =>
    c.json(await createContact(context, signedIn(c), c.req.valid("json")), 201),
  );

  router.openapi(updateRoute, async (c) => {
    const change = { ...c.req.valid("json"), id: c.req.valid("param").id };
    return c.json(await updateContactFields(context, signedIn(c), change), 200);
  });

  router.openapi(eraseRoute, async (c) => {
    await eraseContact(context, signedIn(c), c.req.valid("param").id);
    return c.body(null, 204);
  });

  router.openapi(mergeRoute, async (c) => {
    const { contact_id: otherId } = c.req.valid("json");
    const { id } = c.req.valid("param");
    const { mergeId, contact } = await mergeContacts(context, signedIn(c), { id, otherId });
    return c.json({ merge_id: mergeId, contact }, 200);
  });

  router.openapi(mergesRoute, async (c) => {
    const merges = await readMerges(context, signedIn(c), c.req.valid("param").id);
    return c.json(
      merges.map(({ id, loser_id, name, created_at }) => ({
        id,
        merged_id: loser_id,
        merged_name: name,
        created_at: toInstant(created_at),
      })),
      200,
    );
  });

  router.openapi(undoRoute, async (c) => {
    const { id, merge_id: mergeId } = c.req.valid("param");
    return c.json(await undoMerge(context, signedIn(c), { id, mergeId }), 200);
  });

  return router;
}
