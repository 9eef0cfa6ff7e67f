import { expect, test } from "bun:test";

import { type Line, ratioOf, verdictOf } from "./report.ts";
import { percentile, summarize } from "./stats.ts";

const line: Line = { name: "a.line", unit: "/s", value: 30 };
const against = { what: "peer", value: 100 };

test("a promise of at least is kept from its ratio on, and short below it", () => {
  const promised = { bound: "at least", ratio: 0.3 } as const;
  expect(verdictOf({ ...line, against, promised })).toBe("ok");
  expect(verdictOf({ ...line, value: 29, against, promised })).toBe("short");
});

test("a promise of at most is kept up to its ratio, and short above it", () => {
  const promised = { bound: "at most", ratio: 0.3 } as const;
  expect(verdictOf({ ...line, against, promised })).toBe("ok");
  expect(verdictOf({ ...line, value: 31, against, promised })).toBe("short");
});

test("what was compared with nothing has no ratio, and informs", () => {
  expect(ratioOf(line)).toBeUndefined();
  expect(verdictOf(line)).toBe("info");
  expect(verdictOf({ name: "a.peer", skipped: "node not found" })).toBe("skipped");
});

test("a peer that did nothing at all does not make a promise kept", () => {
  const promised = { bound: "at least", ratio: 9 } as const;
  expect(verdictOf({ ...line, against: { what: "peer", value: 0 }, promised })).toBe("short");
});

test("percentiles are values that were measured, whatever their order", () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(percentile(values, 0.5)).toBe(100);
  expect(percentile(values, 0.99)).toBe(198);
  expect(percentile(values, 1)).toBe(200);
  expect(() => percentile([], 0.5)).toThrow("nothing was measured");
  expect(summarize([1, 2000, 3, 4]).overSecond).toBe(0.25);
});
