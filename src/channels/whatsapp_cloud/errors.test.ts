import { describe, expect, test } from "bun:test";

import { classify, type ErrorClass, refused } from "./errors.ts";

/** The table of channels.md, written out once more. */
const table: Readonly<Record<ErrorClass, readonly number[]>> = {
  retry: [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004],
  pause: [0, 3, 10, 190, 200, 250, 299, 131005, 368, 130497, 131031, 131042, 131045, 131048],
  permanent: [
    ...[33, 100, 131008, 131009, 131021, 131026, 131037, 131047, 131050, 131051, 131052, 131053, 131062],
    ...[132000, 132001, 132015, 132999, 130472],
  ],
  wait: [131049],
};

describe("an error of Meta's", () => {
  for (const [expected, codes] of Object.entries(table)) {
    test(`is "${expected}" for ${codes.join(", ")}, whatever the HTTP status`, () => {
      for (const code of codes) {
        for (const status of [400, 401, 429, 500]) {
          expect<[number, string]>([code, classify(code, status)]).toEqual([code, expected]);
        }
      }
    });
  }

  test("without a code that we know goes by its HTTP status", () => {
    const classes = [429, 500, 502, 503, 599, 401, 400, 404].map((status) => classify(null, status));
    expect(classes).toEqual(["retry", "retry", "retry", "retry", "retry", "pause", "permanent", "permanent"]);
    expect(classify(999_999, 400)).toBe("permanent");
    expect(classify(999_999, 503)).toBe("retry");
  });

  test("keeps the provider's words and code", () => {
    const refusal = { status: 400, code: 131026, message: "Message undeliverable", retryAfter: null };
    expect(refused(refusal, 1)).toEqual({
      outcome: "failed",
      error: { code: "131026", message: "Message undeliverable" },
    });
  });

  test("of a busy pair of numbers waits 4^n seconds, of the number as a whole holds everything", () => {
    const pair = { status: 400, code: 131056, message: "", retryAfter: null };
    expect([1, 2, 3, 20].map((attempt) => refused(pair, attempt))).toMatchObject([
      { after: 4_000, wholeChannel: false },
      { after: 16_000, wholeChannel: false },
      { after: 64_000, wholeChannel: false },
      { after: 3_600_000, wholeChannel: false },
    ]);
    const rate = { status: 429, code: 130429, message: "", retryAfter: 7_000 };
    expect(refused(rate, 1)).toMatchObject({ outcome: "retry", after: 7_000, wholeChannel: true });
  });
});
