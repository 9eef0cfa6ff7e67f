import { createRoute, z } from "@hono/zod-openapi";

import { requirePermission } from "../auth/permissions.ts";
import { Refusal } from "../contract/errors.ts";
import type { InboundId } from "../contract/ids.ts";
import { createRouter, json, refusals, type Router, signedIn } from "../domain/routing.ts";
import { toInstant, toInstantOrNull } from "../lib/clock.ts";
import type { InboundRetry, LetterId } from "./inbound-retry.ts";
import { type LetterRow, listLetters, readLog } from "./inbound-store.ts";
import type { Inbound } from "./inbound.ts";

const tags = ["Inbound"];
/** A webhook's id, and the item's place where only one item of it failed. */
const letterId = z
  .string()
  .regex(/^[\w-]{1,64}(?::\d{1,6})?$/)
  .transform((text): LetterId => {
    const [inboundId = "", place] = text.split(":");
    return { inboundId: inboundId as InboundId, place: place === undefined ? null : Number(place) };
  });
const params = z.object({ id: letterId });
const letterSchema = z
  .object({
    id: z.string(),
    channel_id: z.string(),
    state: z.enum(["retrying", "dead", "unrouted"]),
    error: z.string().nullable(),
    attempts: z.number().int(),
    next_attempt_at: z.string().nullable(),
    received_at: z.string(),
  })
  .openapi("DeadLetter");
const retriedSchema = z
  .object({ state: z.enum(["done", "retrying", "dead", "unrouted"]), error: z.string().nullable() })
  .openapi("Replayed");

const listRoute = createRoute({
  method: "get",
  path: "/inbound/dead-letters",
  tags,
  summary: "Webhooks, or parts of them, that could not be processed (admin)",
  description:
    "Newest first: what is being tried again, what waits for a person, and what names a number that no channel has. `X-Next-Cursor` names the next page.",
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: letterId.optional(),
    }),
  },
  responses: {
    200: json(z.array(letterSchema)),
    ...refusals("invalid_request", "unauthorized", "forbidden"),
  },
});

const replayRoute = createRoute({
  method: "post",
  path: "/inbound/dead-letters/{id}/replay",
  tags,
  summary: "Process it again now (admin)",
  request: { params },
  responses: {
    200: json(retriedSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found"),
  },
});

const rawRoute = createRoute({
  method: "get",
  path: "/inbound/dead-letters/{id}/raw",
  tags,
  summary: "The webhook as the provider sent it (admin)",
  request: { params },
  responses: {
    200: {
      description: "Its bytes",
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found"),
  },
});

/** `/inbound/dead-letters` below `/api/v1`. */
export function deadLetterRoutes({ deps: { context } }: Pick<Inbound, "deps">, retry: InboundRetry): Router {
  const router = createRouter();

  router.openapi(listRoute, async (c) => {
    const caller = signedIn(c);
    requirePermission(caller, "manage_channels");
    const { limit, cursor } = c.req.valid("query");
    const before = cursor ? ([cursor.inboundId, cursor.place ?? -1] as const) : null;
    const rows = await context.sql.read((tx) => listLetters(tx, caller.companyId, { before, limit }));
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return c.json(rows.map(toLetter), 200, last ? { "X-Next-Cursor": nameOf(last) } : {});
  });

  router.openapi(replayRoute, async (c) => {
    const caller = signedIn(c);
    requirePermission(caller, "manage_channels");
    const retried = await retry.replay(caller.companyId, c.req.valid("param").id);
    if (!retried) throw new Refusal("not_found");
    return c.json({ ...retried, state: shownState(retried.state) }, 200);
  });

  router.openapi(rawRoute, async (c) => {
    const caller = signedIn(c);
    requirePermission(caller, "manage_channels");
    const { inboundId } = c.req.valid("param").id;
    const log = await context.sql.read((tx) => readLog(tx, caller.companyId, inboundId));
    if (!log) throw new Refusal("not_found");
    return c.body(Uint8Array.from(log.raw), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename="${inboundId}.json"`,
      "X-Content-Type-Options": "nosniff",
    });
  });

  return router;
}

function toLetter(row: LetterRow): z.infer<typeof letterSchema> {
  return {
    id: nameOf(row),
    channel_id: row.channel_id,
    state: shownState(row.state),
    error: row.error,
    attempts: row.attempts,
    next_attempt_at: toInstantOrNull(row.due_at),
    received_at: toInstant(row.received_at),
  };
}

function nameOf({ inbound_id, item }: LetterRow): string {
  return item === -1 ? inbound_id : `${inbound_id}:${item}`;
}

/** `pending` is our word for what is tried again by itself. */
function shownState<State extends string>(state: State): Exclude<State, "pending"> | "retrying";
function shownState(state: string): string {
  return state === "pending" ? "retrying" : state;
}
