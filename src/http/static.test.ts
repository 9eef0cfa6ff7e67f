import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { openUiFiles, serveUi } from "./static.ts";
import { manifestName, type UiManifest } from "./ui-manifest.ts";

const script = "export const answer = 42;\n".repeat(100);
const page = '<!doctype html><meta name="csp-nonce" content="{{csp-nonce}}" /><div id="root"></div>';
const manifest: UiManifest = {
  files: {
    "/index.html": { type: "text/html; charset=utf-8", hash: "hpage", keep: "ask", encodings: [] },
    "/index-1a2b3c4d.js": {
      type: "text/javascript; charset=utf-8",
      hash: "hscript",
      keep: "forever",
      encodings: ["br", "gzip"],
    },
    "/manifest.webmanifest": { type: "application/manifest+json", hash: "happ", keep: "ask", encodings: [] },
    "/sounds/message.wav": { type: "audio/wav", hash: "hsound", keep: "day", encodings: [] },
  },
  firstLoad: ["/index-1a2b3c4d.js"],
};

let parent = "";
let server: Bun.Server<undefined>;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "balcao-static-"));
  const folder = join(parent, "ui");
  await Promise.all([
    Bun.write(join(parent, "secret.txt"), "kanarienvogel"),
    Bun.write(join(folder, "not-listed.txt"), "kanarienvogel"),
    Bun.write(join(folder, manifestName), JSON.stringify(manifest)),
    Bun.write(join(folder, "index.html"), page),
    Bun.write(join(folder, "index-1a2b3c4d.js"), script),
    Bun.write(join(folder, "index-1a2b3c4d.js.br"), brotliCompressSync(script)),
    Bun.write(join(folder, "index-1a2b3c4d.js.gz"), gzipSync(script)),
    Bun.write(join(folder, "manifest.webmanifest"), '{"name":"balcão"}'),
    Bun.write(join(folder, "sounds/message.wav"), new Uint8Array([1, 2, 3])),
  ]);
  const ui = await openUiFiles(folder);
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) => serveUi(ui, request) ?? new Response("not ours", { status: 404 }),
  });
});

afterAll(async () => {
  await server.stop(true);
  await rm(parent, { recursive: true });
});

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return fetch(new URL(path, server.url), { method, headers, decompress: false });
}

describe("a file whose name has a hash", () => {
  test("is kept by the browser for ever", async () => {
    const response = await get("/index-1a2b3c4d.js", { "Accept-Encoding": "identity" });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(response.headers.get("vary")).toBe("Accept-Encoding");
    expect(await response.text()).toBe(script);
  });

  const choices: readonly (readonly [accepted: string, encoding: string | null])[] = [
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["*", "br"],
    ["*;q=0", null],
    ["deflate", null],
    ["", null],
    ["GZIP ; q=1", "gzip"],
    ["br;q=nonsense", null],
  ];
  for (const [accepted, encoding] of choices) {
    test(`comes as ${encoding ?? "it is"} to a client that accepts "${accepted}"`, async () => {
      const response = await get("/index-1a2b3c4d.js", { "Accept-Encoding": accepted });
      expect(response.headers.get("content-encoding")).toBe(encoding);
      const expected = { br: brotliCompressSync(script), gzip: gzipSync(script), none: Buffer.from(script) };
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.equals(expected[encoding === "br" || encoding === "gzip" ? encoding : "none"])).toBe(true);
    });
  }
});

test("what has a fixed name is asked for again, and not sent again while it is the same", async () => {
  const first = await get("/manifest.webmanifest");
  expect(first.headers.get("cache-control")).toBe("no-cache");
  const again = await get("/manifest.webmanifest", { "If-None-Match": first.headers.get("etag") ?? "" });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
  expect((await get("/manifest.webmanifest", { "If-None-Match": '"another"' })).status).toBe(200);
});

test("a browser that has the brotli copy need not fetch it again when it asks without brotli", async () => {
  const compressed = await get("/index-1a2b3c4d.js", { "Accept-Encoding": "br" });
  const plain = await get("/index-1a2b3c4d.js", { "Accept-Encoding": "identity" });
  expect(compressed.headers.get("etag")).not.toBe(plain.headers.get("etag"));
  const again = await get("/index-1a2b3c4d.js", {
    "If-None-Match": `W/${compressed.headers.get("etag") ?? ""}, "x"`,
  });
  expect(again.status).toBe(304);
});

test("HEAD says what GET would send and sends nothing", async () => {
  for (const path of ["/sounds/message.wav", "/index-1a2b3c4d.js", "/"]) {
    const headers = { "Accept-Encoding": "br" };
    const [head, full] = await Promise.all([get(path, headers, "HEAD"), get(path, headers)]);
    expect(head.status).toBe(200);
    expect(head.headers.get("content-length")).toBe(String((await full.arrayBuffer()).byteLength));
    expect(head.headers.get("content-type")).toBe(full.headers.get("content-type"));
    expect(await head.text()).toBe("");
  }
});

describe("the page", () => {
  test("answers every path of the UI, and is never kept", async () => {
    for (const path of ["/", "/inbox", "/conversations/0195/thread", "/index.html", "/inbox?since=4"]) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("cache-control")).toBe("no-cache");
      expect(await response.text()).toContain('<div id="root">');
    }
  });

  test("does not answer for a missing file, nor for the server's own paths", async () => {
    const paths = [
      "/index-00000000.js",
      "/favicon.ico",
      "/a/b.map",
      "/api",
      "/api/v1/nothing",
      "/ws",
      "/webhooks/whatsapp/x",
    ];
    for (const path of paths) expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  test("does not answer what would change something", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect((await get("/", {}, method)).status).toBe(404);
  });

  test("carries a fresh nonce in each answer, the same one in its policy", async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const response = await get("/");
      const nonce = /content="([\w-]{22})"/.exec(await response.text())?.[1] ?? "none";
      expect(response.headers.get("content-security-policy")).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(5);
  });

  test("lets no script run but our own files, and sockets go home only", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("unsafe");
    expect(policy).toContain(`connect-src 'self' ws://${server.url.host} wss://${server.url.host};`);
    for (const directive of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "form-action 'self'",
    ]) {
      expect(policy).toContain(directive);
    }
  });
});

test("every answer forbids guessing its type and has a policy", async () => {
  for (const path of ["/", "/sounds/message.wav", "/index-1a2b3c4d.js"]) {
    const { headers } = await get(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toStartWith("default-src 'self'");
  }
});

describe("nothing outside the built list can be read", () => {
  const paths = [
    "/../secret.txt",
    "/../../../../../../etc/resolv.conf",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/sounds/../../secret.txt",
    "/sounds/%2e%2e/%2e%2e/secret.txt",
    "//etc/passwd.txt",
    "/index-1a2b3c4d.js%00.txt",
    "/not-listed.txt",
    "/files.json",
    "/index-1a2b3c4d.js.br",
    "/__proto__.js",
    "/constructor.js",
    "http://127.0.0.1/../secret.txt",
  ];
  for (const path of paths) {
    test(path, async () => {
      const answer = await rawGet(path);
      expect(answer).toStartWith("HTTP/1.1 404");
      expect(answer).not.toContain("kanarienvogel");
    });
  }
});

test("a folder without a built UI is told at start", async () => {
  const error = await openUiFiles(join(parent, "nowhere")).catch((reason: unknown) => reason);
  expect(error).toEqual(new Error("the UI is not built: run `make build`"));
});

/** The path as it is: `fetch` would tidy it up before it leaves. */
function rawGet(path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(server.port ?? 0, "127.0.0.1");
  let answer = "";
  socket.on("data", (bytes) => (answer += bytes.toString()));
  socket.on("end", () => resolve(answer));
  socket.on("error", reject);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n`);
  return promise;
}
