import { expect, test } from "bun:test";

import { Refusal } from "../contract/errors.ts";
import { manualClock } from "../lib/clock.ts";
import { accountName, addressName, Throttle } from "./throttle.ts";

function passes(throttle: Throttle, ...names: string[]): boolean {
  try {
    throttle.attempt(names);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "rate_limited") return false;
    throw error;
  }
}

test("ten attempts a minute pass, the next is told when to come back", () => {
  const clock = manualClock();
  const throttle = new Throttle(clock);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(passes(throttle, "ana")).toBe(true);
    clock.advance(1_000);
  }
  expect(() => throttle.attempt(["ana"])).toThrow(
    expect.objectContaining({ code: "rate_limited", details: { retry_after: 50 } }),
  );
  clock.advance(50_000);
  expect(passes(throttle, "ana")).toBe(true);
  expect(passes(throttle, "ana")).toBe(false);
});

test("a refused attempt counts under none of its names", () => {
  const throttle = new Throttle(manualClock(), { limit: 1 });
  expect(passes(throttle, "address")).toBe(true);
  expect(passes(throttle, "account", "address")).toBe(false);
  expect(passes(throttle, "account")).toBe(true);
});

test("who was right is not counted", () => {
  const throttle = new Throttle(manualClock(), { limit: 2 });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    throttle.attempt(["ana"]);
    throttle.giveBack(["ana"]);
  }
  expect(passes(throttle, "ana")).toBe(true);
});

test("a million made-up names do not fill the memory", () => {
  const throttle = new Throttle(manualClock(), { capacity: 100 });
  for (let name = 0; name < 10_000; name += 1) throttle.attempt([`name ${name}`]);
  expect(throttle.size).toBe(100);
});

test("an account is one however its address is written", () => {
  expect(accountName(" Ana@Example.com ")).toBe(accountName("ana@example.com"));
});

test.each([
  ["2001:db8:1:2::1", "2001:db8:1:2:aaaa:bbbb:cccc:dddd", true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["2001:db8::1", "2001:db8::2", true],
  ["::1", "2001:db8::1", false],
  ["10.0.0.1", "10.0.0.1", true],
  ["10.0.0.1", "10.0.0.2", false],
])("%s and %s are counted together: %p", (one, other, isSame) => {
  expect(addressName(one) === addressName(other)).toBe(isSame);
});
