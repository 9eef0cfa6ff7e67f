import { createRoute, z } from "@hono/zod-openapi";

import { newPassword } from "../../auth/passwords.ts";
import { openSession } from "../../auth/sessions.ts";
import type { SetupCode } from "../../auth/setup-code.ts";
import { readAccount } from "../../auth/store.ts";
import { addressName, Throttle } from "../../auth/throttle.ts";
import { locales, visibilities } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { Context } from "../context.ts";
import { body, createRouter, json, refusals, type Router, signedIn } from "../routing.ts";
import { answerSignIn, sessionRequest, signInSchema } from "../sessions/answer.ts";
import type { PresenceBoard } from "../users/presence.ts";
import { emailSchema, nameSchema } from "../users/schema.ts";
import { createCompany } from "./create.ts";
import { companySchema, timezoneSchema } from "./schema.ts";
import { changeSettings, readSettings } from "./settings.ts";
import { hasCompany } from "./store.ts";

const setupNeededRoute = createRoute({
  method: "get",
  path: "/setup",
  tags: ["Set-up"],
  summary: "Whether this server waits for its first company",
  security: [],
  responses: { 200: json(z.object({ needed: z.boolean() })) },
});

const setupRoute = createRoute({
  method: "post",
  path: "/setup",
  tags: ["Set-up"],
  summary: "Make the first company and its admin, who is then signed in",
  description: "`code` is what the server wrote to its log and to `setup-code` in its data folder.",
  security: [],
  request: body(
    z.strictObject({
      code: z.string().max(256),
      company: nameSchema,
      name: nameSchema,
      email: emailSchema,
      password: newPassword,
      locale: z.enum(locales).default("pt-BR"),
      timezone: timezoneSchema.default("America/Sao_Paulo"),
    }),
  ),
  responses: {
    201: json(signInSchema),
    ...refusals("invalid_request", "setup_code_invalid", "already_set_up", "rate_limited"),
  },
});

const settingsRoute = createRoute({
  method: "get",
  path: "/settings",
  tags: ["Settings"],
  summary: "The company's settings",
  responses: { 200: json(companySchema), ...refusals("unauthorized") },
});

const changeSettingsRoute = createRoute({
  method: "patch",
  path: "/settings",
  tags: ["Settings"],
  summary: "Change the company's settings (admin)",
  request: body(
    z.strictObject({
      name: nameSchema.optional(),
      locale: z.enum(locales).optional(),
      timezone: timezoneSchema.optional(),
      visibility: z.enum(visibilities).optional(),
      reopen_hours: z.int().min(0).max(8_760).optional(),
      token_hours: z.int().min(1).max(720).optional(),
    }),
  ),
  responses: { 200: json(companySchema), ...refusals("invalid_request", "unauthorized", "forbidden") },
});

export interface CompanyDeps {
  readonly presence: PresenceBoard;
  readonly setupCode: SetupCode;
}

/** `/setup` and `/settings` below `/api/v1`. */
export function companyRoutes(context: Context, { presence, setupCode }: CompanyDeps): Router {
  const throttle = new Throttle(context.clock);
  const router = createRouter();

  router.openapi(setupNeededRoute, async (c) => {
    const exists = await context.sql.read(hasCompany);
    return c.json({ needed: !exists }, 200);
  });

  router.openapi(setupRoute, async (c) => {
    const { code, ...company } = c.req.valid("json");
    const names = [addressName(c.get("ip"))];
    throttle.attempt(names);
    if (await context.sql.read(hasCompany)) throw new Refusal("already_set_up");
    if (!setupCode.matches(code)) throw new Refusal("setup_code_invalid");
    throttle.giveBack(names);
    const { companyId, userId } = await createCompany(context, company, { onlyAsFirst: true });
    setupCode.remove();
    const account = await context.sql.read((tx) => readAccount(tx, companyId, userId));
    if (!account) throw new Error("the new admin is gone");
    const signIn = await openSession(context, account, sessionRequest(c, true));
    return c.json(await answerSignIn(c, { context, presence }, signIn), 201);
  });

  router.openapi(settingsRoute, async (c) => c.json(await readSettings(context, signedIn(c)), 200));

  router.openapi(changeSettingsRoute, async (c) =>
    c.json(await changeSettings(context, signedIn(c), c.req.valid("json")), 200),
  );

  return router;
}
