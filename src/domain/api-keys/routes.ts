import { createRoute, z } from "@hono/zod-openapi";

import { scopes } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { ApiKeyId } from "../../contract/ids.ts";
import { toInstant, toInstantOrNull } from "../../lib/clock.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import type { Context } from "../context.ts";
import { body, createRouter, json, noContent, refusals, type Router, signedIn } from "../routing.ts";
import { nameSchema } from "../users/schema.ts";
import { createApiKey, revokeApiKey } from "./change.ts";
import { type ApiKeyRow, listApiKeys } from "./store.ts";

const tags = ["API keys"];

const keySchema = z
  .object({
    id: z.string(),
    user_id: z.string().openapi({ description: "Requests with the key act as this user." }),
    name: z.string(),
    hint: z.string().openapi({ description: "The first characters, to tell keys apart." }),
    scopes: z.array(z.enum(scopes)).readonly(),
    created_at: z.string(),
    last_used_at: z.string().nullable(),
  })
  .openapi("ApiKey");

const createKeyRoute = createRoute({
  method: "post",
  path: "/api-keys",
  tags,
  summary: "Make a key that acts as you (admin); it is told this once",
  request: body(
    z.strictObject({
      name: nameSchema,
      scopes: z.array(z.enum(scopes)).min(1).max(scopes.length).default(["api"]),
    }),
  ),
  responses: {
    201: json(keySchema.extend({ key: z.string() })),
    ...refusals("invalid_request", "unauthorized", "forbidden"),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/api-keys",
  tags,
  summary: "The company's keys (admin)",
  responses: { 200: json(z.array(keySchema)), ...refusals("unauthorized", "forbidden") },
});

const revokeRoute = createRoute({
  method: "delete",
  path: "/api-keys/{id}",
  tags,
  summary: "Revoke a key (admin)",
  request: {
    params: z.object({
      id: opaqueId<ApiKeyId>(),
    }),
  },
  responses: { 204: noContent, ...refusals("unauthorized", "forbidden", "not_found") },
});

/** `/api-keys` below `/api/v1`. */
export function apiKeyRoutes(context: Context): Router {
  const router = createRouter();

  router.openapi(createKeyRoute, async (c) => {
    const caller = signedIn(c);
    const input = c.req.valid("json");
    const { id, key, hint, createdAt } = await createApiKey(context, caller, input);
    const shown = { id, user_id: caller.userId, ...input, hint, last_used_at: null };
    return c.json({ ...shown, created_at: toInstant(createdAt), key }, 201);
  });

  router.openapi(listRoute, async (c) => {
    const caller = signedIn(c);
    requirePermission(caller, "manage_api_keys");
    const rows = await context.sql.read((tx) => listApiKeys(tx, caller.companyId));
    return c.json(rows.map(toKey), 200);
  });

  router.openapi(revokeRoute, async (c) => {
    await revokeApiKey(context, signedIn(c), c.req.valid("param").id);
    return c.body(null, 204);
  });

  return router;
}

function toKey(row: ApiKeyRow) {
  const named: unknown = JSON.parse(row.scopes);
  return {
    id: row.id,
    user_id: row.user_id,
    name: row.name,
    hint: row.hint,
    scopes: Array.isArray(named) ? scopes.filter((scope) => named.includes(scope)) : [],
    created_at: toInstant(row.created_at),
    last_used_at: toInstantOrNull(row.last_used_at),
  };
}
