import type { CustomerFile, FileKind } from "../graph/inbound.ts";

/** Bytes; what WhatsApp lets a customer send as a picture or video. */
const largest = 16 * 1024 * 1024;

export interface Upload {
  readonly kind: FileKind;
  readonly file: CustomerFile;
}

/** A file that the person at the phone chose: the body as it is, its name and caption in the query. */
export async function readUpload(request: Request): Promise<Upload | undefined> {
  const { searchParams } = new URL(request.url);
  const mimeType = request.headers.get("Content-Type")?.split(";")[0]?.trim() ?? "";
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(mimeType) || bytes.length === 0 || bytes.length > largest)
    return undefined;
  const caption = searchParams.get("caption")?.trim().slice(0, 1024);
  const kind = kindOf(mimeType);
  const filename = searchParams.get("name")?.slice(0, 200) ?? "arquivo";
  const file = {
    bytes,
    mimeType,
    ...(kind === "document" ? { filename } : {}),
    ...(caption ? { caption } : {}),
  };
  return { kind, file };
}

function kindOf(mimeType: string): FileKind {
  if (/^image\/(?:jpeg|png)$/.test(mimeType)) return "image";
  if (mimeType === "video/mp4") return "video";
  return mimeType.startsWith("audio/") ? "audio" : "document";
}
