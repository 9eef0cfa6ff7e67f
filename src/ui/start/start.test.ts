import { expect, test } from "bun:test";

import type { Conversation } from "../../contract/entities.ts";
import type { ChannelId, UserId } from "../../contract/ids.ts";
import { ApiError } from "../api.ts";
import { contact, conversation } from "../testing/samples.ts";
import { phoneIn, start, type Whom } from "./start.ts";

test.each([
  ["11 98765-4321", "11 98765-4321"],
  [" +55 (11) 98765-4321 ", "+55 (11) 98765-4321"],
  ["5511987654321", "5511987654321"],
  ["4321", null],
  ["1234567890123456", null],
  ["Maria 11 98765-4321", null],
  ["", null],
])("what is typed as %p is the phone number %p", (typed, phone) => {
  expect(phoneIn(typed)).toBe(phone);
});

/** Begins a conversation with a server that answers as the test says. */
function begin(whom: Whom, post: (body: object) => Promise<Conversation>) {
  return start({ whom, channelId: "h1" as ChannelId, assigneeId: "u1" as UserId, post });
}

test("a conversation that somebody begins is with that agent", async () => {
  const asked: object[] = [];
  const made = conversation();
  const started = await begin({ kind: "contact", contact }, (body) => {
    asked.push(body);
    return Promise.resolve(made);
  });
  expect(started).toEqual({ kind: "new", conversation: made });
  expect(asked).toEqual([{ contact_id: contact.id, channel_id: "h1", assignee_id: "u1" }]);
});

test("a number goes to the server as it was typed", async () => {
  const asked: object[] = [];
  await begin({ kind: "phone", phone: "11 98765-4321" }, (body) => {
    asked.push(body);
    return Promise.resolve(conversation());
  });
  expect(asked).toEqual([{ phone: "11 98765-4321", channel_id: "h1", assignee_id: "u1" }]);
});

test("where there is an open conversation already, it is found", async () => {
  const taken = new ApiError("conversation_open", "open", {
    status: 409,
    details: { conversation_id: "c9" },
  });
  const started = await begin({ kind: "contact", contact }, () => Promise.reject(taken));
  expect(started).toMatchObject({ kind: "open", id: "c9" });
});

test("any other refusal is the caller's to show", async () => {
  const refused = new ApiError("invalid_request", "no", { status: 400 });
  await expect(begin({ kind: "phone", phone: "00000000" }, () => Promise.reject(refused))).rejects.toBe(
    refused,
  );
});
