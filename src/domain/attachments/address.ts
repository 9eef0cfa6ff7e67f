import type { AttachmentId } from "../../contract/ids.ts";

const base = "/api/v1/attachments";

/** Where the file is read; the name is there for people and for "save as", the id alone decides. */
export function attachmentUrl(id: AttachmentId, name: string): string {
  // The one name that is an address of its own.
  const segment = name === "thumbnail" ? "file" : name;
  return `${base}/${id}/${encodeURIComponent(segment.toWellFormed())}`;
}

export function thumbnailUrl(id: AttachmentId): string {
  return `${base}/${id}/thumbnail`;
}
