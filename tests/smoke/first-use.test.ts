import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { type Executable, runExecutable, startExecutable } from "../support/executable.ts";

/** From an empty folder to a signed-in admin, by the built executable alone. */
const admin = { email: "ana@padaria.example", password: "pao quente 7h" };
const credentials = ["--email", admin.email, "--password", admin.password];
const setup = ["setup", "--company", "Padaria Pão Quente", "--name", "Ana", ...credentials];
type Ended = Awaited<ReturnType<typeof runExecutable>>;

let folder = "";
let first: Ended;
let second: Ended;
let token: Ended;
let strangerToken: Ended;
let server: Executable;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "balcao-first-use-"));
  first = await runExecutable(setup, { folder });
  second = await runExecutable(setup, { folder });
  token = await runExecutable(["token", "--email", admin.email], { folder });
  strangerToken = await runExecutable(["token", "--email", "nobody@padaria.example"], { folder });
  server = await startExecutable({ folder });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test("setup makes the company and its admin and prints their ids as JSON", () => {
  expect(first.code).toBe(0);
  expect(JSON.parse(first.stdout)).toBeObject();
  expect(first.stdout + first.stderr).not.toContain(admin.password);
});

test("a second setup is refused, with exit code 2", () => {
  expect([second.code, second.stdout]).toEqual([2, ""]);
  expect(second.stderr.trim()).not.toBe("");
});

test("the data folder is nobody else's", async () => {
  expect((await stat(join(folder, "data"))).mode & 0o777).toBe(0o700);
});

test("token prints an access token, and nothing else, that the server takes", async () => {
  expect([token.code, token.stdout]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)]);
  const me = await get("/api/v1/auth/me", token.stdout.trim());
  expect(await me.json()).toMatchObject({ email: admin.email });
});

test("token refuses a person that it does not know", () => {
  expect([strangerToken.code, strangerToken.stdout]).toEqual([1, ""]);
});

test("the admin signs in", async () => {
  const me = await get("/api/v1/auth/me", await signIn());
  expect(await me.json()).toMatchObject({ email: admin.email, role: "admin" });
});

test("a search is answered, by the worker inside the executable", async () => {
  expect((await get("/api/v1/search?q=p%C3%A3o", await signIn())).status).toBe(200);
});

test("after a kill the same data is there, and a session goes on", async () => {
  const access = await signIn();
  await server.kill("SIGKILL");
  server = await startExecutable({ folder });
  expect((await get("/api/v1/auth/me", access)).status).toBe(200);
});

function get(path: string, accessToken: string): Promise<Response> {
  return fetch(server.url + path, { headers: { Authorization: `Bearer ${accessToken}` } });
}

async function signIn(): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(admin),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}
