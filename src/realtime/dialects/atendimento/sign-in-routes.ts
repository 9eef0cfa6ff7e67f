import { createRoute, z } from "@hono/zod-openapi";

import { givenPassword } from "../../../auth/passwords.ts";
import { login } from "../../../auth/sessions.ts";
import type { Context } from "../../../domain/context.ts";
import { body, createRouter, json, refusals, type Router } from "../../../domain/routing.ts";
import { answerSignIn, type SessionDeps, sessionRequest } from "../../../domain/sessions/answer.ts";
import { userSchema } from "../../../domain/users/schema.ts";

const loginRoute = createRoute({
  method: "post",
  path: "/auth/login",
  tags: ["ConectCRM"],
  summary: "Sign in as ConectCRM's front ends do; they keep one token and know no refresh",
  security: [],
  // What these front ends send beside it is ignored.
  request: body(z.object({ email: z.string().min(1).max(254), senha: givenPassword })),
  responses: {
    200: json(
      z.object({
        success: z.literal(true),
        data: z.object({ access_token: z.string(), user: userSchema }),
      }),
    ),
    ...refusals("invalid_request", "invalid_credentials", "rate_limited"),
  },
});

/** `POST /auth/login` at the root (http.md, "ConectCRM shapes"): the same sign-in behind another shape. */
export function atendimentoSignInRoutes(context: Context, { presence, throttle }: SessionDeps): Router {
  const router = createRouter();
  router.openapi(loginRoute, async (c) => {
    const { email, senha: password } = c.req.valid("json");
    const signIn = await login(context, throttle, { ...sessionRequest(c, false), email, password });
    const { access_token, user } = await answerSignIn(c, { context, presence }, signIn);
    return c.json({ success: true as const, data: { access_token, user } }, 200);
  });
  return router;
}
