import { expect, test } from "bun:test";

import { type EventType, eventTypes } from "../../../contract/events.ts";
import { deliveriesOf, happeningDeliveries } from "../../deliveries.ts";
import { happenings } from "../testing/happenings.ts";
import { agentId, at, conversation, message, reply, samples } from "../testing/samples.ts";
import { pytake } from "./dialect.ts";

const { dialect } = pytake;
const room = { kind: "conversation", conversationId: conversation.id } as const;

/** What each sample event says; an empty list where this dialect has no word for it. */
const told: Record<EventType, readonly (readonly [string, unknown])[]> = {
  "message.created": [["message:new", message]],
  "message.status": [["message:status", { message_id: reply.id, status: "delivered", timestamp: at }]],
  "message.updated": [],
  "message.deleted": [],
  "conversation.created": [],
  "conversation.updated": [],
  "conversation.assigned": [],
  "conversation.transferred": [],
  "conversation.status": [],
  "conversation.read": [],
  "conversation.deleted": [],
  "contact.created": [],
  "contact.updated": [],
  "contact.merged": [],
  "contact.deleted": [],
  "channel.created": [],
  "channel.updated": [],
  "channel.deleted": [],
  "channel.status": [],
  "channel.qr": [],
  "user.updated": [],
  "queue.updated": [],
  "label.updated": [],
  notification: [],
  "bulk.changed": [],
};

test.each(eventTypes.map((type) => [type] as const))("%s, to the room of its conversation only", (type) => {
  const deliveries = deliveriesOf(dialect, samples[type]);
  expect(deliveries).toEqual(told[type].map(([name, payload]) => ({ room, name, payload })));
});

test.each(["note", "reaction", "system"] as const)("a %s is not for this dialect", (message_type) => {
  const hidden = { ...reply, message_type };
  const created = { ...samples["message.created"], message: hidden };
  const status = { ...samples["message.status"], message: hidden };
  expect(dialect.events["message.created"](created)).toEqual([]);
  expect(dialect.events["message.status"](status)).toEqual([]);
});

test.each([
  ["scheduled", "pending"],
  ["unknown", "pending"],
  ["played", "read"],
] as const)("the newer status %s shows as %s", (status, shown) => {
  const created = { ...samples["message.created"], message: { ...reply, status } };
  const changed = { ...samples["message.status"], data: { ...samples["message.status"].data, status } };
  expect(dialect.events["message.created"](created)[0]?.payload).toMatchObject({ status: shown });
  expect(dialect.events["message.status"](changed)[0]?.payload).toMatchObject({ status: shown });
});

test("typing says who, and whether he still does", () => {
  for (const typing of [true, false]) {
    expect(happeningDeliveries(dialect, { ...happenings.typing, typing })).toEqual([
      { room, name: "user_typing", payload: { conversation_id: conversation.id, user_id: agentId, typing } },
    ]);
  }
});

test("only who asked to resume is told the place in the log", () => {
  const [tick] = happeningDeliveries(dialect, happenings.tick);
  expect(tick?.forms).toEqual(["sequenced"]);
  const frame = (form: string) =>
    String(dialect.frame(form, { name: "a", payload: {} }, { seq: 3, last: true }));
  expect(frame("plain")).toBe('42["a",{}]');
  expect(frame("sequenced")).toBe('42["a",{},{"seq":3,"last":true}]');
});
