/** A stored file as an HTTP answer. What somebody sent us must never run as ours. */
import { Refusal } from "../../contract/errors.ts";
import type { BlobFiles } from "../../db/blob-files.ts";

/** Types that a browser shows without being able to run anything in them. */
const shown = new Set([
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "audio/aac",
  "audio/amr",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
  "video/mp4",
  "video/webm",
  "video/3gpp",
  "application/pdf",
]);

export interface ServedFile {
  readonly sha256: string;
  readonly name: string;
  readonly mimeType: string;
}

/**
 * Answers the whole file, one range of it (206), that there is no such range (416), or that the client has it (304).
 * Throws `not_found` where the bytes are gone.
 */
export function serveFile(blobs: BlobFiles, file: ServedFile, request: Headers): Response {
  const blob = blobs.open(file.sha256);
  if (!blob) throw new Refusal("not_found");
  const etag = `"${file.sha256}"`;
  const headers = headersOf(file, etag);
  if (isKnown(request.get("If-None-Match"), etag)) return new Response(null, { status: 304, headers });
  const ifRange = request.get("If-Range");
  const asked = ifRange === null || ifRange === etag ? request.get("Range") : null;
  const range = rangeOf(asked, blob.size);
  if (range === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${blob.size}`);
    return new Response(null, { status: 416, headers });
  }
  const [start, end] = range ?? [0, blob.size];
  headers.set("Content-Length", String(end - start));
  if (range) headers.set("Content-Range", `bytes ${start}-${end - 1}/${blob.size}`);
  return new Response(blob.slice(start, end).stream(), { status: range ? 206 : 200, headers });
}

function headersOf({ name, mimeType }: ServedFile, etag: string): Headers {
  const type = mimeType.split(";")[0]?.trim().toLowerCase() ?? "";
  const inline = shown.has(type);
  return new Headers({
    "Content-Type": inline ? type : "application/octet-stream",
    "Content-Disposition": disposition(inline ? "inline" : "attachment", name),
    // A browser's own PDF viewer does not start in a sandbox; a PDF's scripts don't reach the page's origin anyway.
    "Content-Security-Policy":
      type === "application/pdf" ? "default-src 'self'; script-src 'none'" : "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
    "Accept-Ranges": "bytes",
    ETag: etag,
  });
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
function disposition(kind: "inline" | "attachment", name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function isKnown(header: string | null, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}

/** `[start, end)`; null for the whole, also where several ranges are asked for or the header makes no sense (RFC 9110, 14.2). */
function rangeOf(header: string | null, size: number): readonly [number, number] | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (first === "" && last === "") return null;
  if (first === "") return Number(last) === 0 ? "unsatisfiable" : [Math.max(0, size - Number(last)), size];
  const start = Number(first);
  const end = last === "" ? size : Math.min(size, Number(last) + 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "unsatisfiable" : [start, end];
}
