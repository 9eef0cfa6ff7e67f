import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Executable, runExecutable, startExecutable } from "../support/executable.ts";

/** From an empty folder to a signed-in admin, by the built executable alone; the tests follow each other. */
const admin = { email: "ana@padaria.example", password: "pao quente 7h" };
const setup = [
  "setup",
  ...["--company", "Padaria Pão Quente", "--name", "Ana"],
  ...["--email", admin.email, "--password", admin.password],
];
let folder = "";
let server: Executable;
let printedToken = "";
let access = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "balcao-first-use-"));
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function get(path: string, token: string): Promise<Response> {
  return fetch(server.url + path, { headers: { Authorization: `Bearer ${token}` } });
}

test("setup makes the company and its admin and prints their ids as JSON", async () => {
  const { code, stdout, stderr } = await runExecutable(setup, { folder });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  expect(JSON.parse(stdout)).toBeObject();
  expect(stdout + stderr).not.toContain(admin.password);
});

test("the data folder is nobody else's", async () => {
  expect((await stat(join(folder, "data"))).mode & 0o777).toBe(0o700);
});

test("a second setup is refused, with exit code 2", async () => {
  const { code, stdout, stderr } = await runExecutable(setup, { folder });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.trim()).not.toBe("");
});

test("token prints an access token and nothing else", async () => {
  const { code, stdout } = await runExecutable(["token", "--email", admin.email], { folder });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  printedToken = stdout.trim();
});

test("token refuses a person that it does not know", async () => {
  const { code, stdout } = await runExecutable(["token", "--email", "nobody@padaria.example"], { folder });
  expect(code).not.toBe(0);
  expect(stdout).toBe("");
});

test("the admin signs in", async () => {
  server = await startExecutable({ folder });
  const response = await fetch(`${server.url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(admin),
  });
  expect(response.status).toBe(200);
  const body: unknown = await response.json();
  expect(body).toMatchObject({ token_type: "Bearer", user: { email: admin.email, role: "admin" } });
  access = Reflect.get(Object(body), "access_token");
});

test("both tokens are the admin's", async () => {
  for (const token of [access, printedToken]) {
    expect(await (await get("/api/v1/auth/me", token)).json()).toMatchObject({ email: admin.email });
  }
});

test("a search is answered by the worker inside the executable", async () => {
  const response = await get("/api/v1/search?q=p%C3%A3o", access);
  expect(response.status).toBe(200);
});

test("after a kill the same data is there", async () => {
  await server.kill("SIGKILL");
  server = await startExecutable({ folder });
  expect((await get("/api/v1/auth/me", access)).status).toBe(200);
});
