import { createRoute, z } from "@hono/zod-openapi";

import type { Caller } from "../../auth/caller.ts";
import type { Label } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { LabelId } from "../../contract/ids.ts";
import { readSnapshot, snapshotHeaders } from "../../events/snapshot.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import type { Context } from "../context.ts";
import { body, createRouter, json, noContent, refusals, type Router, signedIn } from "../routing.ts";
import { colorSchema, nameSchema } from "../users/schema.ts";
import { createLabel, deleteLabel, updateLabel } from "./change.ts";
import { loadLabels } from "./store.ts";

const tags = ["Labels"];
const params = z.object({
  id: opaqueId<LabelId>(),
});
const labelSchema = z.object({ id: z.string(), name: z.string(), color: z.string() }).openapi("Label");

const listRoute = createRoute({
  method: "get",
  path: "/labels",
  tags,
  summary: "The company's labels, by name",
  responses: { 200: json(z.array(labelSchema)), ...refusals("unauthorized") },
});

const createLabelRoute = createRoute({
  method: "post",
  path: "/labels",
  tags,
  summary: "Make a label (supervisor, admin)",
  request: body(z.strictObject({ name: nameSchema, color: colorSchema.default("#1f5fa8") })),
  responses: {
    201: json(labelSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "already_exists"),
  },
});

const updateRoute = createRoute({
  method: "patch",
  path: "/labels/{id}",
  tags,
  summary: "Change a label (supervisor, admin)",
  request: {
    params,
    ...body(z.strictObject({ name: nameSchema.optional(), color: colorSchema.optional() })),
  },
  responses: {
    200: json(labelSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found", "already_exists"),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/labels/{id}",
  tags,
  summary: "Remove a label from everything that carries it (supervisor, admin)",
  request: { params },
  responses: { 204: noContent, ...refusals("unauthorized", "forbidden", "not_found") },
});

/** `/labels` below `/api/v1`. */
export function labelRoutes(context: Context): Router {
  const router = createRouter();
  const labelOf = async ({ companyId }: Caller, id: LabelId): Promise<Label> => {
    const label = (await context.sql.read((tx) => loadLabels(tx, companyId, [id]))).get(id);
    if (!label) throw new Refusal("not_found");
    return label;
  };

  router.openapi(listRoute, async (c) => {
    const { companyId } = signedIn(c);
    const labels = await readSnapshot(context.sql, companyId, (tx) => loadLabels(tx, companyId));
    return c.json([...labels.data.values()], 200, snapshotHeaders(labels));
  });

  router.openapi(createLabelRoute, async (c) => {
    const caller = signedIn(c);
    const id = await createLabel(context, caller, c.req.valid("json"));
    return c.json(await labelOf(caller, id), 201);
  });

  router.openapi(updateRoute, async (c) => {
    const caller = signedIn(c);
    const { id } = c.req.valid("param");
    await updateLabel(context, caller, { ...c.req.valid("json"), id });
    return c.json(await labelOf(caller, id), 200);
  });

  router.openapi(deleteRoute, async (c) => {
    await deleteLabel(context, signedIn(c), c.req.valid("param").id);
    return c.body(null, 204);
  });

  return router;
}
