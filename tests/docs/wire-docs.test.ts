import { expect, test } from "bun:test";
import { relative } from "node:path";

import { root } from "../../scripts/paths.ts";
import { currentDocuments } from "../../scripts/wire-docs.ts";

test("the documents of the dialects show the frames that are sent (else: bun scripts/make-wire-docs.ts)", async () => {
  for (const [path, text] of await currentDocuments()) {
    expect([relative(root, path), await Bun.file(path).text()]).toEqual([relative(root, path), text]);
  }
});
