import { expect, test } from "bun:test";

import { conversationStatuses } from "../../contract/entities.ts";
import type { UserId } from "../../contract/ids.ts";
import { newId } from "../../lib/ids.ts";
import { isOpen, statusAfterAssign, statusAfterReply, statusByHand } from "./status.ts";

const somebody = newId<UserId>();

test("assigning makes any conversation assigned, a finished one too", () => {
  expect(conversationStatuses.map((status) => statusAfterAssign(status, somebody))).toEqual(
    Array(conversationStatuses.length).fill("assigned"),
  );
});

test("taking a conversation away makes it active, unless it is finished", () => {
  expect(conversationStatuses.map((status) => statusAfterAssign(status, null))).toEqual([
    "active",
    "active",
    "active",
    "resolved",
    "closed",
  ]);
});

test("an agent's reply makes a conversation wait, except a closed one", () => {
  expect(conversationStatuses.map(statusAfterReply)).toEqual([
    "waiting",
    "waiting",
    "waiting",
    "waiting",
    "closed",
  ]);
});

test("opening by hand gives it back to whoever has it", () => {
  expect(statusByHand("active", somebody)).toBe("assigned");
  expect(statusByHand("assigned", null)).toBe("active");
  expect(statusByHand("waiting", null)).toBe("waiting");
  expect(conversationStatuses.filter(isOpen)).toEqual(["active", "assigned", "waiting"]);
});
