import { expect, test } from "bun:test";

import { channelStatuses, messageTypes } from "../../../contract/entities.ts";
import { type EventType, eventTypes } from "../../../contract/events.ts";
import { deliveriesOf } from "../../deliveries.ts";
import {
  at,
  channel,
  companyId,
  contact,
  conversation,
  message,
  reply,
  samples,
} from "../testing/samples.ts";
import { syszap } from "./dialect.ts";
import { sessionStatus, toMessage, typeNumber } from "./wire.ts";

const { dialect } = syszap;
const audience = "audience";
const client = {
  Id: contact.id,
  Name: "Camila Rocha",
  WhatsApp_Number: "5511987654321",
  Profile_Pic_URL: "/files/avatars/camila.webp",
  timestamp: at,
};
const newMessage = {
  Id: message.id,
  Chat_Id: `${channel.id}:${contact.id}`,
  Direction: 0,
  Type: 0,
  Body: "Ainda tem bolo de cenoura?",
  Chat: { WA_Chat_Id: "5511987654321@c.us" },
  Client: { Name: "Camila Rocha", WhatsApp_Number: "5511987654321" },
  timestamp: at,
};
const status = (word: string) => ({ sessionId: channel.id, status: word, timestamp: at });
const update = { ...client, Last_Contact_At: at };

/** Room, type and data of each sample event; null where this dialect has no word for it. */
const told: Record<EventType, readonly [string, string, unknown] | null> = {
  "message.created": [audience, "new_message", newMessage],
  "message.status": null,
  "message.updated": null,
  "message.deleted": null,
  "conversation.created": null,
  "conversation.updated": null,
  "conversation.assigned": null,
  "conversation.transferred": null,
  "conversation.status": null,
  "conversation.read": null,
  "conversation.deleted": null,
  "contact.created": [audience, "new_client", { ...client, Company_Id: companyId }],
  "contact.updated": [audience, "client_update", update],
  "contact.merged": [audience, "client_update", update],
  "contact.deleted": null,
  "channel.created": ["company", "session_status", status("connecting")],
  "channel.updated": null,
  "channel.deleted": ["company", "session_status", status("disconnected")],
  "channel.status": ["company", "session_status", status("connected")],
  "channel.qr": [
    "managers",
    "qr_code",
    { sessionId: channel.id, qrCode: samples["channel.qr"].qr, timestamp: at },
  ],
  "user.updated": null,
  "queue.updated": null,
  "label.updated": null,
  notification: null,
  "bulk.changed": null,
};

test.each(eventTypes.map((type) => [type] as const))("%s has the keys of the reference", (type) => {
  const deliveries = deliveriesOf(dialect, samples[type]);
  const expected = told[type];
  expect(deliveries.map(({ room, name, payload }) => [room.kind, name, payload])).toEqual(
    expected === null ? [] : [[...expected]],
  );
});

test("an agent's answer goes out, in the same chat", () => {
  expect(toMessage(reply, conversation)).toMatchObject({ Direction: 1, Chat_Id: newMessage.Chat_Id });
});

test.each(["note", "reaction", "system"] as const)("a %s is not for this dialect", (message_type) => {
  const event = { ...samples["message.created"], message: { ...reply, message_type } };
  expect(dialect.events["message.created"](event)).toEqual([]);
});

test("types of messages are numbers", () => {
  expect(Object.fromEntries(messageTypes.map((type) => [type, typeNumber(type)]))).toEqual({
    ...{ text: 0, image: 1, audio: 2, video: 3, document: 4, sticker: 5, location: 6, contacts: 7 },
    ...{ interactive: 9, template: 9, reaction: 9, note: 9, system: 9 },
  });
});

test("a session has four states", () => {
  expect(Object.fromEntries(channelStatuses.map((one) => [one, sessionStatus(one)]))).toEqual({
    connecting: "connecting",
    qr: "qr",
    connected: "connected",
    degraded: "connected",
    disconnected: "disconnected",
    error: "disconnected",
  });
});

test("a contact without a number goes by its id", () => {
  const anonymous = { ...conversation, contact: { ...contact, phone: null, identifiers: [] } };
  expect(toMessage(message, anonymous)).toMatchObject({
    Chat: { WA_Chat_Id: contact.id },
    Client: { WhatsApp_Number: "" },
  });
});

test("what a client's card does not show is no news", () => {
  const event = samples["contact.updated"];
  const changed = { ...event, data: { ...event.data, fields: ["labels", "custom"] as const } };
  expect(dialect.events["contact.updated"](changed)).toEqual([]);
});
