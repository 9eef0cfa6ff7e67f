import { createRoute, z } from "@hono/zod-openapi";

import type { Caller } from "../../auth/caller.ts";
import type { Queue } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { QueueId } from "../../contract/ids.ts";
import { readSnapshot, snapshotHeaders } from "../../events/snapshot.ts";
import type { Context } from "../context.ts";
import { body, createRouter, json, noContent, refusals, type Router, signedIn } from "../routing.ts";
import { colorSchema, nameSchema, queueIdSchema, userIdSchema } from "../users/schema.ts";
import { createQueue, deleteQueue, updateQueue } from "./change.ts";
import { loadQueues } from "./store.ts";

const tags = ["Queues"];
const params = z.object({ id: queueIdSchema });
const description = z.string().trim().max(500);
const memberIds = z.array(userIdSchema).max(500);

const queueSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    color: z.string(),
    description: z.string(),
    member_ids: z.array(z.string()).readonly(),
  })
  .openapi("Queue");

const listRoute = createRoute({
  method: "get",
  path: "/queues",
  tags,
  summary: "The company's queues, by name",
  responses: { 200: json(z.array(queueSchema)), ...refusals("unauthorized") },
});

const createQueueRoute = createRoute({
  method: "post",
  path: "/queues",
  tags,
  summary: "Make a queue (admin)",
  request: body(
    z.strictObject({
      name: nameSchema,
      color: colorSchema.default("#1f5fa8"),
      description: description.default(""),
      member_ids: memberIds.default([]),
    }),
  ),
  responses: {
    201: json(queueSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "already_exists"),
  },
});

const getRoute = createRoute({
  method: "get",
  path: "/queues/{id}",
  tags,
  summary: "One queue",
  request: { params },
  responses: { 200: json(queueSchema), ...refusals("unauthorized", "not_found") },
});

const updateRoute = createRoute({
  method: "patch",
  path: "/queues/{id}",
  tags,
  summary: "Change a queue or its members (admin)",
  request: {
    params,
    ...body(
      z.strictObject({
        name: nameSchema.optional(),
        color: colorSchema.optional(),
        description: description.optional(),
        member_ids: memberIds.optional(),
      }),
    ),
  },
  responses: {
    200: json(queueSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found", "already_exists"),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/queues/{id}",
  tags,
  summary: "Remove a queue that no conversation stands in (admin)",
  request: { params },
  responses: { 204: noContent, ...refusals("unauthorized", "forbidden", "not_found", "in_use") },
});

/** `/queues` below `/api/v1`. */
export function queueRoutes(context: Context): Router {
  const router = createRouter();
  const queueOf = async ({ companyId }: Caller, id: QueueId): Promise<Queue> => {
    const queue = (await context.sql.read((tx) => loadQueues(tx, companyId, [id]))).get(id);
    if (!queue) throw new Refusal("not_found");
    return queue;
  };

  router.openapi(listRoute, async (c) => {
    const { companyId } = signedIn(c);
    const queues = await readSnapshot(context.sql, companyId, (tx) => loadQueues(tx, companyId));
    return c.json([...queues.data.values()], 200, snapshotHeaders(queues));
  });

  router.openapi(createQueueRoute, async (c) => {
    const caller = signedIn(c);
    const id = await createQueue(context, caller, c.req.valid("json"));
    return c.json(await queueOf(caller, id), 201);
  });

  router.openapi(getRoute, async (c) => c.json(await queueOf(signedIn(c), c.req.valid("param").id), 200));

  router.openapi(updateRoute, async (c) => {
    const caller = signedIn(c);
    const { id } = c.req.valid("param");
    await updateQueue(context, caller, { ...c.req.valid("json"), id });
    return c.json(await queueOf(caller, id), 200);
  });

  router.openapi(deleteRoute, async (c) => {
    await deleteQueue(context, signedIn(c), c.req.valid("param").id);
    return c.body(null, 204);
  });

  return router;
}
