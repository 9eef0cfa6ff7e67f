/** What a file is by its first bytes (mimesniff.spec.whatwg.org, and the formats' own documents). */

/** Bytes that are looked at. */
export const headSize = 64;

interface Signature {
  readonly at: number;
  readonly bytes: string;
  /** The first is what it is taken for; another one where the sender says so, since one container carries several. */
  readonly types: readonly [string, ...string[]];
}

const officeTypes = [
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/epub+zip",
];
const oldOfficeTypes = ["application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"];

const signatures: readonly Signature[] = [
  { at: 0, bytes: "\xff\xd8\xff", types: ["image/jpeg"] },
  { at: 0, bytes: "\x89PNG\r\n\x1a\n", types: ["image/png"] },
  { at: 0, bytes: "GIF87a", types: ["image/gif"] },
  { at: 0, bytes: "GIF89a", types: ["image/gif"] },
  { at: 8, bytes: "WEBPVP", types: ["image/webp"] },
  { at: 8, bytes: "WAVE", types: ["audio/wav"] },
  { at: 4, bytes: "ftypM4A", types: ["audio/mp4"] },
  { at: 4, bytes: "ftyp3g", types: ["video/3gpp", "audio/3gpp"] },
  { at: 4, bytes: "ftypqt", types: ["video/quicktime"] },
  { at: 4, bytes: "ftyphei", types: ["image/heic"] },
  { at: 4, bytes: "ftypmif1", types: ["image/heic", "image/avif"] },
  { at: 4, bytes: "ftypavi", types: ["image/avif"] },
  { at: 4, bytes: "ftyp", types: ["video/mp4", "audio/mp4"] },
  { at: 0, bytes: "\x1a\x45\xdf\xa3", types: ["video/webm", "audio/webm"] },
  { at: 0, bytes: "OggS", types: ["audio/ogg", "video/ogg"] },
  { at: 0, bytes: "ID3", types: ["audio/mpeg"] },
  { at: 0, bytes: "\xff\xfb", types: ["audio/mpeg"] },
  { at: 0, bytes: "\xff\xf3", types: ["audio/mpeg"] },
  { at: 0, bytes: "\xff\xf2", types: ["audio/mpeg"] },
  { at: 0, bytes: "\xff\xf1", types: ["audio/aac"] },
  { at: 0, bytes: "\xff\xf9", types: ["audio/aac"] },
  { at: 0, bytes: "#!AMR", types: ["audio/amr"] },
  { at: 0, bytes: "fLaC", types: ["audio/flac"] },
  { at: 0, bytes: "%PDF-", types: ["application/pdf"] },
  { at: 0, bytes: "PK\x03\x04", types: ["application/zip", ...officeTypes] },
  {
    at: 0,
    bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    types: ["application/x-ole-storage", ...oldOfficeTypes],
  },
];

const unknown = "application/octet-stream";

/**
 * The type that a file is kept and sent under: what its bytes say. What has no mark of its own is believed to be what
 * the sender says, unless it claims to be a picture, sound, film or PDF, which all have one.
 */
export function sniffType(head: Uint8Array, declared: string): string {
  const claim = declared.split(";")[0]?.trim().toLowerCase() ?? "";
  const text = Buffer.from(head).toString("latin1");
  const found = signatures.find(({ at, bytes }) => text.startsWith(bytes, at));
  if (found) return found.types.find((type) => type === claim) ?? found.types[0];
  if (!/^[a-z]+\/[a-z0-9][\w.+-]{0,100}$/.test(claim)) return unknown;
  return /^(?:image|audio|video)\/|^application\/pdf$/.test(claim) ? unknown : claim;
}
