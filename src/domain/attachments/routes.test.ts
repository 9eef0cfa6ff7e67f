import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { type Answer, startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { AttachmentId, ConversationId } from "../../contract/ids.ts";
import { messageRoutes } from "../messages/routes.ts";
import { attachmentRoutes } from "./routes.ts";
import { insertUpload } from "./store.ts";

let context: TestContext;
let company: SeededCompany;
let api: TestApi;
let token: string;

/** A picture of 1 × 1 pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
  api = startApi(context, { api: [attachmentRoutes(context), messageRoutes(context)] });
  token = await api.tokenOf(company.agent);
});
afterAll(async () => {
  await api.stop();
  await context.dispose();
});

/** Uploads as a browser does. */
async function upload(
  content: string | Uint8Array<ArrayBuffer>,
  name: string,
  type = "",
): Promise<{
  readonly status: number;
  readonly body: unknown;
  readonly id: AttachmentId;
  readonly url: string;
}> {
  const form = new FormData();
  form.append("caption", "a field that is no file");
  form.append("file", new File([content], name, { type }));
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${api.url}/api/v1/attachments`, { method: "POST", body: form, headers });
  const body = (await response.json()) as { readonly id: AttachmentId; readonly url: string };
  return { status: response.status, body, id: body.id, url: body.url };
}

/** Hands an upload to a message of a new conversation. */
async function sent(id: AttachmentId, options = {}): Promise<ConversationId> {
  const conversationId = await seedConversation(context, company, options);
  const body = { content: "veja", attachment_ids: [id] };
  const answer = await api.call(`POST /api/v1/conversations/${conversationId}/messages`, { token, body });
  expect(answer.status).toBe(201);
  return conversationId;
}

const get = (path: string, headers = {}, as: string | undefined = token): Promise<Answer> =>
  api.call(`GET ${path}`, { token: as, headers });

describe("an upload", () => {
  test("of a picture is measured, gets a thumbnail, and is sent as a picture", async () => {
    const file = await upload(png, "foto.png", "image/png");
    expect(file.status).toBe(201);
    expect(file.body).toMatchObject({
      name: "foto.png",
      mime_type: "image/png",
      size: png.byteLength,
      width: 1,
      height: 1,
    });
    const conversationId = await sent(file.id);
    const thread = await get(`/api/v1/conversations/${conversationId}/messages`);
    expect(thread.body).toMatchObject([
      { message_type: "image", content: "veja", attachments: [{ id: file.id }] },
    ]);
    const thumbnail = await get(`/api/v1/attachments/${file.id}/thumbnail`);
    expect([thumbnail.status, thumbnail.headers.get("Content-Type")]).toEqual([200, "image/webp"]);
  });

  test("belongs to one message, of its uploader", async () => {
    const file = await upload("texto", "nota.txt", "text/plain");
    const id = await seedConversation(context, company);
    const path = `POST /api/v1/conversations/${id}/messages`;
    const body = { attachment_ids: [file.id] };
    const other = await api.tokenOf(company.admin);
    expect((await api.call(path, { token: other, body })).status).toBe(400);
    expect((await api.call(path, { token, body })).status).toBe(201);
    expect((await api.call(path, { token, body })).status).toBe(400);
  });

  test("is what its bytes say, not what its name or sender says", async () => {
    const html = "<html><script>alert(1)</script></html>";
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const cases = [
      [png, "a.exe", "text/html", "image/png"],
      [html, "a.png", "image/png", "application/octet-stream"],
      [svg, "a.svg", "image/svg+xml", "application/octet-stream"],
      [html, "a.pdf", "application/pdf", "application/octet-stream"],
      ["%PDF-1.7", "a", "", "application/pdf"],
      ["OggS\0", "voz", "audio/ogg; codecs=opus", "audio/ogg"],
      [
        "PK\x03\x04",
        "a.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        null,
      ],
      ["a,b", "a.csv", "text/csv", "text/csv"],
    ] as const;
    for (const [content, name, type, expected] of cases) {
      const { body } = await upload(content, name, type);
      expect(body).toMatchObject({ mime_type: expected ?? type });
    }
  });

  test("of a hostile or damaged picture is kept as a file and harms nobody", async () => {
    const bomb = Buffer.from(png);
    // The header claims 60,000 × 60,000 pixels.
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    for (const content of [bomb, png.subarray(0, 40), Buffer.from("\xff\xd8\xff", "latin1")]) {
      const { status, body } = await upload(new Uint8Array(content), "x.png", "image/png");
      expect([status, body]).toEqual([201, expect.objectContaining({ width: null, thumbnail_url: null })]);
    }
  });

  test("has a name that can't lie, leave its folder or break a header", async () => {
    const names = {
      "../../etc/passwd": "passwd",
      "C:\\Users\\x\\foto.png": "foto.png",
      "annexe\u202Egpj.exe": "annexegpj.exe",
      "a\u200B\u0000b\u0007.txt": "ab.txt",
      "..": "file",
      "": "file",
      'a"; filename="b.html': "a_; filename=_b.html",
      "relatório ção.pdf": "relatório ção.pdf",
      thumbnail: "thumbnail",
      [`${"x".repeat(300)}.pdf`]: `${"x".repeat(146)}.pdf`,
    };
    for (const [given, expected] of Object.entries(names)) {
      const boundary = "----b";
      const raw = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${given.replaceAll(/["\\]/g, "\\$&")}"\r\nContent-Type: text/plain\r\n\r\nx\r\n--${boundary}--\r\n`;
      const headers = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
      const answer = await api.call("POST /api/v1/attachments", { token, raw, headers });
      expect([given, answer.status, answer.at("name")]).toEqual([given, 201, expected]);
      const file = await get(answer.at("url"));
      expect([file.status, file.text]).toEqual([200, "x"]);
      expect(file.headers.get("Content-Disposition")).toStartWith("attachment; filename=");
    }
  });

  test("that is broken, empty or of another kind is refused, and leaves no file behind", async () => {
    const multipart = { "Content-Type": "multipart/form-data; boundary=b" };
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n';
    const cases: readonly (readonly [number, string, Record<string, string>])[] = [
      [400, "", { ...multipart, "Content-Length": "0" }],
      [400, "nothing of it", multipart],
      [400, "--b--\r\n", multipart],
      [400, `${part}half of a fi`, multipart],
      [400, `${part}\r\n--b--\r\n`, multipart],
      [400, '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--', multipart],
      [400, `--b\r\nX: ${"x".repeat(20_000)}\r\n\r\n\r\n--b--`, multipart],
      [400, `${part}x`, { "Content-Type": "multipart/form-data" }],
      [415, "{}", { "Content-Type": "application/json" }],
      [415, "x", { "Content-Type": "text/plain" }],
    ];
    for (const [status, raw, headers] of cases) {
      const answer = await api.call("POST /api/v1/attachments", { token, raw, headers });
      expect([raw.slice(0, 80), answer.status]).toEqual([raw.slice(0, 80), status]);
    }
    const drafts = readdirSync(join(context.folder, "files", "drafts"));
    expect(drafts).toEqual([]);
  });

  test("is refused to viewers and without a token", async () => {
    const viewer = await api.tokenOf(company.viewer);
    const form = () => {
      const body = new FormData();
      body.append("file", new File(["x"], "x"));
      return body;
    };
    const post = (headers: Record<string, string>) =>
      fetch(`${api.url}/api/v1/attachments`, { method: "POST", body: form(), headers });
    expect((await post({ Authorization: `Bearer ${viewer}` })).status).toBe(403);
    expect((await post({})).status).toBe(401);
  });

  test("larger than a channel takes as a picture goes as a document, and as a picture is refused", async () => {
    const big = new Uint8Array(6 * 1024 * 1024);
    big.set(png);
    const file = await upload(big, "grande.png", "image/png");
    const id = await seedConversation(context, company);
    const path = `POST /api/v1/conversations/${id}/messages`;
    const body = { attachment_ids: [file.id] };
    const picture = await api.call(path, { token, body: { ...body, message_type: "image" } });
    expect([picture.status, picture.at("error.details.reason")]).toEqual([422, "file_too_large"]);
    expect((await api.call(path, { token, body })).at("message_type")).toBe("document");
  });
});

describe("a file", () => {
  test("is shown inline only where nothing can run in it, and never sniffed", async () => {
    const cases = [
      [png, "a.png", "image/png", "inline", "image/png"],
      ["%PDF-1.7", "a.pdf", "", "inline", "application/pdf"],
      ["<script>", "a.html", "text/html", "attachment", "application/octet-stream"],
      ["<svg/>", "a.svg", "image/svg+xml", "attachment", "application/octet-stream"],
      ["x", "a.txt", "text/plain", "attachment", "application/octet-stream"],
    ] as const;
    for (const [content, name, type, kind, served] of cases) {
      const { url } = await upload(content, name, type);
      const { headers } = await get(url);
      expect(headers.get("Content-Disposition")).toStartWith(`${kind}; `);
      expect(headers.get("Content-Type")).toBe(served);
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Content-Security-Policy")).toMatch(/sandbox|script-src 'none'/);
    }
  });

  test("that claims in its row to be HTML is still no page", async () => {
    const { sha256, size } = await context.blobs.put(Buffer.from("<script>alert(1)</script>"), 100);
    const id = "claims-html" as AttachmentId;
    const row = {
      ...{ id, sha256, size, name: "x.html", mime_type: "text/html; charset=utf-8" },
      uploaded_by: company.agent.userId,
      ...{ thumbnail_sha256: null, width: null, height: null, duration: null, created_at: 0 },
    };
    await context.sql.transaction((tx) => insertUpload(tx, company.id, row));
    const { headers } = await get(`/api/v1/attachments/${id}/x.html`);
    expect(headers.get("Content-Type")).toBe("application/octet-stream");
    expect(headers.get("Content-Disposition")).toStartWith("attachment");
  });

  test("can be read in parts, and is not sent again to who has it", async () => {
    const { url } = await upload("0123456789", "a.txt", "text/plain");
    const part = async (range: string, more = {}) => {
      const answer = await get(url, { Range: range, ...more });
      return [answer.status, answer.text, answer.headers.get("Content-Range")];
    };
    expect(await part("bytes=2-4")).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await part("bytes=7-")).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part("bytes=-3")).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part("bytes=8-99")).toEqual([206, "89", "bytes 8-9/10"]);
    expect(await part("bytes=10-")).toEqual([416, "", "bytes */10"]);
    expect(await part("bytes=-0")).toEqual([416, "", "bytes */10"]);
    for (const odd of ["bytes=4-2", "bytes=0-1,3-4", "bytes=a-b", "lines=1-2", "bytes=-"]) {
      expect(await part(odd)).toEqual([200, "0123456789", null]);
    }
    const etag = (await get(url)).headers.get("ETag") ?? "";
    expect((await get(url, { "If-None-Match": etag })).status).toBe(304);
    expect(await part("bytes=2-4", { "If-Range": '"another"' })).toEqual([200, "0123456789", null]);
    expect(await part("bytes=2-4", { "If-Range": etag })).toEqual([206, "234", "bytes 2-4/10"]);
  });

  test("is seen by who sees its conversation, and by nobody else", async () => {
    await context.sql.transaction((tx) =>
      tx.run("UPDATE companies SET visibility = 'assigned' WHERE id = $1", [company.id]),
    );
    try {
      const foreign = await seedCompany(context, { phoneNumberId: "2" });
      const file = await upload("segredo", "s.txt", "text/plain");
      const [other, stranger] = await Promise.all([api.tokenOf(company.viewer), api.tokenOf(foreign.admin)]);
      expect((await get(file.url, {}, await api.tokenOf(company.admin))).status).toBe(404);
      await sent(file.id, { assigneeId: company.agent.userId, queueId: company.queueId });
      expect((await get(file.url, {}, await api.tokenOf(company.admin))).status).toBe(200);
      for (const path of [file.url, `/api/v1/attachments/${file.id}/thumbnail`]) {
        expect((await get(path, {}, other)).status).toBe(404);
        expect((await get(path, {}, stranger)).status).toBe(404);
      }
      expect((await get("/api/v1/attachments/none/a")).status).toBe(404);
      expect((await api.call(`GET ${file.url}`)).status).toBe(401);
    } finally {
      await context.sql.transaction((tx) =>
        tx.run("UPDATE companies SET visibility = 'all' WHERE id = $1", [company.id]),
      );
    }
  });

  test("of a note is not for viewers", async () => {
    const file = await upload("interno", "n.txt", "text/plain");
    const id = await seedConversation(context, company);
    const body = { message_type: "note", content: "veja", attachment_ids: [file.id] };
    const note = await api.call(`POST /api/v1/conversations/${id}/messages`, { token, body });
    expect([note.status, note.at("attachments.0.id")]).toEqual([201, file.id]);
    expect((await get(file.url, {}, await api.tokenOf(company.viewer))).status).toBe(404);
  });
});

describe("a link", () => {
  test("opens its file without signing in, for five minutes, and nothing else", async () => {
    const file = await upload("para fora", "a.txt", "text/plain");
    const other = await upload("outro", "b.txt", "text/plain");
    const link = await api.call(`POST /api/v1/attachments/${file.id}/link`, { token });
    const url = new URL(link.at("url"));
    const open = (path: string) => api.call(`GET ${path}`);
    const path = `${url.pathname}${url.search}`;
    expect((await open(path)).text).toBe("para fora");
    expect((await open(path)).headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    const forged = [
      path.replace(file.id, other.id),
      path.replace(/expires=\d+/, "expires=9999999999999"),
      path.replace(/signature=./, "signature=_"),
      path.replace(/company=[^&]*/, "company=x"),
      `${url.pathname}?signature=x`,
    ];
    for (const wrong of forged) {
      expect([wrong, (await open(wrong)).at("error.code")]).toEqual([wrong, "link_invalid"]);
    }
    context.clock.advance(5 * 60_000);
    expect((await open(path)).at("error.code")).toBe("link_invalid");
  });
});
