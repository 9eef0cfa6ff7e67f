import { describe, expect, test } from "bun:test";

import { adviceOf } from "./advice.ts";

describe("the advice about a channel in trouble", () => {
  test.each([
    ["Invalid OAuth access token - Cannot parse access token (190)", "token"],
    ["(#10) Application does not have permission for this action (10)", "permission"],
    ["(#200) You do not have the necessary permissions (200)", "permission"],
    ["Object with ID '1' does not exist (100)", "number"],
    ["Business account is restricted (131031)", "blocked"],
    ["Payment issue (131042)", "billing"],
    ["webhooks: (#200) You do not have the necessary permissions (200)", "webhooks"],
    ["number quality: RED", "quality"],
  ] as const)("for %p is about the %s", (detail, advice) => {
    expect(adviceOf(detail)).toBe(advice);
  });

  test("is to wait when nothing says that the shop can do anything", () => {
    expect(adviceOf("no answer (ECONNRESET)")).toBe("meta");
    expect(adviceOf("Bad Gateway")).toBe("meta");
    expect(adviceOf("An unknown error (1)")).toBe("meta");
    expect(adviceOf(null)).toBe("meta");
  });
});
