import { afterEach, beforeEach, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import { loggedEvents } from "../../../tests/support/events.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;
let supervisor: string;

beforeEach(async () => {
  context = await testContext();
  company = await seedCompany(context);
  api = startApi(context);
  supervisor = await api.tokenOf(company.supervisor);
});
afterEach(async () => {
  await api.stop();
  await context.dispose();
});

const call = (request: string, body?: object, token = supervisor) =>
  api.call(request, { token, ...(body && { body }) });

test("a label is made, renamed, listed by name and removed, each told once", async () => {
  const id = (await call("POST /api/v1/labels", { name: "VIP" })).at("id");
  await call("POST /api/v1/labels", { name: "Atraso", color: "#ff0000" });
  expect((await call(`PATCH /api/v1/labels/${id}`, { color: "#00ff00" })).body).toEqual({
    ...{ id, name: "VIP", color: "#00ff00" },
  });
  const list = await call("GET /api/v1/labels");
  expect(list.body).toMatchObject([{ name: "Atraso" }, { name: "VIP" }]);
  expect(list.headers.get("X-Event-Seq")).toBe("3");
  expect((await call(`DELETE /api/v1/labels/${id}`)).status).toBe(204);
  expect((await call(`DELETE /api/v1/labels/${id}`)).status).toBe(404);
  expect((await loggedEvents(context, company.id)).map(({ data }) => data)).toMatchObject([
    { label_id: id, deleted: false },
    { deleted: false },
    { label_id: id, deleted: false },
    { label_id: id, deleted: true },
  ]);
});

test("two labels can't have the same name, however it is written", async () => {
  const id = (await call("POST /api/v1/labels", { name: "Ação" })).at("id");
  const same = await call("POST /api/v1/labels", { name: "Ação".normalize("NFD").toUpperCase() });
  expect([same.status, same.at("error.code")]).toEqual([409, "already_exists"]);
  const other = (await call("POST /api/v1/labels", { name: "VIP" })).at("id");
  expect((await call(`PATCH /api/v1/labels/${other}`, { name: "ação" })).status).toBe(409);
  expect((await call(`PATCH /api/v1/labels/${id}`, { name: "AÇÃO" })).status).toBe(200);
});

test("ten people who make the same label at once make one", async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => call("POST /api/v1/labels", { name: "VIP" })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
});

test("agents and viewers use labels, they don't make them", async () => {
  for (const caller of [company.agent, company.viewer]) {
    const token = await api.tokenOf(caller);
    expect((await call("GET /api/v1/labels", undefined, token)).status).toBe(200);
    expect((await call("POST /api/v1/labels", { name: "VIP" }, token)).status).toBe(403);
  }
});
