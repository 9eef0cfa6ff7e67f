import { describe, expect, test } from "bun:test";

import { backoffMs } from "../lib/retry.ts";
import type { SendResult } from "./channel.ts";
import { endingOf } from "./ending.ts";

const HOUR = 60 * 60 * 1000;
const now = Date.UTC(2026, 0, 5);
const error = { code: "131000", message: "Something went wrong" };
const retry = (after: number | null): SendResult => ({ outcome: "retry", error, after, wholeChannel: false });
const waitOf = (result: SendResult, attempts: number, random: () => number) => {
  const ending = endingOf(result, { attempts, firstAt: now, now, account: "a", random });
  return ending.kind === "retry" ? ending.dueAt - now : Number.NaN;
};

describe("the wait before another try", () => {
  test("doubles from two seconds to an hour, and lies between half of that and all of it", () => {
    for (let attempts = 1; attempts <= 60; attempts += 1) {
      const full = Math.min(2_000 * 2 ** (attempts - 1), HOUR);
      expect([waitOf(retry(null), attempts, () => 0), waitOf(retry(null), attempts, () => 1)]).toEqual([
        full / 2,
        full,
      ]);
    }
  });

  test("is spread: those who failed together don't come back together", () => {
    const waits = new Set(
      Array.from({ length: 100 }, () => backoffMs(5, { firstMs: 1_000, longestMs: HOUR })),
    );
    expect(waits.size).toBeGreaterThan(80);
  });

  test("is never shorter than the provider asks for, nor much longer than a day", () => {
    expect(waitOf(retry(30_000), 1, () => 0)).toBe(30_000);
    expect(waitOf(retry(30_000), 1, () => 1)).toBe(33_000);
    expect(waitOf(retry(365 * 24 * HOUR), 1, () => 0)).toBe(24 * HOUR);
  });
});

describe("the last try", () => {
  const ending = (result: SendResult, hours: number) =>
    endingOf(result, { attempts: 9, firstAt: now - hours * HOUR, now, account: "a" }).kind;

  test("is the first one that fails a day after the first", () => {
    expect([23.9, 24].map((hours) => ending(retry(null), hours))).toEqual(["retry", "failed"]);
  });

  test("of a paused channel is none: the queue keeps, however old", () => {
    expect(ending({ outcome: "pause", error }, 48)).toBe("pause");
  });
});
