import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import packageJson from "../../package.json";
import { budget, firstLoadSize } from "../../scripts/size-report.ts";
import { manifestName, uiManifest } from "../../src/http/ui-manifest.ts";
import { type Executable, runExecutable, startExecutable } from "../support/executable.ts";

/** The built executable in an empty folder with an empty environment, as on a server that knows nothing of us. */
const checkout = join(import.meta.dir, "../..");
const built = join(checkout, "dist/ui");
let server: Executable;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "balcao-smoke-"));
  await Promise.all([
    Bun.write(join(folder, ".env"), "BALCAO_PORT=1\nBALCAO_LOG_LEVEL=nonsense\nCANARY=kanarienvogel\n"),
    Bun.write(join(folder, "bunfig.toml"), 'preload = ["./hostile.ts"]\n'),
    Bun.write(
      join(folder, "hostile.ts"),
      'import { writeFileSync } from "node:fs"; writeFileSync("ran", "");',
    ),
  ]);
  server = await startExecutable({ folder });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function bytesOf(path: string, encoding = "identity"): Promise<Uint8Array> {
  const response = await fetch(server.url + path, {
    headers: { "Accept-Encoding": encoding },
    decompress: false,
  });
  expect([path, response.status]).toEqual([path, 200]);
  return response.bytes();
}

async function publicFiles(): Promise<string[]> {
  const entries = await readdir(join(checkout, "public"), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== "index.html")
    .map((entry) => `/${relative(join(checkout, "public"), join(entry.parentPath, entry.name))}`);
}

describe("started in a foreign folder, the executable", () => {
  test("serves every file of public/, byte for byte", async () => {
    const files = await publicFiles();
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) {
      expect([path, await bytesOf(path)]).toEqual([
        path,
        await Bun.file(join(checkout, "public", path)).bytes(),
      ]);
    }
  });

  test("serves every file of the built UI, plain and compressed, byte for byte", async () => {
    const { files } = uiManifest.parse(await Bun.file(join(built, manifestName)).json());
    for (const [path, { encodings }] of Object.entries(files)) {
      if (path === "/index.html") continue;
      expect(await bytesOf(path)).toEqual(await Bun.file(join(built, path)).bytes());
      for (const encoding of encodings) {
        const ending = encoding === "br" ? ".br" : ".gz";
        expect(await bytesOf(path, encoding)).toEqual(await Bun.file(join(built, path + ending)).bytes());
      }
    }
  });

  test("serves the page with every script and style that it asks for", async () => {
    const page = new TextDecoder().decode(await bytesOf("/"));
    const wanted = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = ""]) => path);
    expect(wanted.filter((path) => path.endsWith(".js"))).not.toEqual([]);
    for (const path of wanted) await bytesOf(path);
  });

  test("answers the API", async () => {
    const health = await fetch(`${server.url}/health`);
    expect(await health.json()).toEqual({ status: "ok", version: packageJson.version });
    const missing = await fetch(`${server.url}/api/v1/nothing-of-the-kind`);
    expect(missing.status).toBeGreaterThanOrEqual(400);
    expect(missing.headers.get("content-type")).toContain("application/json");
  });

  test("describes its API without any outside address", async () => {
    const document = await fetch(`${server.url}/api/openapi.json`);
    expect(await document.json()).toMatchObject({ openapi: expect.stringContaining("3.") });
    const page = await fetch(`${server.url}/api/docs`);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toMatch(/(?:src|href)="https?:/);
    expect(page.headers.get("content-security-policy")).not.toMatch(/script-src[^;]*unsafe/);
  });

  test("reads neither the .env nor the bunfig.toml that lie there", async () => {
    expect(await Bun.file(join(folder, "ran")).exists()).toBe(false);
    expect(server.url).not.toEndWith(":1");
    expect(server.stderr()).not.toContain("kanarienvogel");
  });

  test("says where it listens, and nothing else, on its standard output", () => {
    expect(server.stdout()).toBe(`listening on ${server.url}\n`);
  });

  test("logs one JSON object a line when no terminal reads it", () => {
    const lines = server
      .stderr()
      .split("\n")
      .filter((line) => line.startsWith("{"));
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), message: expect.any(String) });
    }
  });
});

describe("on the command line, the executable", () => {
  test("tells its version and its help", async () => {
    const version = await runExecutable(["--version"], { folder });
    expect(version).toMatchObject({ code: 0, stdout: `${packageJson.version}\n` });
    const help = await runExecutable(["--help"], { folder });
    expect(help.code).toBe(0);
    expect(help.stdout).toContain("BALCAO_ALLOWED_ORIGINS");
  });

  test("refuses a wrong flag or variable in one line, with exit code 2", async () => {
    const flag = await runExecutable(["serve", "--prot", "80"], { folder });
    expect([flag.code, flag.stdout]).toEqual([2, ""]);
    expect(flag.stderr.trim().split("\n")).toEqual([
      expect.stringContaining("--prot is not a flag, did you mean --port?"),
    ]);
    const variable = await runExecutable([], { folder, env: { BALCAO_PORT: "eighty" } });
    expect([variable.code, variable.stdout]).toEqual([2, ""]);
    expect(variable.stderr).toContain('BALCAO_PORT="eighty"');
  });
});

test("a termination signal ends the executable with exit code 0", async () => {
  const other = await startExecutable();
  try {
    expect(await other.kill("SIGTERM")).toBe(0);
  } finally {
    await other.stop();
  }
});

test("the first load of the UI keeps to its budget", async () => {
  const { script, style } = await firstLoadSize();
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThanOrEqual(budget.script);
  expect(style).toBeLessThanOrEqual(budget.style);
});
