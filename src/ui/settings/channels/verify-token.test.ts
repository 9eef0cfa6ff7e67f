import { expect, test } from "bun:test";

import { newVerifyToken } from "./verify-token.ts";

test("a verify token is 24 characters that can't be mistaken for one another, and never the same twice", () => {
  const tokens = Array.from({ length: 200 }, newVerifyToken);
  for (const token of tokens) expect(token).toMatch(/^[a-hjkmnp-z2-9]{24}$/);
  expect(new Set(tokens).size).toBe(tokens.length);
});
