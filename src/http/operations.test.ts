import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../tests/support/company.ts";
import { type TestContext, testContext } from "../../tests/support/database.ts";
import { createApiKey } from "../domain/api-keys/change.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;

beforeEach(async () => {
  context = await testContext();
  company = await seedCompany(context);
  api = startApi(context);
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

const key = async (...scopes: ("api" | "realtime" | "metrics")[]) =>
  (await createApiKey(context, company.admin, { name: "monitor", scopes })).key;

test("/health says that the process is alive, to anybody", async () => {
  expect((await api.call("GET /health")).body).toEqual({ status: "ok", version: "0.0.0-test" });
});

test("/ready says 503 while something is missing, and what", async () => {
  expect((await api.call("GET /ready")).body).toEqual({ status: "ready", database: "ok" });
  await api.stop();
  api = startApi(context, {
    readiness: () => Promise.resolve({ ready: false, checks: { database: "full" } }),
  });
  const answer = await api.call("GET /ready");
  expect([answer.status, answer.body]).toEqual([503, { status: "not_ready", database: "full" }]);
});

describe("/metrics", () => {
  test("shows what happened, to this machine", async () => {
    await api.call("GET /api/v1/users", { token: "not-a-token" });
    const answer = await api.call("GET /metrics");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toContain("text/plain");
    expect(answer.text).toContain("balcao_auth_failures_total 1");
    expect(answer.text).toMatch(/^balcao_resident_memory_bytes \d+$/m);
    expect(answer.text).toMatch(/^balcao_connections\{dialect="conversations"\} 0$/m);
  });

  test.each(["Forwarded", "X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Whatever", "Via"])(
    "is closed to what came through a proxy (%s), trusted or not",
    async (header) => {
      for (const trustedProxies of [[], ["127.0.0.1"]]) {
        await api.stop();
        api = startApi(context, { config: { trustedProxies } });
        const answer = await api.call("GET /metrics", { headers: { [header]: "127.0.0.1" } });
        expect([answer.status, answer.at("error.code")]).toEqual([401, "unauthorized"]);
      }
    },
  );

  test("takes a key with the scope, from anywhere, and no other key or token", async () => {
    const headers = { "X-Forwarded-For": "203.0.113.7" };
    const status = async (token: string) => (await api.call("GET /metrics", { token, headers })).status;
    expect(await status(await key("metrics"))).toBe(200);
    expect(await status(await key("api", "realtime"))).toBe(403);
    expect(await status("bk_nonsense")).toBe(401);
    expect((await api.call("GET /metrics", { token: "bk_nonsense" })).status).toBe(401);
  });

  test("with BALCAO_METRICS=key takes nothing but keys", async () => {
    await api.stop();
    api = startApi(context, { config: { metrics: "key" } });
    expect((await api.call("GET /metrics")).status).toBe(401);
    expect((await api.call("GET /metrics", { token: await key("metrics") })).status).toBe(200);
  });
});
