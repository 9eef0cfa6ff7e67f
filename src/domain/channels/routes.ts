import { createRoute, z } from "@hono/zod-openapi";

import type { Caller } from "../../auth/caller.ts";
import { type Channel, channelKinds, channelStatuses } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { ChannelId } from "../../contract/ids.ts";
import { readSnapshot, snapshotHeaders } from "../../events/snapshot.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import type { Context } from "../context.ts";
import {
  type AppContext,
  body,
  createRouter,
  json,
  noContent,
  refusals,
  type Router,
  signedIn,
} from "../routing.ts";
import { createChannel, updateChannel } from "./change.ts";
import { connectChannel, disconnectChannel } from "./connect.ts";
import { readHealth } from "./health.ts";
import type { ChannelKinds, ChannelPort } from "./ports.ts";
import { deleteChannel } from "./remove.ts";
import { loadChannels } from "./store.ts";
import { listTemplates, syncTemplates } from "./templates.ts";

const tags = ["Channels"];
const params = z.object({
  id: opaqueId<ChannelId>(),
});
const nameSchema = z.string().trim().min(1).max(100);
const settingsSchema = z.record(z.string(), z.unknown()).openapi({
  description: "What the kind of channel needs, secrets too; they are never shown again.",
  example: { phone_number_id: "106540352242922", access_token: "…", app_secret: "…", verify_token: "…" },
});

const channelSchema = z
  .object({
    id: z.string(),
    kind: z.enum(channelKinds),
    name: z.string(),
    status: z.enum(channelStatuses),
    status_detail: z.string().nullable(),
    phone: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("Channel");
const createdSchema = channelSchema.extend({ webhook_url: z.string().nullable() });
const healthSchema = z
  .object({
    channel: channelSchema,
    settings: z.record(z.string(), z.unknown()),
    webhook_url: z.string().nullable(),
    verified_at: z.string().nullable(),
    last_inbound_at: z.string().nullable(),
    paused_reason: z.string().nullable(),
    outbox: z.object({
      waiting: z.number().int(),
      oldest_at: z.string().nullable(),
      last_error: z.string().nullable(),
    }),
    dead_letters: z.number().int(),
  })
  .openapi("ChannelHealth");
const templateSchema = z
  .object({
    name: z.string(),
    language: z.string(),
    category: z.string(),
    status: z.string(),
    components: z.array(z.unknown()).readonly(),
  })
  .openapi("Template");

const listRoute = createRoute({
  method: "get",
  path: "/channels",
  tags,
  summary: "The company's channels",
  responses: { 200: json(z.array(channelSchema)), ...refusals("unauthorized") },
});

const getChannelRoute = createRoute({
  method: "get",
  path: "/channels/{id}",
  tags,
  summary: "One channel",
  request: { params },
  responses: { 200: json(channelSchema), ...refusals("unauthorized", "not_found") },
});

const createChannelRoute = createRoute({
  method: "post",
  path: "/channels",
  tags,
  summary: "Connect a number or account (admin)",
  request: body(z.strictObject({ kind: z.enum(channelKinds), name: nameSchema, settings: settingsSchema })),
  responses: {
    201: json(createdSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "already_exists"),
  },
});

const updateRoute = createRoute({
  method: "patch",
  path: "/channels/{id}",
  tags,
  summary: "Change name or settings; what is left out stays (admin)",
  request: {
    params,
    ...body(z.strictObject({ name: nameSchema.optional(), settings: settingsSchema.optional() })),
  },
  responses: {
    200: json(channelSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found", "already_exists"),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/channels/{id}",
  tags,
  summary: "Take a channel away; its conversations stay (admin)",
  request: { params },
  responses: { 204: noContent, ...refusals("unauthorized", "forbidden", "not_found") },
});

const connectRoute = createRoute({
  method: "post",
  path: "/channels/{id}/connect",
  tags,
  summary: "Let a paused or disconnected channel go on, and check it (admin)",
  request: { params },
  responses: { 200: json(channelSchema), ...refusals("unauthorized", "forbidden", "not_found") },
});

const disconnectRoute = createRoute({
  method: "post",
  path: "/channels/{id}/disconnect",
  tags,
  summary: "Stop sending; what waits is kept (admin)",
  request: { params },
  responses: { 200: json(channelSchema), ...refusals("unauthorized", "forbidden", "not_found") },
});

const healthRoute = createRoute({
  method: "get",
  path: "/channels/{id}/health",
  tags,
  summary: "How the connection does (admin)",
  request: { params },
  responses: { 200: json(healthSchema), ...refusals("unauthorized", "forbidden", "not_found") },
});

const templatesRoute = createRoute({
  method: "get",
  path: "/channels/{id}/templates",
  tags,
  summary: "The templates that may be sent",
  request: { params },
  responses: { 200: json(z.array(templateSchema)), ...refusals("unauthorized", "forbidden", "not_found") },
});

const syncRoute = createRoute({
  method: "post",
  path: "/channels/{id}/templates/sync",
  tags,
  summary: "Fetch the templates from the provider (admin)",
  request: { params },
  responses: {
    200: json(z.array(templateSchema)),
    ...refusals("unauthorized", "forbidden", "not_found", "not_supported", "provider_error"),
  },
});

export interface ChannelDeps {
  readonly kinds: ChannelKinds;
  readonly port: ChannelPort;
  /** Where providers reach us, without a slash at the end; else the address of the request is shown. */
  readonly publicUrl: string | undefined;
}

/** `/channels` below `/api/v1`. */
export function channelRoutes(context: Context, { kinds, port, publicUrl }: ChannelDeps): Router {
  const router = createRouter();
  const channelOf = async ({ companyId }: Caller, id: ChannelId): Promise<Channel> => {
    const channel = (await context.sql.read((tx) => loadChannels(tx, companyId, [id]))).get(id);
    if (!channel) throw new Refusal("not_found");
    return channel;
  };
  const urlOf = (c: AppContext, path: string | null): string | null =>
    path === null ? null : (publicUrl ?? originOf(c)) + path;

  router.openapi(listRoute, async (c) => {
    const { companyId } = signedIn(c);
    const channels = await readSnapshot(context.sql, companyId, (tx) => loadChannels(tx, companyId));
    return c.json([...channels.data.values()], 200, snapshotHeaders(channels));
  });
  router.openapi(getChannelRoute, async (c) =>
    c.json(await channelOf(signedIn(c), c.req.valid("param").id), 200),
  );
  router.openapi(createChannelRoute, async (c) => {
    const caller = signedIn(c);
    const input = c.req.valid("json");
    const id = await createChannel(context, caller, { input, kinds });
    const webhook_url = urlOf(c, kinds[input.kind].webhookPath(id));
    return c.json({ ...(await channelOf(caller, id)), webhook_url }, 201);
  });
  router.openapi(updateRoute, async (c) => {
    const caller = signedIn(c);
    const { id } = c.req.valid("param");
    await updateChannel(context, caller, { input: { ...c.req.valid("json"), id }, kinds });
    return c.json(await channelOf(caller, id), 200);
  });
  router.openapi(deleteRoute, async (c) => {
    await deleteChannel(context, signedIn(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
  router.openapi(connectRoute, async (c) => {
    const caller = signedIn(c);
    const { id } = c.req.valid("param");
    await connectChannel(context, caller, { id, port });
    return c.json(await channelOf(caller, id), 200);
  });
  router.openapi(disconnectRoute, async (c) => {
    const caller = signedIn(c);
    const { id } = c.req.valid("param");
    await disconnectChannel(context, caller, id);
    return c.json(await channelOf(caller, id), 200);
  });
  router.openapi(healthRoute, async (c) => {
    const { webhook_path, ...health } = await readHealth(context, signedIn(c), {
      ...c.req.valid("param"),
      kinds,
    });
    return c.json({ ...health, webhook_url: urlOf(c, webhook_path) }, 200);
  });
  router.openapi(templatesRoute, async (c) =>
    c.json([...(await listTemplates(context, signedIn(c), c.req.valid("param").id))], 200),
  );
  router.openapi(syncRoute, async (c) => {
    const caller = signedIn(c);
    const { id } = c.req.valid("param");
    await syncTemplates(context, caller, { id, port });
    return c.json([...(await listTemplates(context, caller, id))], 200);
  });
  return router;
}

/** As the browser sees us: the scheme through trusted proxies, the host as it was asked for. */
function originOf(c: AppContext): string {
  const { host } = new URL(c.req.url);
  return `${c.get("secure") ? "https" : "http"}://${host}`;
}
