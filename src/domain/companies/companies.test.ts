import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { statSync } from "node:fs";
import { join } from "node:path";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { loggedEvents } from "../../../tests/support/events.ts";
import { setupCodeIn } from "../../auth/setup-code.ts";
import { createCompany } from "./create.ts";

let context: TestContext;
let api: TestApi;

beforeEach(async () => {
  context = await testContext();
  api = startApi(context);
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

const owner = { company: "Loja Azul", name: "Ana", email: "ana@example.com", password: "correct horse" };

describe("the first set-up", () => {
  const needed = async () => (await api.call("GET /api/v1/setup")).body;
  const setUp = (body: object) => api.call("POST /api/v1/setup", { body: { ...owner, ...body } });

  test("takes the code of the data folder, once, and signs the owner in", async () => {
    const code = setupCodeIn(context.folder).ensure();
    expect(setupCodeIn(context.folder).ensure()).toBe(code);
    expect(statSync(join(context.folder, "setup-code")).mode & 0o777).toBe(0o600);
    expect(await needed()).toEqual({ needed: true });

    const answer = await setUp({ code, locale: "es", timezone: "America/Bogota" });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ user: { name: "Ana", role: "admin" }, expires_in: 900 });
    const token = answer.at("access_token");
    const settings = { name: "Loja Azul", locale: "es", timezone: "America/Bogota", visibility: "all" };
    expect((await api.call("GET /api/v1/settings", { token })).body).toMatchObject(settings);
    expect((await api.call("GET /api/v1/queues", { token })).body).toMatchObject([
      { name: "Atención", member_ids: [answer.at("user.id")] },
    ]);
    expect(await needed()).toEqual({ needed: false });
    expect(setupCodeIn(context.folder).matches(code)).toBe(false);
    expect((await setUp({ code, email: "b@example.com" })).at("error.code")).toBe("already_set_up");
  });

  test("leaves a log that its owner can follow from the beginning: nothing in it changes rights he had", async () => {
    const { companyId } = await createCompany(
      context,
      { ...owner, locale: "pt-BR", timezone: "America/Sao_Paulo" },
      { onlyAsFirst: true },
    );
    const events = await loggedEvents(context, companyId);
    expect(events.map(({ type }) => type)).toContain("user.updated");
    for (const { data } of events) expect(data).not.toMatchObject({ rights: true });
  });

  test("is refused without the code, also on this machine, and guessing is stopped after ten", async () => {
    setupCodeIn(context.folder).ensure();
    const codes: string[] = [];
    for (let n = 0; n < 12; n += 1)
      codes.push((await setUp({ code: n === 0 ? "" : `guess ${n}` })).at("error.code"));
    expect(codes).toEqual([...Array<string>(10).fill("setup_code_invalid"), "rate_limited", "rate_limited"]);
    expect(await needed()).toEqual({ needed: true });
  });

  test("is refused while there is no code at all", async () => {
    for (const code of ["", "undefined"])
      expect((await setUp({ code })).at("error.code")).toBe("setup_code_invalid");
  });

  test("ten times at once makes one company", async () => {
    const code = setupCodeIn(context.folder).ensure();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => setUp({ code, email: `ana${n}@example.com` })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test.each([
    [{ password: "short" }],
    [{ email: "no address" }],
    [{ timezone: "Mars/Olympus" }],
    [{ locale: "fr" }],
    [{ company: " " }],
    [{ visibility: "all" }],
  ])("with bad input makes nothing: %j", async (body) => {
    const code = setupCodeIn(context.folder).ensure();
    expect((await setUp({ code, ...body })).at("error.code")).toBe("invalid_request");
    expect(await needed()).toEqual({ needed: true });
    expect((await setUp({ code })).status).toBe(201);
  });
});

test("a second company is made from the command line only, and not under an address that has an account", async () => {
  const company = { ...owner, locale: "pt-BR", timezone: "America/Sao_Paulo" } as const;
  await createCompany(context, company, { onlyAsFirst: true });
  const second = { ...company, email: "bia@example.com" };
  const code = async (made: Promise<unknown>) =>
    made.then(() => "made").catch((error: { code: string }) => error.code);
  expect(await code(createCompany(context, second, { onlyAsFirst: true }))).toBe("already_set_up");
  expect(await code(createCompany(context, company, { onlyAsFirst: false }))).toBe("already_exists");
  expect(await code(createCompany(context, second, { onlyAsFirst: false }))).toBe("made");
});

describe("settings", () => {
  test("are the admin's to change and everybody's to read", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.admin);
    const body = { name: "Loja Verde", reopen_hours: 0, token_hours: 1 };
    expect((await api.call("PATCH /api/v1/settings", { token, body })).body).toMatchObject(body);
    for (const caller of [company.supervisor, company.agent, company.viewer]) {
      const other = await api.tokenOf(caller);
      expect((await api.call("GET /api/v1/settings", { token: other })).body).toMatchObject(body);
      expect((await api.call("PATCH /api/v1/settings", { token: other, body })).status).toBe(403);
    }
    expect(await loggedEvents(context, company.id)).toEqual([]);
  });

  test("a new visibility is told to everybody, with what it means for their rights", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.admin);
    await api.call("PATCH /api/v1/settings", { token, body: { visibility: "queue" } });
    const [event, ...rest] = await loggedEvents(context, company.id);
    expect(event).toMatchObject({ type: "bulk.changed", data: { kind: "conversations", rights: true } });
    expect(rest).toEqual([]);
  });

  test.each([
    [{ visibility: "none" }],
    [{ reopen_hours: -1 }],
    [{ reopen_hours: 1.5 }],
    [{ token_hours: 0 }],
    [{ token_hours: 100_000 }],
    [{ timezone: "GMT+99" }],
    [{ id: "mine" }],
  ])("bad input changes nothing: %j", async (body) => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.admin);
    const before = (await api.call("GET /api/v1/settings", { token })).body;
    const answer = await api.call("PATCH /api/v1/settings", { token, body });
    expect([answer.status, answer.at("error.code")]).toEqual([400, "invalid_request"]);
    expect((await api.call("GET /api/v1/settings", { token })).body).toEqual(before);
  });
});
