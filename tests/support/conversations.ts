import type { Caller } from "../../src/auth/caller.ts";
import type { ConversationStatus, MessageType } from "../../src/contract/entities.ts";
import type { ContactId, ConversationId, MessageId, QueueId, UserId } from "../../src/contract/ids.ts";
import { insertContact } from "../../src/domain/contacts/store.ts";
import type { Context } from "../../src/domain/context.ts";
import { changeConversation } from "../../src/domain/conversations/change.ts";
import { insertConversation, takeNumber } from "../../src/domain/conversations/open-store.ts";
import { type ConversationRow, readConversationRow } from "../../src/domain/conversations/store.ts";
import { nextPosition } from "../../src/domain/messages/position.ts";
import { insertMessage } from "../../src/domain/messages/store.ts";
import { append } from "../../src/events/append.ts";
import { newId } from "../../src/lib/ids.ts";
import type { SeededCompany } from "./company.ts";

const day = 24 * 60 * 60 * 1000;

export interface SeedConversation {
  readonly contactId?: ContactId;
  readonly contact?: { readonly name?: string; readonly phone?: string | null; readonly email?: string };
  readonly queueId?: QueueId | null;
  readonly assigneeId?: UserId | null;
  readonly status?: ConversationStatus;
  /** How long the 24-hour window stays open, in milliseconds; null for one that never was. */
  readonly windowFor?: number | null;
}

/** A contact without conversations. */
export async function seedContact(
  context: Context,
  company: SeededCompany,
  { name = "Maria", phone = "+5511987654321", email }: NonNullable<SeedConversation["contact"]> = {},
): Promise<ContactId> {
  const id = newId<ContactId>();
  await context.sql.transaction((tx) =>
    insertContact(tx, company.id, {
      id,
      name,
      name_typed: 1,
      phone,
      email: email ?? null,
      avatar_url: null,
      custom: "{}",
      last_contact_at: null,
      created_at: context.clock.now(),
    }),
  );
  return id;
}

/** A conversation whose window is open; active, of nobody, in no queue unless told. */
export async function seedConversation(
  context: Context,
  company: SeededCompany,
  seed: SeedConversation = {},
): Promise<ConversationId> {
  const { queueId = null, assigneeId = null, windowFor = day } = seed;
  const contactId = seed.contactId ?? (await seedContact(context, company, seed.contact));
  const now = context.clock.now();
  return context.sql.transaction(async (tx) => {
    const row: ConversationRow = {
      id: newId<ConversationId>(),
      company_id: company.id,
      number: await takeNumber(tx, company.id),
      contact_id: contactId,
      channel_id: company.channelId,
      queue_id: queueId,
      assignee_id: assigneeId,
      status: seed.status ?? (assigneeId === null ? "active" : "assigned"),
      priority: "normal",
      subject: "",
      description: "",
      unread_count: 0,
      last_message: "",
      last_message_at: null,
      activity_at: now,
      last_position: 0,
      read_position: 0,
      window_expires_at: null,
      snoozed_until: null,
      resolved_at: null,
      created_at: now,
      updated_at: now,
    };
    await insertConversation(tx, row);
    await append(tx, company.id, {
      type: "conversation.created",
      data: { conversation_id: row.id },
      at: now,
    });
    if (windowFor !== null) {
      const patch = { window_expires_at: now + windowFor };
      await changeConversation(tx, row, { patch, by: null, at: now });
    }
    return row.id;
  });
}

/** What the contact writes, as it arrives: unread, on top of the list. */
export async function receiveText(
  context: Context,
  caller: Pick<Caller, "companyId">,
  {
    conversationId,
    text,
    type = "text",
  }: {
    readonly conversationId: ConversationId;
    readonly text: string;
    readonly type?: MessageType;
  },
): Promise<MessageId> {
  const id = newId<MessageId>();
  const externalId = `wamid.${id}`;
  const now = context.clock.now();
  await context.sql.transaction(async (tx) => {
    const row = await readConversationRow(tx, caller.companyId, conversationId);
    if (!row) throw new Error("no such conversation");
    const position = nextPosition(row.last_position, now);
    await insertMessage(tx, {
      id,
      companyId: caller.companyId,
      conversationId,
      channelId: row.channel_id,
      senderType: "contact",
      senderId: row.contact_id,
      senderName: "Maria",
      direction: "in",
      messageType: type,
      content: text,
      metadata: {},
      status: "delivered",
      position,
      createdAt: now,
      externalId,
    });
    const data = { message_id: id, conversation_id: conversationId };
    await append(tx, caller.companyId, { type: "message.created", data, at: now });
    const patch = {
      last_position: position,
      last_message: text,
      last_message_at: now,
      activity_at: now,
      unread_count: row.unread_count + 1,
    };
    await changeConversation(tx, row, { patch, by: null, at: now });
  });
  return id;
}
