import { expect, test } from "bun:test";

import type { TFunction } from "i18next";

import { reasonOf } from "./failure-reason.ts";

const t = ((key: string) => key) as TFunction;

test("a refusal that we know is told in the agent's language", () => {
  const error = { code: "131047", message: "Re-engagement message", retryable: false };
  expect(reasonOf(error, t)).toBe("status.why.window");
});

test("any other is told in the provider's words", () => {
  expect(reasonOf({ code: "999999", message: "Something new", retryable: true }, t)).toBe("Something new");
});

test("without a reason there is at least what to do", () => {
  expect(reasonOf(null, t)).toBe("status.failedHint");
});
