import { expect, test } from "bun:test";

import type { UserId } from "../contract/ids.ts";
import { askedStatuses, belongs, firstFilter } from "./filters.ts";
import { conversation } from "./testing/samples.ts";

const me = "u1" as UserId;
const now = Date.parse("2026-11-21T12:00:00.000Z");
const fits = (change: Parameters<typeof conversation>[0], filter: Partial<typeof firstFilter> = {}) =>
  belongs(conversation(change), { ...firstFilter, ...filter }, { me, now });

test("open are the ones that want an agent; those that wait for the customer have their own list", () => {
  expect(fits({ status: "active" })).toBe(true);
  expect(fits({ status: "assigned" })).toBe(true);
  expect(fits({ status: "waiting" })).toBe(false);
  expect(fits({ status: "waiting" }, { stage: "waiting" })).toBe(true);
  expect(fits({ status: "closed" }, { stage: "resolved" })).toBe(true);
});

test("a snoozed conversation is away until its time has come", () => {
  const later = { snoozed_until: "2026-11-21T13:00:00.000Z" };
  expect(fits(later)).toBe(false);
  expect(fits(later, { stage: "snoozed" })).toBe(true);
  expect(fits({ snoozed_until: "2026-11-21T11:00:00.000Z" })).toBe(true);
});

test("mine are mine, unassigned are nobody's", () => {
  expect(fits({ assignee_id: me }, { scope: "mine" })).toBe(true);
  expect(fits({ assignee_id: "u2" as UserId }, { scope: "mine" })).toBe(false);
  expect(fits({ assignee_id: null }, { scope: "unassigned" })).toBe(true);
  expect(fits({ assignee_id: me }, { scope: "unassigned" })).toBe(false);
});

test("the server is asked in its own words", () => {
  expect(askedStatuses("open")).toBe("active,assigned");
  expect(askedStatuses("resolved")).toBe("closed");
});
