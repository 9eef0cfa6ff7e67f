import { z } from "zod";

/** The name of the list inside the folder of the built UI; not served itself. */
export const manifestName = "files.json";

const uiFile = z.strictObject({
  /** The `Content-Type`. */
  type: z.string(),
  /** Hash of the uncompressed content. */
  hash: z.string(),
  /** How long a browser keeps it: for ever (its name has a hash), for a day, or asks each time. */
  keep: z.enum(["forever", "day", "ask"]),
  /** What stands beside it already compressed, as `name.br` and `name.gz`. */
  encodings: z.array(z.enum(["br", "gzip"])),
});

/** Everything that the built UI consists of, by its path in an address; written by the build, read by the server. */
export const uiManifest = z.strictObject({
  files: z.record(z.string().startsWith("/"), uiFile),
  /** What a browser loads before it can show the first screen. */
  firstLoad: z.array(z.string()),
});

export type UiFile = z.infer<typeof uiFile>;
export type UiManifest = z.infer<typeof uiManifest>;
