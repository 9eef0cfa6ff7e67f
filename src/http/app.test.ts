import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../tests/support/company.ts";
import { type TestContext, testContext } from "../../tests/support/database.ts";
import { StorageError } from "../db/sql.ts";
import { createRouter } from "../domain/routing.ts";
import { createLogger } from "../lib/logger.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;
let lines: string[];

const secret = "SELECT password_hash FROM /srv/data/balcao.db";

/** Routes that fail in the ways that real ones might. */
function failing() {
  return createRouter()
    .get("/fails/unexpected", () => {
      throw new Error(secret);
    })
    .get("/fails/full", () => {
      throw new StorageError("full", { cause: new Error(secret) });
    })
    .get("/fails/busy", () => {
      throw new StorageError("busy", { cause: new Error(secret) });
    });
}

async function start(options: Parameters<typeof startApi>[1] = {}): Promise<void> {
  const router = createRouter();
  router.route("/", failing());
  api = startApi(context, { api: [router], ...options });
}

beforeEach(async () => {
  lines = [];
  const original = await testContext();
  const log = createLogger({ level: "debug", format: "json", write: (line) => lines.push(line) });
  context = Object.assign(original, { log });
  company = await seedCompany(context);
  await start();
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

const json = { "Content-Type": "application/json" };

describe("an error", () => {
  test("that nobody foresaw tells nothing but the request's id, under which the log has the rest", async () => {
    const token = await api.tokenOf(company.agent);
    const answer = await api.call("GET /api/v1/fails/unexpected", { token });
    expect([answer.status, answer.at("error.code")]).toEqual([500, "internal"]);
    expect(answer.text).not.toContain("SELECT");
    expect(answer.text).not.toContain("/srv");
    const id = answer.at("error.details.request_id");
    expect(answer.headers.get("X-Request-Id")).toBe(id);
    const line = lines.find((text) => text.includes(id) && text.includes("request failed"));
    expect(line).toContain(secret);
  });

  test.each([
    ["full", "storage_full"],
    ["busy", "unavailable"],
  ])("of the storage (%s) is temporary and says when to come back", async (name, code) => {
    const answer = await api.call(`GET /api/v1/fails/${name}`, { token: await api.tokenOf(company.agent) });
    expect([answer.status, answer.at("error.code")]).toEqual([503, code]);
    expect(answer.headers.get("Retry-After")).toBe("2");
    expect(answer.text).not.toContain("SELECT");
  });

  test.each([
    ["en-US,en;q=0.9,pt;q=0.1", "Sign in to do this."],
    ["es-AR", "Inicie sesión para hacer esto."],
    ["pt-PT", "Entre na sua conta para fazer isso."],
    ["de, en;q=0.5", "Sign in to do this."],
    ["en;q=0, es;q=0.1", "Inicie sesión para hacer esto."],
    ["de", "Entre na sua conta para fazer isso."],
    [";;q=,,", "Entre na sua conta para fazer isso."],
    ["e".repeat(8_000), "Entre na sua conta para fazer isso."],
  ])("speaks the caller's language: %p", async (language, message) => {
    const answer = await api.call("GET /api/v1/users", { headers: { "Accept-Language": language } });
    expect(answer.at("error.message")).toBe(message);
  });

  test("for a path that does not exist and for a wrong method is documented", async () => {
    const token = await api.tokenOf(company.agent);
    const missing = await api.call("GET /api/v1/nonsense", { token });
    expect([missing.status, missing.at("error.code")]).toEqual([404, "not_found"]);
    const wrong = await api.call("PUT /api/v1/users/some-id", { token, body: {} });
    expect([wrong.status, wrong.at("error.code")]).toEqual([405, "method_not_allowed"]);
    expect(wrong.headers.get("Allow")).toBe("GET, PATCH");
  });
});

describe("a request body", () => {
  const post = async (
    raw: string | ReadableStream<Uint8Array<ArrayBuffer>>,
    headers: Record<string, string> = json,
  ) => api.call("POST /api/v1/labels", { token: await api.tokenOf(company.admin), raw, headers });

  test.each([
    ["cut off", '{"name":"VIP"', "malformed_json"],
    ["nothing", "", "malformed_json"],
    ["words", "VIP", "malformed_json"],
    ["100,000 levels deep", '{"a":'.repeat(100_000), "malformed_json"],
    ["a list", "[]", "invalid_request"],
    ["null", "null", "invalid_request"],
    ["a number for a name", '{"name":1}', "invalid_request"],
    ["an unknown field", '{"name":"VIP","admin":true}', "invalid_request"],
    ["a prototype", '{"name":"VIP","__proto__":{"admin":true}}', "invalid_request"],
    ["a blank name", '{"name":"   "}', "invalid_request"],
    ["a name of a megabyte less a little", `{"name":"${"a".repeat(1_000_000)}"}`, "invalid_request"],
  ])("that is %s is refused", async (_name, raw, code) => {
    const answer = await post(raw);
    expect([answer.status, answer.at("error.code")]).toEqual([400, code]);
    expect((await api.call("GET /api/v1/labels", { token: await api.tokenOf(company.agent) })).body).toEqual(
      [],
    );
  });

  test("says which field is wrong, and repeats nothing of what was sent", async () => {
    const answer = await post('{"name":"VIP","color":"javascript:alert(1)"}');
    expect(answer.body).toMatchObject({ error: { details: { fields: [{ path: "color" }] } } });
    expect(answer.text).not.toContain("alert");
  });

  test("larger than a megabyte is refused, sent at once or in chunks", async () => {
    const large = `{"name":"${"a".repeat(1_100_000)}"}`;
    const atOnce = await post(large);
    expect([atOnce.status, atOnce.at("error.code")]).toEqual([413, "body_too_large"]);
    const inChunks = await post(new Blob([large]).stream());
    expect([inChunks.status, inChunks.at("error.code")]).toEqual([413, "body_too_large"]);
  });

  test("in small chunks is read as any other", async () => {
    const answer = await post(new Blob(['{"name":', '"VIP"}']).stream());
    expect(answer.status).toBe(201);
  });

  test.each([
    [{ "Content-Type": "text/plain" }],
    [{ "Content-Type": "application/x-www-form-urlencoded" }],
    [{ "Content-Type": "multipart/form-data; boundary=x" }],
    [{ ...json, "Content-Encoding": "gzip" }],
  ])("of another kind is not taken: %j", async (headers) => {
    const answer = await post('{"name":"VIP"}', headers);
    expect([answer.status, answer.at("error.code")]).toEqual([415, "unsupported_media_type"]);
  });
});

describe("pages of other origins", () => {
  const ours = "https://loja.example";
  const preflight = (origin: string, path = "/api/v1/labels") =>
    api.call(`OPTIONS ${path}`, { headers: { Origin: origin, "Access-Control-Request-Method": "POST" } });
  beforeEach(async () => {
    await api.stop();
    await start({ config: { allowedOrigins: [ours] } });
  });

  test("that were allowed may call, with credentials, and read the headers they need", async () => {
    const { status, headers } = await preflight(ours);
    expect(status).toBe(204);
    expect(headers.get("Access-Control-Allow-Origin")).toBe(ours);
    expect(headers.get("Access-Control-Allow-Methods")).toBe("GET, POST, PATCH, DELETE");
    expect(headers.get("Access-Control-Allow-Headers")).toBe("Authorization, Content-Type, Accept-Language");
    const token = await api.tokenOf(company.agent);
    const answer = await api.call("GET /api/v1/labels", { token, headers: { Origin: ours } });
    expect(answer.headers.get("Access-Control-Allow-Credentials")).toBe("true");
    expect(answer.headers.get("Access-Control-Expose-Headers")).toBe(
      "X-Event-Seq, X-Event-Epoch, X-Next-Cursor, Retry-After",
    );
  });

  test("that were allowed can read errors too", async () => {
    const answer = await api.call("GET /api/v1/labels", { headers: { Origin: ours } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe(ours);
  });

  test.each([
    "https://evil.example",
    "null",
    "https://loja.example.evil.example",
    "http://loja.example",
    "*",
  ])("that were not get no leave: %s", async (origin) => {
    const answer = await preflight(origin);
    expect([answer.status, answer.at("error.code")]).toEqual([403, "origin_not_allowed"]);
    expect(answer.headers.has("Access-Control-Allow-Origin")).toBe(false);
    const read = await api.call("GET /health", { headers: { Origin: origin } });
    expect(read.headers.has("Access-Control-Allow-Origin")).toBe(false);
  });

  test("have no business with webhooks", async () => {
    expect((await preflight(ours, "/webhooks/whatsapp/x")).headers.has("Access-Control-Allow-Origin")).toBe(
      false,
    );
  });
});

test("every answer carries an id and the headers that keep a browser from running it", async () => {
  for (const request of ["GET /health", "GET /api/v1/users", "GET /nonsense", "PUT /health"]) {
    const { headers } = await api.call(request);
    expect(headers.get("X-Request-Id")).toMatch(/^[\w-]{16}$/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  }
});

test("the log has a line for each request, and no secret of it", async () => {
  const token = await api.tokenOf(company.agent);
  await api.call("GET /api/v1/invitations/accept?token=very-secret-token&access_token=other-secret");
  await api.call("GET /api/v1/users", { token, headers: { Cookie: "balcao_session=cookie-secret" } });
  await api.call("POST /api/v1/auth/login", {
    body: { email: "ana@example.com", password: "password-secret" },
  });
  const log = lines.join("\n");
  expect(log).toContain('"path":"/api/v1/users"');
  expect(log).toContain(company.agent.userId);
  for (const hidden of ["very-secret", "other-secret", "cookie-secret", "password-secret", token]) {
    expect(log).not.toContain(hidden);
  }
});

describe("the API's description", () => {
  test("names every route of the API, with its errors", async () => {
    const document = await api.call("GET /api/openapi.json");
    expect(document.at("openapi")).toBe("3.1.0");
    expect(document.body).toMatchObject({
      paths: {
        "/api/v1/auth/login": { post: { security: [] } },
        "/api/v1/users/{id}": { patch: { responses: { 404: {}, 409: {} } } },
        "/health": { get: {} },
      },
    });
  });

  test("is shown by a page that loads nothing from elsewhere and runs no script of its own", async () => {
    const page = await api.call("GET /api/docs");
    expect(page.headers.get("Content-Type")).toContain("text/html");
    expect(page.headers.get("Content-Security-Policy")).toMatch(/script-src 'self';/);
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});
