import { createRoute, z } from "@hono/zod-openapi";

import { Refusal } from "../../contract/errors.ts";
import type { AttachmentId } from "../../contract/ids.ts";
import { toInstant } from "../../lib/clock.ts";
import { type FilePart, firstFile, MultipartError } from "../../lib/multipart.ts";
import { opaqueId } from "../../lib/opaque-id.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { attachmentSchema } from "../messages/schema.ts";
import { type AppContext, createRouter, json, refusals, type Router, signedIn } from "../routing.ts";
import { createLink, type LinkQuery, openLink } from "./link.ts";
import { THUMBNAIL_TYPE } from "./picture.ts";
import { seeAttachment } from "./see.ts";
import { serveFile } from "./serve.ts";
import type { AttachmentRow } from "./store.ts";
import { maxUpload, uploadAttachment } from "./upload.ts";

const tags = ["Attachments"];
const id = opaqueId<AttachmentId>();
const params = z.object({ id });
const file = { description: "The file, or the range that was asked for" };
const linkQuery = z.object({
  company: z.string().max(64).optional(),
  expires: z.coerce.number().int().optional(),
  signature: z.string().max(100).optional(),
});

const uploadRoute = createRoute({
  method: "post",
  path: "/attachments",
  tags,
  summary: "Upload one file, to be sent by `attachment_ids`",
  description: "`multipart/form-data` with one file of at most 100 MiB. Its type is what its bytes say.",
  request: {
    body: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: z.object({ file: z.unknown().openapi({ type: "string", format: "binary" }) }),
        },
      },
    },
  },
  responses: {
    201: json(attachmentSchema),
    ...refusals("invalid_request", "unauthorized", "forbidden", "body_too_large", "unsupported_media_type"),
  },
});

const thumbnailRoute = createRoute({
  method: "get",
  path: "/attachments/{id}/thumbnail",
  tags,
  summary: "A small WebP of a picture",
  request: { params },
  responses: { 200: file, ...refusals("unauthorized", "not_found") },
});

const fileRoute = createRoute({
  method: "get",
  path: "/attachments/{id}/{name}",
  tags,
  summary: "The file, by token, session cookie or signed link",
  request: { params: params.extend({ name: z.string() }), query: linkQuery },
  responses: { 200: file, 206: file, ...refusals("unauthorized", "link_invalid", "not_found") },
});

const linkRoute = createRoute({
  method: "post",
  path: "/attachments/{id}/link",
  tags,
  summary: "An address that opens the file for five minutes without signing in",
  request: { params },
  responses: {
    201: json(z.object({ url: z.string(), expires_at: z.string() })),
    ...refusals("unauthorized", "not_found"),
  },
});

/** `/attachments` below `/api/v1`. */
export function attachmentRoutes(context: Context): Router {
  const router = createRouter();

  // Not by the validator, which would read the whole file into memory.
  router.openAPIRegistry.registerPath(uploadRoute);
  router.post(uploadRoute.path, async (c) => {
    const caller = signedIn(c);
    return c.json(await uploadAttachment(context, caller, await fileOf(c)), 201);
  });

  router.openapi(thumbnailRoute, async (c) => {
    const caller = signedIn(c);
    const row = await context.sql.read((tx) => seeAttachment(tx, caller, c.req.valid("param").id));
    if (row.thumbnail_sha256 === null) throw new Refusal("not_found");
    const thumbnail = { sha256: row.thumbnail_sha256, name: "thumbnail.webp", mimeType: THUMBNAIL_TYPE };
    return serveFile(context.blobs, thumbnail, c.req.raw.headers);
  });

  router.openapi(fileRoute, async (c) => {
    const link = toLink(c.req.valid("query"));
    const attachmentId = c.req.valid("param").id;
    if (!link) {
      const caller = signedIn(c);
      return answer(c, await context.sql.read((tx) => seeAttachment(tx, caller, attachmentId)));
    }
    const response = answer(c, await openLink(context, attachmentId, link));
    // It is made for pages of other sites.
    response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    return response;
  });

  router.openapi(linkRoute, async (c) => {
    const { path, expiresAt } = await createLink(context, signedIn(c), c.req.valid("param").id);
    const url = new URL(path, `${c.get("secure") ? "https" : "http"}://${new URL(c.req.url).host}`);
    return c.json({ url: url.href, expires_at: toInstant(expiresAt) }, 201);
  });

  const answer = (c: AppContext, row: AttachmentRow): Response => {
    if (row.sha256 === null) throw new Refusal("not_found");
    const served = { sha256: row.sha256, name: row.name, mimeType: row.mime_type };
    return serveFile(context.blobs, served, c.req.raw.headers);
  };

  return router;
}

function toLink({ company, expires, signature }: z.infer<typeof linkQuery>): LinkQuery | null {
  if (signature === undefined) return null;
  return { company: company ?? "", expires: expires ?? 0, signature };
}

/** Throws `unsupported_media_type`, `body_too_large` by what the client announces, `invalid_request`. */
async function fileOf(c: AppContext): Promise<FilePart> {
  const type = c.req.header("Content-Type");
  if (!/^multipart\/form-data\b/i.test(type ?? "")) throw new Refusal("unsupported_media_type");
  // The parts' own headers take little; what lies about its length is stopped where it is counted.
  if (Number(c.req.header("Content-Length") ?? 0) > maxUpload + 64 * 1024) {
    throw new Refusal("body_too_large", { limit: maxUpload });
  }
  try {
    return await firstFile(type, c.req.raw.body);
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    throw invalidField("file", error.message);
  }
}
