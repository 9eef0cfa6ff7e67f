import { expect, test } from "bun:test";

import { type EventType, eventTypes, type FrameType } from "../../../contract/events.ts";
import { deliveriesOf, happeningDeliveries } from "../../deliveries.ts";
import { contactTypes, happenings } from "../testing/happenings.ts";
import * as sample from "../testing/samples.ts";
import { conversations } from "./dialect.ts";

const { samples, contact, conversation, message, reply } = sample;
const conversation_id = conversation.id;

/** The frame of each sample event and its data; null where the dialect says nothing. */
const frames: Record<EventType, readonly [FrameType, unknown] | null> = {
  "message.created": ["message_received", message],
  "message.status": [
    "message_status_updated",
    { message_id: reply.id, conversation_id, status: "delivered" },
  ],
  "message.updated": ["message_updated", samples["message.updated"].message],
  "message.deleted": ["message_deleted", { message_id: message.id, conversation_id, deleted_at: sample.at }],
  "conversation.created": ["conversation_created", conversation],
  "conversation.updated": ["conversation_updated", samples["conversation.updated"].conversation],
  "conversation.assigned": null,
  "conversation.transferred": null,
  "conversation.status": null,
  "conversation.read": ["read", { conversation_id, unread_count: 0, position: message.position }],
  "conversation.deleted": ["conversation_removed", { conversation_id }],
  "contact.created": ["contact_created", contact],
  "contact.updated": ["contact_updated", contact],
  "contact.merged": ["contact_merged", { contact, merged_id: samples["contact.merged"].data.merged_id }],
  "contact.deleted": ["contact_deleted", { contact_id: contact.id }],
  "channel.created": ["channel_updated", samples["channel.created"].channel],
  "channel.updated": ["channel_updated", sample.channel],
  "channel.deleted": ["channel_updated", { id: sample.channel.id, deleted: true }],
  "channel.status": [
    "channel_status",
    { channel_id: sample.channel.id, status: "connected", status_detail: null },
  ],
  "channel.qr": ["channel_qr", { channel_id: sample.channel.id, qr: samples["channel.qr"].qr }],
  "user.updated": ["user_updated", sample.user],
  "queue.updated": ["queue_updated", samples["queue.updated"].queue],
  "label.updated": ["label_updated", samples["label.updated"].label],
  notification: ["notification", sample.notification],
  "bulk.changed": ["bulk_changed", { kind: "contacts" }],
};

test.each(eventTypes.map((type) => [type] as const))("%s carries the whole entity in its frame", (type) => {
  const told = deliveriesOf(conversations, samples[type]).map(({ name, payload }) => [name, payload]);
  const frame = frames[type];
  expect(told).toEqual(frame === null ? [] : [[...frame]]);
});

test("what goes out was sent, whoever wrote it", () => {
  const event = { ...samples["message.created"], message: reply };
  expect(conversations.events["message.created"](event)[0]?.name).toBe("message_sent");
});

test("a queue and a label that are gone are told by their ids", () => {
  const queue = { ...samples["queue.updated"], queue: null };
  const label = { ...samples["label.updated"], label: null };
  expect(conversations.events["queue.updated"](queue)[0]?.payload).toEqual({
    id: queue.data.queue_id,
    deleted: true,
  });
  expect(conversations.events["label.updated"](label)[0]?.payload).toEqual({
    id: label.data.label_id,
    deleted: true,
  });
});

test("a frame is JSON text with the event's place in the log, and none where it has no place", () => {
  const delivery = { name: "read", payload: { conversation_id } };
  const text = (sequence: { seq: number; last: boolean } | null): unknown =>
    JSON.parse(String(conversations.frame("json", delivery, sequence)));
  expect(text({ seq: 7, last: true })).toEqual({ type: "read", seq: 7, data: { conversation_id } });
  expect(text(null)).toEqual({ type: "read", data: { conversation_id } });
});

test("the contact's typing goes to who may see the conversation, a colleague's to who looks at it", () => {
  expect(happeningDeliveries(conversations, contactTypes)).toEqual([
    {
      room: { kind: "audience" },
      name: "typing_start",
      payload: { conversation_id, contact_id: contact.id },
    },
  ]);
  const stopped = { ...contactTypes, typing: false };
  expect(happeningDeliveries(conversations, stopped)[0]?.name).toBe("typing_stop");
  expect(happeningDeliveries(conversations, happenings.typing)).toEqual([
    {
      room: { kind: "conversation", conversationId: conversation_id },
      name: "agent_typing",
      payload: { conversation_id, user_id: sample.agentId, typing: true },
    },
  ]);
});

test("presence, who looks at a conversation, and the tick have their fields", () => {
  const told = [happenings.presence, happenings.viewing, happenings.tick].map(
    (one) => happeningDeliveries(conversations, one)[0],
  );
  expect(told.map((one) => [one?.name, one?.payload])).toEqual([
    ["presence", { user_id: sample.agentId, presence: "online", last_seen_at: null }],
    ["viewing", { conversation_id, user_ids: [sample.agentId] }],
    ["tick", { seq: 1815 }],
  ]);
});
