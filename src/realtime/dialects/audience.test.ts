/** Who gets what, over real sockets of all four dialects; what is expected stands in the table. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany, seedUser } from "../../../tests/support/company.ts";
import { type DialectClient, dialectClient } from "../../../tests/support/dialect-client.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../tests/support/realtime.ts";
import { type EventData, type EventType, eventTypes, type NewEvent } from "../../contract/events.ts";
import type {
  ContactId,
  ConversationId,
  LabelId,
  MessageId,
  NotificationId,
  UserId,
} from "../../contract/ids.ts";
import { insertNotification } from "../../domain/notifications/store.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { type DialectName, dialectNames } from "../dialect.ts";
import {
  agentTyping,
  audiences,
  contactTyping,
  people,
  type Person,
  presence,
  table,
  type Told,
} from "./testing/audience-table.ts";

interface Seated {
  readonly person: Person;
  readonly client: DialectClient;
}

let server: RealtimeServer;
let company: SeededCompany;
let conversationId: ConversationId;
let messageId: MessageId;
let contactId: ContactId;
let events: { readonly [T in EventType]: EventData[T] };
let member: UserId;
let seats: readonly Seated[] = [];

beforeAll(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context, { visibility: "queue" });
  const stranger = await seedCompany(server.context, { phoneNumberId: "2" });
  const { context } = server;
  const visibility = "queue";
  const queueIds = [company.queueId];
  const callers = {
    admin: company.admin,
    member: { ...company.agent, visibility, queueIds },
    colleague: await seedUser(context, company.id, { role: "agent", visibility, queueIds }),
    outsider: await seedUser(context, company.id, { role: "agent", visibility }),
    viewer: await seedUser(context, company.id, { role: "viewer", visibility, queueIds }),
    strangeViewer: { ...company.viewer, visibility },
    stranger: stranger.admin,
  } as const;
  member = callers.member.userId;
  conversationId = await openConversation(server, company, { queueId: company.queueId });
  messageId = await addMessage(server, company, { conversationId, content: "oi" });
  contactId = await contactOf(conversationId);
  events = await eventsOf();
  await server.bus.settled();
  seats = await Promise.all(
    people.flatMap((person) =>
      dialectNames.map(async (dialect) => ({
        person,
        client: await dialectClient(server, dialect, callers[person]),
      })),
    ),
  );
  for (const { person, client: one } of seats) if (person === "member") await one.join(conversationId);
});
afterAll(async () => {
  await Promise.all(seats.map(({ client: one }) => one[Symbol.asyncDispose]()));
  await server[Symbol.asyncDispose]();
});

async function contactOf(id: ConversationId): Promise<ContactId> {
  const row = await server.context.sql.read((tx) =>
    tx.get<{ contact_id: ContactId }>("SELECT contact_id FROM conversations WHERE id = $1", [id]),
  );
  if (!row) throw new Error("no such conversation");
  return row.contact_id;
}

async function eventsOf(): Promise<typeof events> {
  const { channelId: channel_id, queueId: queue_id } = company;
  const conversation_id = conversationId;
  const about = { message_id: messageId, conversation_id };
  const before = { queue_id, assignee_id: null };
  const label_id = newId<LabelId>();
  return {
    "message.created": about,
    "message.status": { ...about, status: "delivered" },
    "message.updated": { ...about, change: "edit" },
    "message.deleted": about,
    "conversation.created": { conversation_id },
    "conversation.updated": { conversation_id, fields: ["status"] },
    "conversation.assigned": { conversation_id, assignee_id: member, by: null, before },
    "conversation.transferred": {
      ...{ conversation_id, by: null, before, message_id: null },
      from: before,
      to: before,
    },
    "conversation.status": { conversation_id, status: "resolved", was: "active" },
    "conversation.read": { conversation_id, by: null, position: 1 },
    // Another one, so that the member stays in his room.
    "conversation.deleted": { conversation_id: newId<ConversationId>(), before },
    "contact.created": { contact_id: contactId },
    "contact.updated": { contact_id: contactId, fields: ["name"] },
    "contact.merged": { contact_id: contactId, merged_id: newId<ContactId>() },
    "contact.deleted": { contact_id: newId<ContactId>() },
    "channel.created": { channel_id },
    "channel.updated": { channel_id },
    "channel.deleted": { channel_id },
    "channel.status": { channel_id, status: "connected" },
    "channel.qr": { channel_id },
    "user.updated": { user_id: member, rights: false },
    "queue.updated": { queue_id, deleted: false },
    "label.updated": { label_id, deleted: true },
    notification: { notification_id: await notify(), user_id: member },
    "bulk.changed": { kind: "contacts", rights: false },
  };
}

async function notify(): Promise<NotificationId> {
  const id = newId<NotificationId>();
  const row = { id, user_id: member, kind: "system", text: "oi", data: "{}", created_at: 0 } as const;
  await server.context.sql.transaction((tx) => insertNotification(tx, company.id, row));
  return id;
}

function newEvent<T extends EventType>(type: T): { readonly type: T; readonly data: EventData[T] } & NewEvent;
function newEvent(type: EventType) {
  return { type, data: events[type] };
}

/** Everything that came to anybody while `happen` did: `person dialect name`, sorted. */
async function heardDuring(happen: () => Promise<unknown>): Promise<readonly string[]> {
  await Promise.all(seats.map(({ client: one }) => one.upToDate()));
  const before = seats.map(({ client: one }) => one.heard().length);
  await happen();
  await server.bus.settled();
  await Promise.all(seats.map(({ client: one }) => one.upToDate()));
  return seats
    .flatMap(({ person, client: one }, index) =>
      one
        .heard()
        .slice(before[index])
        .filter(({ name }) => name !== "pong")
        .map(({ name }) => `${one.dialect} ${name} ${person}`),
    )
    .toSorted();
}

/** The lines that `heardDuring` must give. */
function expected(told: Readonly<Record<DialectName, Told>>): readonly string[] {
  return dialectNames
    .flatMap((dialect) =>
      Object.entries(told[dialect]).flatMap(([name, audience]) =>
        audiences[audience].map((person) => `${dialect} ${name} ${person}`),
      ),
    )
    .toSorted();
}

test.each(eventTypes.map((type) => [type] as const))(
  "%s reaches these, once, and nobody else",
  async (type) => {
    const heard = await heardDuring(() =>
      server.context.sql.transaction((tx) => append(tx, company.id, { ...newEvent(type), at: 0 })),
    );
    expect(heard).toEqual(expected(table[type]));
  },
);

test("a contact's typing reaches who may see the conversation", async () => {
  const contact = { id: contactId, name: "Maria" };
  const signal = { companyId: company.id, conversationId, contact, typing: true };
  expect(await heardDuring(() => server.realtime.sessions.contactTyping(signal))).toEqual(
    expected(contactTyping),
  );
});

describe("what an agent does now", () => {
  const own = () => {
    const seat = seats.find(
      ({ person, client }) => person === "member" && client.dialect === "conversations",
    );
    return seat?.client;
  };

  test("his typing reaches who looks at the conversation, in every dialect that has a word for it, not himself", async () => {
    const heard = await heardDuring(async () => own()?.type(conversationId));
    expect(heard).toEqual(expected(agentTyping));
  });

  test("a status that he chooses reaches the company", async () => {
    const heard = await heardDuring(async () => own()?.say("presence", { status: "busy" }));
    expect(heard).toEqual(expected(presence));
  });
});
