import { afterEach, beforeEach, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { callerFromToken, reloadCaller } from "../../auth/authenticate.ts";

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

const create = (body: object, token = admin) => api.call("POST /api/v1/api-keys", { token, body });
const list = () => api.call("GET /api/v1/api-keys", { token: admin });

test("a key is told once and acts as who made it", async () => {
  const made = await create({ name: "ERP" });
  const key = made.at("key");
  expect(key).toMatch(/^bk_[\w-]{43}$/);
  expect(made.body).toMatchObject({ name: "ERP", scopes: ["api"], user_id: company.admin.userId });
  expect((await api.call("GET /api/v1/users", { token: key })).status).toBe(200);
  expect((await list()).text).not.toContain(key);
  expect((await list()).body).toMatchObject([{ name: "ERP", hint: key.slice(0, 7) }]);
  const stored = await context.sql.read((tx) => tx.all("SELECT * FROM api_keys"));
  expect(JSON.stringify(stored)).not.toContain(key);
});

test("a key does what its scopes say, and no more", async () => {
  const key = (await create({ name: "Tela", scopes: ["realtime"] })).at("key");
  const refused = await api.call("GET /api/v1/users", { token: key });
  expect([refused.status, refused.at("error.code")]).toEqual([403, "forbidden"]);
  const { caller, expiresAt } = await callerFromToken(context, key, "realtime");
  expect(caller).toMatchObject({ userId: company.admin.userId, credential: { kind: "api_key" } });
  expect(expiresAt).toBeNull();
});

test("a revoked key is refused at once, and its connections are told", async () => {
  const made = await create({ name: "ERP", scopes: ["api", "realtime"] });
  const { caller } = await callerFromToken(context, made.at("key"), "realtime");
  const told: unknown[] = [];
  context.revocations.onRevoked((revocation) => told.push(revocation));
  const path = `DELETE /api/v1/api-keys/${made.at("id")}`;
  expect((await api.call(path, { token: admin })).status).toBe(204);
  expect(told).toEqual([{ kind: "api_key", apiKeyId: made.at("id") }]);
  expect(await reloadCaller(context, caller)).toBeNull();
  expect((await api.call("GET /api/v1/users", { token: made.at("key") })).at("error.code")).toBe(
    "token_invalid",
  );
  expect((await api.call(path, { token: admin })).status).toBe(404);
  expect((await list()).body).toEqual([]);
});

test("a key ends with its user, and loses the rights that he loses", async () => {
  await api.call(`PATCH /api/v1/users/${company.supervisor.userId}`, {
    token: admin,
    body: { role: "admin" },
  });
  const key = (await create({ name: "ERP" }, await api.tokenOf(company.supervisor))).at("key");
  const change = (body: object) =>
    api.call(`PATCH /api/v1/users/${company.supervisor.userId}`, { token: admin, body });
  await change({ role: "agent" });
  expect((await api.call("GET /api/v1/api-keys", { token: key })).status).toBe(403);
  await change({ active: false });
  expect((await api.call("GET /api/v1/users", { token: key })).status).toBe(401);
});

test("when a key was last used is noted, within minutes", async () => {
  const key = (await create({ name: "ERP" })).at("key");
  await api.call("GET /api/v1/users", { token: key });
  const used = new Date(context.clock.now()).toISOString();
  context.clock.advance(60_000);
  await api.call("GET /api/v1/users", { token: key });
  expect((await list()).body).toMatchObject([{ last_used_at: used }]);
});

test("a key can neither sign out nor change a password: it has no session", async () => {
  const key = (await create({ name: "ERP" })).at("key");
  expect((await api.call("POST /api/v1/auth/logout", { token: key })).status).toBe(403);
  const body = { current_password: "", new_password: "12345678" };
  expect((await api.call("POST /api/v1/auth/password", { token: key, body })).status).toBe(403);
});

test.each([
  [{}],
  [{ name: "x", scopes: [] }],
  [{ name: "x", scopes: ["root"] }],
  [{ name: "x", key: "bk_mine" }],
])("bad input makes no key: %j", async (body) => {
  expect((await create(body)).at("error.code")).toBe("invalid_request");
  expect((await list()).body).toEqual([]);
});

test("only admins have to do with keys", async () => {
  for (const caller of [company.supervisor, company.agent, company.viewer]) {
    const token = await api.tokenOf(caller);
    expect((await create({ name: "x" }, token)).status).toBe(403);
    expect((await api.call("GET /api/v1/api-keys", { token })).status).toBe(403);
  }
});
