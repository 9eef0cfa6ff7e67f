import { expect, test } from "bun:test";

import { readCookie } from "./cookies.ts";

test.each([
  ["balcao_session=abc", "abc"],
  ["a=1; balcao_session=abc; b=2", "abc"],
  ["balcao_session=a=b==", "a=b=="],
  ["balcao_session=first; balcao_session=second", "first"],
  ["xbalcao_session=abc", undefined],
  ["balcao_session=", undefined],
  ["balcao_session", undefined],
  ["", undefined],
  [undefined, undefined],
  [";;;=;".repeat(1_000), undefined],
])("the session in %j is %j", (header, value) => {
  expect(readCookie(header, "balcao_session")).toBe(value);
});
