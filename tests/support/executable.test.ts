import { expect, test } from "bun:test";

import { startExecutable } from "./executable.ts";

test("a start that fails is told with what the process said", async () => {
  const start = startExecutable({ from: "sources", args: ["serve", "--port", "ninety"] });
  const error: unknown = await start.catch((reason: unknown) => reason);
  expect(String(error)).toContain("did not start (2)");
  expect(String(error)).toContain('--port "ninety" is not valid: it may be a whole number from 0 to 65535');
});
