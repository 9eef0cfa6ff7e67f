import { Refusal } from "../../contract/errors.ts";
import type { Capabilities, MediaType } from "./capabilities.ts";

interface File {
  readonly mime_type: string;
  /** Bytes. */
  readonly size: number;
}

const guesses = ["image", "audio", "video"] as const;

/**
 * As what a file goes: as what was asked for, or else as the kind that shows it, or else as a document.
 * Throws `not_supported` with `reason` `media_type` | `file_too_large` where the channel does not take it so.
 */
export function mediaTypeFor(file: File, wanted: MediaType | null, { media }: Capabilities): MediaType {
  const fits = (type: MediaType) => problemOf(file, media[type]) === null;
  const type = wanted ?? guesses.find(fits) ?? "document";
  const problem = problemOf(file, media[type]);
  if (problem) throw new Refusal("not_supported", problem);
  return type;
}

function problemOf(file: File, limit: Capabilities["media"][MediaType]): Record<string, unknown> | null {
  const mimeType = file.mime_type.split(";")[0]?.trim() ?? "";
  if (limit.mimeTypes !== null && !limit.mimeTypes.includes(mimeType)) {
    return { reason: "media_type", mime_type: mimeType, allowed: limit.mimeTypes };
  }
  if (file.size > limit.maxSize) return { reason: "file_too_large", limit: limit.maxSize };
  return null;
}
