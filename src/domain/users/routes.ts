import { createRoute, z } from "@hono/zod-openapi";

import type { Caller } from "../../auth/caller.ts";
import { newPassword } from "../../auth/passwords.ts";
import { roles, type User } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { UserId } from "../../contract/ids.ts";
import { readSnapshot, snapshotHeaders } from "../../events/snapshot.ts";
import type { Context } from "../context.ts";
import { body, createRouter, json, refusals, type Router, signedIn } from "../routing.ts";
import { createUser } from "./create.ts";
import type { PresenceBoard } from "./presence.ts";
import { emailSchema, nameSchema, queueIdSchema, userIdSchema, userSchema } from "./schema.ts";
import { loadUsers } from "./store.ts";
import { renameSelf, updateUser } from "./update.ts";

const tags = ["Users"];
const params = z.object({ id: userIdSchema });
const queueIds = z.array(queueIdSchema).max(200);

const listRoute = createRoute({
  method: "get",
  path: "/users",
  tags,
  summary: "Everybody of the company, inactive ones too",
  responses: { 200: json(z.array(userSchema)), ...refusals("unauthorized") },
});

const createUserRoute = createRoute({
  method: "post",
  path: "/users",
  tags,
  summary: "Make a user with a password of the admin's choice (admin); see also invitations",
  request: body(
    z.strictObject({
      name: nameSchema,
      email: emailSchema,
      password: newPassword,
      role: z.enum(roles).default("agent"),
      queue_ids: queueIds.default([]),
    }),
  ),
  responses: {
    201: json(userSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "already_exists"),
  },
});

const renameRoute = createRoute({
  method: "patch",
  path: "/users/me",
  tags,
  summary: "Change one's own profile",
  request: body(z.strictObject({ name: nameSchema })),
  responses: { 200: json(userSchema), ...refusals("invalid_request", "unauthorized") },
});

const getRoute = createRoute({
  method: "get",
  path: "/users/{id}",
  tags,
  summary: "One user",
  request: { params },
  responses: { 200: json(userSchema), ...refusals("unauthorized", "not_found") },
});

const updateRoute = createRoute({
  method: "patch",
  path: "/users/{id}",
  tags,
  summary: "Change a user's name, role, queues or activity (admin)",
  description: "`active: false` signs the user out everywhere. The last active admin stays one.",
  request: {
    params,
    ...body(
      z.strictObject({
        name: nameSchema.optional(),
        role: z.enum(roles).optional(),
        queue_ids: queueIds.optional(),
        active: z.boolean().optional(),
      }),
    ),
  },
  responses: {
    200: json(userSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "not_found", "conflict"),
  },
});

export interface UserDeps {
  readonly presence: PresenceBoard;
}

/** `/users` below `/api/v1`. Users are never deleted, since what they wrote keeps naming them; they are deactivated. */
export function userRoutes(context: Context, { presence }: UserDeps): Router {
  const router = createRouter();
  const userOf = async ({ companyId }: Caller, id: UserId): Promise<User> => {
    const users = await context.sql.read((tx) => loadUsers(tx, companyId, { presence, ids: [id] }));
    const user = users.get(id);
    if (!user) throw new Refusal("not_found");
    return user;
  };

  router.openapi(listRoute, async (c) => {
    const { companyId } = signedIn(c);
    const users = await readSnapshot(context.sql, companyId, (tx) => loadUsers(tx, companyId, { presence }));
    return c.json([...users.data.values()], 200, snapshotHeaders(users));
  });

  router.openapi(createUserRoute, async (c) => {
    const caller = signedIn(c);
    const id = await createUser(context, caller, c.req.valid("json"));
    return c.json(await userOf(caller, id), 201);
  });

  router.openapi(renameRoute, async (c) => {
    const caller = signedIn(c);
    await renameSelf(context, caller, c.req.valid("json").name);
    return c.json(await userOf(caller, caller.userId), 200);
  });

  router.openapi(getRoute, async (c) => c.json(await userOf(signedIn(c), c.req.valid("param").id), 200));

  router.openapi(updateRoute, async (c) => {
    const caller = signedIn(c);
    const { id } = c.req.valid("param");
    await updateUser(context, caller, { ...c.req.valid("json"), id });
    return c.json(await userOf(caller, id), 200);
  });

  return router;
}
