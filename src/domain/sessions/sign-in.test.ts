import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { type Answer, startApi, type TestApi } from "../../../tests/support/api.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { removeOldSessions } from "../../auth/sessions.ts";
import { createCompany } from "../companies/create.ts";

const email = "ana@example.com";
const password = "correct horse";

let context: TestContext;
let api: TestApi;

beforeEach(async () => {
  context = await testContext();
  const person = { name: "Ana", email, password };
  const company = { company: "Loja Azul", locale: "pt-BR", timezone: "America/Sao_Paulo" } as const;
  await createCompany(context, { ...person, ...company }, { onlyAsFirst: true });
  api = startApi(context, { config: { trustedProxies: ["10.0.0.1"] } });
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

const login = (body: object, headers: Record<string, string> = {}) =>
  api.call("POST /api/v1/auth/login", { body: { email, password, ...body }, headers });
const me = (token: string) => api.call("GET /api/v1/auth/me", { token });
const cookieNamed = (answer: Answer, name: string) =>
  answer.cookies.find((cookie) => cookie.startsWith(`${name}=`)) ?? "";

test("who signs in gets a token for twelve hours, the session cookie and himself", async () => {
  const answer = await login({});
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    token_type: "Bearer",
    expires_in: 12 * 60 * 60,
    user: { name: "Ana", email, role: "admin" },
  });
  expect(answer.headers.get("Set-Cookie")).toMatch(/^balcao_session=[\w-]{43};.*HttpOnly; SameSite=Strict$/);
  expect(answer.text).not.toContain("password");
  expect((await me(answer.at("access_token"))).body).toMatchObject({
    user: { email },
    company: { name: "Loja Azul", visibility: "all" },
    permissions: expect.arrayContaining(["attend", "manage_channels"]),
  });
  context.clock.advance(12 * 60 * 60 * 1000);
  expect((await me(answer.at("access_token"))).at("error.code")).toBe("token_expired");
});

test("with refresh the token lives 15 minutes, and the cookie gets the next one", async () => {
  const answer = await login({ refresh: true });
  expect(answer.body).toMatchObject({ expires_in: 900 });
  const cookie = cookieNamed(answer, "balcao_refresh");
  context.clock.advance(15 * 60 * 1000);
  expect((await me(answer.at("access_token"))).at("error.code")).toBe("token_expired");

  const next = await api.call("POST /api/v1/auth/refresh", { headers: { Cookie: cookie } });
  expect(next.status).toBe(200);
  expect((await me(next.at("access_token"))).status).toBe(200);
  expect(cookieNamed(next, "balcao_refresh")).not.toBe(cookie);
});

test("cookies are for https only when the browser came by https through a trusted proxy", async () => {
  expect((await login({})).headers.get("Set-Cookie")).not.toContain("Secure");
  await api.stop();
  api = startApi(context, { config: { trustedProxies: ["127.0.0.1"] } });
  const answer = await login({}, { "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7" });
  expect(answer.headers.get("Set-Cookie")).toContain("; Secure");
});

test("an address is the same however it is written", async () => {
  expect((await login({ email: " ANA@Example.COM " })).status).toBe(200);
});

describe("a wrong or empty secret is refused", () => {
  test.each([
    [{ password: "wrong horse" }, 401, "invalid_credentials"],
    [{ password: "" }, 401, "invalid_credentials"],
    [{ password: `${password} ` }, 401, "invalid_credentials"],
    [{ email: "nobody@example.com" }, 401, "invalid_credentials"],
    [{ email: "%" }, 401, "invalid_credentials"],
    [{ email: "' OR 1=1 --" }, 401, "invalid_credentials"],
    [{ email: "" }, 400, "invalid_request"],
    [{ password: null }, 400, "invalid_request"],
    [{ password: ["correct horse"] }, 400, "invalid_request"],
    [{ email: { $ne: null } }, 400, "invalid_request"],
    [{ password: "a".repeat(100_000) }, 400, "invalid_request"],
    [{ remember: true }, 400, "invalid_request"],
  ])("at login: %j", async (body, status, code) => {
    const answer = await login(body);
    expect([answer.status, answer.at("error.code")]).toEqual([status, code]);
    expect(answer.cookies).toEqual([]);
  });

  test.each(["", "Bearer", "Bearer ", "Bearer x", "Basic YW5hOng=", "bk_", "Bearer bk_", "Bearer null"])(
    "in the Authorization header: %j",
    async (authorization) => {
      const answer = await api.call("GET /api/v1/users", { headers: { Authorization: authorization } });
      expect(answer.status).toBe(401);
      expect(answer.at("error.code")).toMatch(/^(?:unauthorized|token_invalid)$/);
    },
  );

  test("in the refresh cookie", async () => {
    for (const cookie of ["", "balcao_refresh", "balcao_refresh=", "balcao_refresh=..", "other=1"]) {
      const answer = await api.call("POST /api/v1/auth/refresh", { headers: { Cookie: cookie } });
      expect([answer.status, answer.at("error.code")]).toEqual([401, "token_invalid"]);
    }
  });

  test("and no token at all says to sign in, before the body is looked at", async () => {
    const answer = await api.call("POST /api/v1/users", { body: { nonsense: true } });
    expect([answer.status, answer.at("error.code")]).toEqual([401, "unauthorized"]);
  });
});

test("the session cookie opens nothing but files: neither reads nor changes", async () => {
  const cookie = cookieNamed(await login({}), "balcao_session");
  for (const request of ["GET /api/v1/users", "PATCH /api/v1/settings", "POST /api/v1/auth/logout"]) {
    const body = request.startsWith("GET") ? {} : { body: {} };
    expect((await api.call(request, { headers: { Cookie: cookie }, ...body })).status).toBe(401);
  }
});

describe("guessing", () => {
  const guess = (address: string, proxy = "") =>
    api.call("POST /api/v1/auth/login", {
      body: { email: address, password: "a guess" },
      ...(proxy && { headers: { "X-Forwarded-For": proxy } }),
    });

  test("is stopped after ten a minute from one address, whatever accounts and forwarded addresses it names", async () => {
    const answers: Answer[] = [];
    for (let n = 0; n < 15; n += 1) answers.push(await guess(`user${n}@example.com`, `198.51.100.${n}`));
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array<number>(10).fill(401),
      ...Array<number>(5).fill(429),
    ]);
    const last = answers.at(-1);
    expect(Number(last?.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(last?.at("error.code")).toBe("rate_limited");
  });

  test("in parallel gets no further", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess(email)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  test("at one account is stopped from many addresses too, and a minute later its owner is let in", async () => {
    await api.stop();
    api = startApi(context, { config: { trustedProxies: ["127.0.0.1"] } });
    for (let n = 0; n < 10; n += 1) await guess(email, `198.51.100.${n}`);
    expect((await guess(email, "198.51.100.200")).status).toBe(429);
    context.clock.advance(60_000);
    expect((await login({}, { "X-Forwarded-For": "198.51.100.200" })).status).toBe(200);
  });

  test("tells nothing about whether the account exists: same text, same time", async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    const timed = async (address: string, times: number[]) => {
      context.clock.advance(60_000);
      const start = performance.now();
      const answer = await guess(address);
      times.push(performance.now() - start);
      return answer.text;
    };
    for (let round = 0; round < 8; round += 1) {
      expect(await timed(email, known)).toBe(await timed("nobody@example.com", unknown));
    }
    // The quickest of each: hashing takes some 30 ms, and other processes can only add to it.
    const ratio = Math.min(...known) / Math.min(...unknown);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.67);
  });

  test("counts nobody who was right", async () => {
    for (let n = 0; n < 25; n += 1) expect((await login({})).status).toBe(200);
  });
});

describe("signing out", () => {
  test("ends this session at once and takes the cookies away", async () => {
    const first = await login({ refresh: true });
    const second = await login({});
    const answer = await api.call("POST /api/v1/auth/logout", { token: first.at("access_token") });
    expect(answer.status).toBe(204);
    expect(answer.cookies).toEqual(["balcao_session=", "balcao_refresh="]);
    expect((await me(first.at("access_token"))).at("error.code")).toBe("token_invalid");
    const headers = { Cookie: cookieNamed(first, "balcao_refresh") };
    expect((await api.call("POST /api/v1/auth/refresh", { headers })).status).toBe(401);
    expect((await me(second.at("access_token"))).status).toBe(200);
  });

  test("everywhere ends all sessions, and tells the connections", async () => {
    const [first, second] = [await login({}), await login({})];
    const told: number[] = [];
    context.revocations.onRevoked((revocation) => {
      if (revocation.kind === "sessions") told.push(revocation.sessionIds.length);
    });
    await api.call("POST /api/v1/auth/logout", {
      token: first.at("access_token"),
      body: { everywhere: true },
    });
    expect((await me(second.at("access_token"))).status).toBe(401);
    expect(told).toEqual([2]);
  });
});

describe("changing the password", () => {
  const change = (token: string, current: string, next: string) =>
    api.call("POST /api/v1/auth/password", {
      token,
      body: { current_password: current, new_password: next },
    });

  test("ends the other sessions and keeps this one", async () => {
    const [here, there] = [await login({}), await login({ refresh: true })];
    expect((await change(here.at("access_token"), password, "battery staple")).status).toBe(204);
    expect((await me(here.at("access_token"))).status).toBe(200);
    expect((await me(there.at("access_token"))).status).toBe(401);
    expect((await login({})).status).toBe(401);
    expect((await login({ password: "battery staple" })).status).toBe(200);
  });

  test("needs the current one, and at least eight characters", async () => {
    const token = (await login({})).at("access_token");
    expect((await change(token, "wrong", "battery staple")).at("error.code")).toBe("invalid_credentials");
    expect((await change(token, password, "short")).at("error.code")).toBe("invalid_request");
    expect((await login({})).status).toBe(200);
  });
});

test("ended sessions are forgotten after a week, live ones never", async () => {
  const ended = await login({});
  await api.call("POST /api/v1/auth/logout", { token: ended.at("access_token") });
  const live = await login({ refresh: true });
  context.clock.advance(7 * 24 * 60 * 60 * 1000);
  expect(await removeOldSessions(context)).toBe(0);
  context.clock.advance(1);
  expect(await removeOldSessions(context)).toBe(1);
  const headers = { Cookie: cookieNamed(live, "balcao_refresh") };
  expect((await api.call("POST /api/v1/auth/refresh", { headers })).status).toBe(200);
});

describe("a ConectCRM front end", () => {
  const conectcrm = (body: object) => api.call("POST /auth/login", { body });

  test("signs in with its own words, whatever else it sends, and keeps one long token", async () => {
    const answer = await conectcrm({ email, senha: password, lembrar: true });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      data: { access_token: answer.at("data.access_token"), user: expect.objectContaining({ email }) },
    });
    expect(answer.cookies).toHaveLength(1);
    context.clock.advance(11 * 60 * 60 * 1000);
    expect((await me(answer.at("data.access_token"))).status).toBe(200);
  });

  test("is told errors in its own shape", async () => {
    const wrong = await conectcrm({ email, senha: "wrong" });
    expect([wrong.status, wrong.body]).toEqual([
      401,
      { success: false, error: "E-mail ou senha incorretos.", code: "invalid_credentials" },
    ]);
    expect((await conectcrm({ email })).at("code")).toBe("invalid_request");
    const headers = { "Content-Type": "application/json" };
    expect((await api.call("POST /auth/login", { raw: "{", headers })).at("code")).toBe("malformed_json");
    expect((await api.call("GET /auth/login")).at("code")).toBe("method_not_allowed");
  });

  test("is no second set of attempts for whoever guesses", async () => {
    for (let n = 0; n < 5; n += 1) {
      await conectcrm({ email, senha: "a guess" });
      await login({ password: "a guess" });
    }
    expect((await conectcrm({ email, senha: "a guess" })).status).toBe(429);
    expect((await login({ password: "a guess" })).status).toBe(429);
  });
});
