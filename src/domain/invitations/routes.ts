import { createRoute, z } from "@hono/zod-openapi";

import { newPassword } from "../../auth/passwords.ts";
import { requirePermission } from "../../auth/permissions.ts";
import { addressName, Throttle } from "../../auth/throttle.ts";
import { roles } from "../../contract/entities.ts";
import type { InvitationId, QueueId } from "../../contract/ids.ts";
import { toInstant } from "../../lib/clock.ts";
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
import { answerSignIn, sessionRequest, signInSchema } from "../sessions/answer.ts";
import type { PresenceBoard } from "../users/presence.ts";
import { emailSchema, nameSchema, queueIdSchema, userIdSchema } from "../users/schema.ts";
import { acceptLink, readLink } from "./accept.ts";
import { invite, issuePasswordLink, type NewInvitation, revokeInvitation } from "./invite.ts";
import { type InvitationRow, listOpenInvitations } from "./store.ts";

const tags = ["Invitations"];

const invitationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    queue_ids: z.array(z.string()).readonly(),
    created_at: z.string(),
    expires_at: z.string(),
  })
  .openapi("Invitation");

const linkSchema = z.object({ link: z.string(), expires_at: z.string() });
const tokenSchema = z.string().min(1).max(128);

const inviteRoute = createRoute({
  method: "post",
  path: "/invitations",
  tags,
  summary: "Invite somebody by a link that works once, for 72 hours (admin)",
  description: "The link is told this once. A new one for the same address takes the place of the older.",
  request: body(
    z.strictObject({
      name: nameSchema.optional(),
      email: emailSchema,
      role: z.enum(roles).default("agent"),
      queue_ids: z.array(queueIdSchema).max(200).default([]),
    }),
  ),
  responses: {
    201: json(invitationSchema.extend({ link: z.string() })),
    ...refusals("invalid_request", "unauthorized", "forbidden", "already_exists"),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/invitations",
  tags,
  summary: "Invitations that were not accepted yet (admin)",
  responses: { 200: json(z.array(invitationSchema)), ...refusals("unauthorized", "forbidden") },
});

const revokeRoute = createRoute({
  method: "delete",
  path: "/invitations/{id}",
  tags,
  summary: "Make a link unusable (admin)",
  request: {
    params: z.object({
      id: opaqueId<InvitationId>(),
    }),
  },
  responses: { 204: noContent, ...refusals("unauthorized", "forbidden", "not_found") },
});

const passwordLinkRoute = createRoute({
  method: "post",
  path: "/users/{id}/password-link",
  tags: ["Users"],
  summary: "A link by which a user sets a new password; works once, for 72 hours (admin)",
  request: { params: z.object({ id: userIdSchema }) },
  responses: { 201: json(linkSchema), ...refusals("unauthorized", "forbidden", "not_found") },
});

const readLinkRoute = createRoute({
  method: "get",
  path: "/invitations/accept",
  tags,
  summary: "What a link is for",
  security: [],
  request: { query: z.object({ token: tokenSchema }) },
  responses: {
    200: json(
      z.object({
        kind: z.enum(["invitation", "password_reset"]),
        company: z.string(),
        name: z.string(),
        email: z.string(),
      }),
    ),
    ...refusals("invalid_request", "link_invalid", "rate_limited"),
  },
});

const acceptRoute = createRoute({
  method: "post",
  path: "/invitations/accept",
  tags,
  summary: "Use a link up: choose a password and be signed in",
  security: [],
  request: body(z.strictObject({ token: tokenSchema, password: newPassword, name: nameSchema.optional() })),
  responses: {
    201: json(signInSchema),
    ...refusals("invalid_request", "link_invalid", "already_exists", "rate_limited"),
  },
});

export interface InvitationDeps {
  readonly presence: PresenceBoard;
  /** Where people reach this server; the address of the request where it was not told. */
  readonly publicUrl: string | undefined;
}

/** `/invitations` and the password links below `/api/v1`. */
export function invitationRoutes(context: Context, { presence, publicUrl }: InvitationDeps): Router {
  const throttle = new Throttle(context.clock);
  const router = createRouter();
  const linkOf = (c: AppContext, token: string) => `${publicUrl ?? ownAddress(c)}/invite?token=${token}`;
  const judged = async <T>(c: AppContext, look: () => Promise<T>): Promise<T> => {
    const names = [addressName(c.get("ip"))];
    throttle.attempt(names);
    const result = await look();
    throttle.giveBack(names);
    return result;
  };

  router.openapi(inviteRoute, async (c) => {
    const { name, ...input } = c.req.valid("json");
    const invitation = { ...input, name: name ?? nameFrom(input.email) };
    const { id, token, createdAt, expiresAt } = await invite(context, signedIn(c), invitation);
    const times = { created_at: toInstant(createdAt), expires_at: toInstant(expiresAt) };
    return c.json({ id, ...invitation, ...times, link: linkOf(c, token) }, 201);
  });

  router.openapi(listRoute, async (c) => {
    const caller = signedIn(c);
    requirePermission(caller, "manage_users");
    const now = context.clock.now();
    const rows = await context.sql.read((tx) => listOpenInvitations(tx, caller.companyId, now));
    return c.json(rows.map(toInvitation), 200);
  });

  router.openapi(revokeRoute, async (c) => {
    await revokeInvitation(context, signedIn(c), c.req.valid("param").id);
    return c.body(null, 204);
  });

  router.openapi(passwordLinkRoute, async (c) => {
    const link = await issuePasswordLink(context, signedIn(c), c.req.valid("param").id);
    return c.json({ link: linkOf(c, link.token), expires_at: toInstant(link.expiresAt) }, 201);
  });

  router.openapi(readLinkRoute, async (c) =>
    c.json(await judged(c, () => readLink(context, c.req.valid("query").token)), 200),
  );

  router.openapi(acceptRoute, async (c) => {
    const { token, password, name } = c.req.valid("json");
    const signIn = await judged(c, () =>
      acceptLink(context, { token, password, name }, sessionRequest(c, true)),
    );
    return c.json(await answerSignIn(c, { context, presence }, signIn), 201);
  });

  return router;
}

/** Where the request says that this server is, behind whatever ends its encryption. */
function ownAddress(c: AppContext): string {
  return `${c.get("secure") ? "https" : "http"}://${new URL(c.req.url).host}`;
}

/** What stands before the @, until the person says how he is called. */
function nameFrom(email: NewInvitation["email"]): string {
  return (email.split("@")[0] ?? email).slice(0, 100);
}

function toInvitation(row: InvitationRow) {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    // Written by `insertInvitation`.
    queue_ids: JSON.parse(row.queue_ids) as QueueId[],
    created_at: toInstant(row.created_at),
    expires_at: toInstant(row.expires_at),
  };
}
