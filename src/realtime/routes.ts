import { createRoute, z } from "@hono/zod-openapi";

import { requirePermission } from "../auth/permissions.ts";
import { createRouter, json, refusals, type Router, signedIn } from "../domain/routing.ts";
import { toInstant } from "../lib/clock.ts";
import { dialectNames } from "./dialect.ts";
import { poll, type PollDeps } from "./dialects/conversations/poll.ts";
import type { Meter } from "./meter.ts";
import type { Registry } from "./registry.ts";

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const eventsRoute = createRoute({
  method: "get",
  path: "/events",
  tags: ["Realtime"],
  summary: "Events since a point, by long polling",
  description:
    "The frames of the `conversations` dialect for clients that can't keep a WebSocket. Go on from the answer's `seq`; `resumed: false` means: load everything anew.",
  request: {
    query: z.object({
      since: wholeNumber.optional(),
      epoch: z.string().max(128).optional(),
      limit: wholeNumber.pipe(z.number().min(1).max(500)).default(500),
      wait: wholeNumber.pipe(z.number().max(25)).default(0).describe("Seconds to wait for a first event."),
    }),
  },
  responses: {
    200: json(
      z.object({
        epoch: z.string(),
        seq: z.number(),
        resumed: z.boolean().nullable(),
        more: z.boolean(),
        events: z.array(z.object({ type: z.string(), seq: z.number(), data: z.unknown() })),
      }),
      "What happened since",
    ),
    ...refusals("unauthorized", "invalid_request"),
  },
});

const statsRoute = createRoute({
  method: "get",
  path: "/realtime/stats",
  tags: ["Realtime"],
  summary: "Live connections of the company, and how the server's realtime part does",
  description:
    "Counts are since the start of the server; latency is from a message's arrival to the sockets.",
  responses: {
    200: json(
      z.object({
        totalConnections: z.number(),
        by_dialect: z.record(z.enum(dialectNames), z.number()),
        messages_per_minute: z.number(),
        resumes: z.number(),
        resyncs: z.number(),
        drops: z.number(),
        auth_failures: z.number(),
        latency_ms: z.object({ p50: z.number(), p99: z.number() }).nullable(),
        connections: z.array(
          z.object({
            id: z.string(),
            companyId: z.string(),
            userId: z.string(),
            dialect: z.string(),
            connected: z.literal(true),
            connected_at: z.string(),
            room_count: z.number(),
          }),
        ),
      }),
      "Connections, of every dialect",
    ),
    ...refusals("unauthorized", "forbidden"),
  },
});

export interface RealtimeRouteDeps extends PollDeps {
  readonly registry: Registry;
  readonly meter: Meter;
}

/** `GET /api/v1/events` and, for admins, `GET /api/v1/realtime/stats` (http.md, "Operations"). */
export function realtimeRoutes(deps: RealtimeRouteDeps): Router {
  const router = createRouter();
  router.openapi(eventsRoute, async (c) => {
    const { since, epoch, limit, wait } = c.req.valid("query");
    const query = { since, epoch, limit, waitMs: wait * 1000, signal: c.req.raw.signal };
    const answer = await poll(deps, signedIn(c), query);
    return c.json({ ...answer, events: [...answer.events] }, 200);
  });
  router.openapi(statsRoute, (c) => {
    const caller = signedIn(c);
    requirePermission(caller, "view_connections");
    const connections = [...deps.registry.ofCompany(caller.companyId)].map((connection) => ({
      id: connection.id,
      companyId: connection.caller.companyId,
      userId: connection.caller.userId,
      dialect: connection.dialect.name,
      connected: true as const,
      connected_at: toInstant(connection.connectedAt),
      room_count: connection.rooms.size,
    }));
    const by_dialect = { conversations: 0, atendimento: 0, pytake: 0, syszap: 0 };
    for (const { dialect } of connections) by_dialect[dialect] += 1;
    const readings = deps.meter.read(caller.companyId);
    return c.json({ totalConnections: connections.length, connections, by_dialect, ...readings }, 200);
  });
  return router;
}
