/** Writes the frames into the documents of the dialects: `bun scripts/make-wire-docs.ts`. */
import { currentDocuments } from "./wire-docs.ts";

for (const [path, text] of await currentDocuments()) await Bun.write(path, text);
