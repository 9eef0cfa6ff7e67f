import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { seedCompany } from "../../../tests/support/company.ts";
import { testContext } from "../../../tests/support/database.ts";
import { maxUpload, uploadAttachment } from "./upload.ts";

test("a file that goes on beyond what it may be is cut off, and nothing of it stays", async () => {
  const context = await testContext();
  try {
    const company = await seedCompany(context);
    const piece = new Uint8Array(4 * 1024 * 1024);
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += piece.byteLength;
        yield piece;
      }
    }
    const part = { name: "x", mimeType: "", content: endless() };
    await expect(uploadAttachment(context, company.agent, part)).rejects.toMatchObject({
      code: "body_too_large",
    });
    expect(given).toBeLessThanOrEqual(maxUpload + piece.byteLength);
    expect(readdirSync(join(context.folder, "files"))).toEqual(["drafts"]);
    expect(readdirSync(join(context.folder, "files", "drafts"))).toEqual([]);
  } finally {
    await context.dispose();
  }
});
