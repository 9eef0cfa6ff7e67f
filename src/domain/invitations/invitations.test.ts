import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { randomToken } from "../../lib/ids.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;
let admin: string;

beforeEach(async () => {
  context = await testContext();
  company = await seedCompany(context);
  api = startApi(context);
  admin = await api.tokenOf(company.admin);
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

const hour = 60 * 60 * 1000;
const email = "bia@example.com";
const password = "a good password";

function invite(body: object = {}) {
  return api.call("POST /api/v1/invitations", { token: admin, body: { email, name: "Bia", ...body } });
}
function tokenIn(link: string): string {
  return new URL(link).searchParams.get("token") ?? "";
}
const look = (token: string) => api.call(`GET /api/v1/invitations/accept?token=${token}`);
const accept = (token: string, body: object = {}) =>
  api.call("POST /api/v1/invitations/accept", { body: { token, password, ...body } });
const login = (secret: string) => api.call("POST /api/v1/auth/login", { body: { email, password: secret } });
const codeOf = async (answer: Promise<Awaited<ReturnType<typeof accept>>>) => (await answer).at("error.code");

describe("an invitation", () => {
  test("is a link by which somebody chooses a password and is signed in, with the role and queues meant for him", async () => {
    const invitation = await invite({ role: "supervisor", queue_ids: [company.queueId] });
    expect(invitation.status).toBe(201);
    const link = invitation.at("link");
    expect(link).toStartWith("https://desk.example/invite?token=");
    const token = tokenIn(link);
    expect(Buffer.from(token, "base64url").length * 8).toBeGreaterThanOrEqual(128);

    expect((await look(token)).body).toEqual({
      kind: "invitation",
      company: "Loja Azul",
      name: "Bia",
      email,
    });
    const accepted = await accept(token, { name: "Beatriz" });
    expect(accepted.status).toBe(201);
    expect(accepted.body).toMatchObject({
      expires_in: 900,
      user: { name: "Beatriz", email, role: "supervisor", queue_ids: [company.queueId], active: true },
    });
    expect(accepted.cookies.map((cookie) => cookie.split("=")[0])).toEqual([
      "balcao_session",
      "balcao_refresh",
    ]);
    expect((await api.call("GET /api/v1/auth/me", { token: accepted.at("access_token") })).status).toBe(200);
    expect((await login(password)).status).toBe(200);
  });

  test("works once, even when it is used ten times at once", async () => {
    const token = tokenIn((await invite()).at("link"));
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(token)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await codeOf(accept(token))).toMatch(/link_invalid|rate_limited/);
  });

  test("is over after 72 hours", async () => {
    const token = tokenIn((await invite()).at("link"));
    context.clock.advance(72 * hour - 1);
    expect((await look(token)).status).toBe(200);
    context.clock.advance(1);
    expect(await codeOf(look(token))).toBe("link_invalid");
    expect(await codeOf(accept(token))).toBe("link_invalid");
  });

  test("can be taken back, and is replaced by a newer one for the same person", async () => {
    const first = await invite();
    const second = await invite();
    expect(await codeOf(accept(tokenIn(first.at("link"))))).toBe("link_invalid");
    const path = `DELETE /api/v1/invitations/${second.at("id")}`;
    expect((await api.call(path, { token: admin })).status).toBe(204);
    expect(await codeOf(accept(tokenIn(second.at("link"))))).toBe("link_invalid");
    expect(await codeOf(api.call(path, { token: admin }))).toBe("not_found");
  });

  test("is listed until it is used, without its secret", async () => {
    const invitation = await invite();
    const token = tokenIn(invitation.at("link"));
    const list = () => api.call("GET /api/v1/invitations", { token: admin });
    expect((await list()).body).toMatchObject([{ email, name: "Bia", role: "agent" }]);
    expect((await list()).text).not.toContain(token);
    await accept(token);
    expect((await list()).body).toEqual([]);
  });

  test("of a token that nobody issued tells nothing and stops guessing after ten a minute", async () => {
    const codes: string[] = [];
    for (let n = 0; n < 12; n += 1) codes.push(await codeOf(look(randomToken(32))));
    expect(codes).toEqual([...Array<string>(10).fill("link_invalid"), "rate_limited", "rate_limited"]);
  });

  test("stays good when the password was too short", async () => {
    const token = tokenIn((await invite()).at("link"));
    expect(await codeOf(accept(token, { password: "short" }))).toBe("invalid_request");
    expect((await accept(token)).status).toBe(201);
  });

  test("is not for whoever has an account, nor into a queue of another company", async () => {
    await accept(tokenIn((await invite()).at("link")));
    expect(await codeOf(invite({ email: "BIA@example.com" }))).toBe("already_exists");
    const other = await seedCompany(context, { phoneNumberId: "2" });
    const foreign = invite({ email: "c@example.com", queue_ids: [other.queueId] });
    expect(await codeOf(foreign)).toBe("invalid_request");
  });

  test("is the admin's to give", async () => {
    for (const caller of [company.supervisor, company.agent, company.viewer]) {
      const token = await api.tokenOf(caller);
      for (const request of ["POST /api/v1/invitations", "GET /api/v1/invitations"]) {
        const body = request.startsWith("POST") ? { body: { email } } : {};
        expect((await api.call(request, { token, ...body })).status).toBe(403);
      }
    }
  });
});

describe("a password link", () => {
  const issue = (id: string, token = admin) => api.call(`POST /api/v1/users/${id}/password-link`, { token });

  test("sets a new password once, and ends the sessions that were open", async () => {
    const before = await accept(tokenIn((await invite()).at("link")));
    const link = tokenIn((await issue(before.at("user.id"))).at("link"));
    expect((await look(link)).body).toMatchObject({ kind: "password_reset", name: "Bia" });
    expect((await api.call("GET /api/v1/users", { token: before.at("access_token") })).status).toBe(200);

    const after = await accept(link, { password: "another good one" });
    expect(after.at("user.id")).toBe(before.at("user.id"));
    expect((await api.call("GET /api/v1/users", { token: before.at("access_token") })).status).toBe(401);
    expect((await api.call("GET /api/v1/users", { token: after.at("access_token") })).status).toBe(200);
    expect((await login(password)).status).toBe(401);
    expect((await login("another good one")).status).toBe(200);
    expect(await codeOf(accept(link, { password: "a third one" }))).toBe("link_invalid");
  });

  test("is worth nothing once the user is deactivated", async () => {
    const link = tokenIn((await issue(company.agent.userId)).at("link"));
    const path = `PATCH /api/v1/users/${company.agent.userId}`;
    await api.call(path, { token: admin, body: { active: false } });
    expect(await codeOf(accept(link))).toBe("link_invalid");
    expect((await issue(company.agent.userId)).status).toBe(404);
  });

  test("is the admin's to give, and not for people of another company", async () => {
    const other = await seedCompany(context, { phoneNumberId: "2" });
    expect((await issue(other.agent.userId)).status).toBe(404);
    expect((await issue(company.admin.userId, await api.tokenOf(company.supervisor))).status).toBe(403);
  });
});
