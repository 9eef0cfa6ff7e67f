import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { Attachment } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { AttachmentId } from "../../contract/ids.ts";
import { BlobTooLarge } from "../../db/blob-files.ts";
import { randomId } from "../../lib/ids.ts";
import { type FilePart, MultipartError } from "../../lib/multipart.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { fileName } from "./file-name.ts";
import { readPicture } from "./picture.ts";
import { headSize, sniffType } from "./sniff.ts";
import { type AttachmentRow, insertUpload, toAttachment } from "./store.ts";

/** Bytes: the most that any channel carries. */
export const maxUpload = 100 * 1024 * 1024;

/**
 * Keeps a file for a message that is to follow; until then only its uploader sees it. Its type is what its bytes say.
 * Throws `forbidden`, `body_too_large`, `invalid_request` for an empty or broken upload.
 */
export async function uploadAttachment(
  context: Context,
  caller: Caller,
  part: FilePart,
): Promise<Attachment> {
  requirePermission(caller, "attend");
  const { sha256, size } = await store(context, part);
  const file = context.blobs.open(sha256);
  if (!file) throw new Error("a file is gone right after it was stored");
  const mimeType = sniffType(await file.slice(0, headSize).bytes(), part.mimeType);
  const picture = mimeType.startsWith("image/") ? await readPicture(file) : null;
  const thumbnail = picture && (await context.blobs.put(picture.thumbnail, maxUpload));
  const row: AttachmentRow = {
    id: randomId<AttachmentId>(),
    message_id: null,
    uploaded_by: caller.userId,
    name: fileName(part.name),
    mime_type: mimeType,
    size,
    sha256,
    thumbnail_sha256: thumbnail?.sha256 ?? null,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    duration: null,
    state: "ready",
    created_at: context.clock.now(),
  };
  await context.sql.transaction((tx) => insertUpload(tx, caller.companyId, row));
  return toAttachment(row);
}

async function store({ blobs }: Context, part: FilePart) {
  try {
    const stored = await blobs.put(part.content, maxUpload);
    if (stored.size > 0) return stored;
  } catch (error) {
    if (error instanceof BlobTooLarge) throw new Refusal("body_too_large", { limit: maxUpload });
    if (!(error instanceof MultipartError)) throw error;
  }
  throw invalidField("file", "is empty or incomplete");
}
