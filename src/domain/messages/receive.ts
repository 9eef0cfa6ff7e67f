import type { ChannelKind, Contact } from "../../contract/entities.ts";
import type { NewEvent } from "../../contract/events.ts";
import type { ChannelId, CompanyId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { appendAll } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { type Identified, identify } from "../contacts/identify.ts";
import { touchContact } from "../contacts/store.ts";
import { writeChange } from "../conversations/change.ts";
import { conversationFor } from "../conversations/open.ts";
import type { ConversationRow } from "../conversations/store.ts";
import type { InboundItem } from "../inbound-item.ts";
import { attachFiles } from "./attach-files.ts";
import { applyEarly, keepEarly } from "./early.ts";
import { completePlaceholder } from "./placeholder.ts";
import { historyPosition, nextPosition } from "./position.ts";
import { findByExternalId, takenPositions } from "./receive-store.ts";
import { afterMessage } from "./received.ts";
import { insertMessage, type NewMessage } from "./store.ts";

/** The channel on which something arrived, as far as the domain cares. */
export interface InboundChannel {
  readonly id: ChannelId;
  readonly companyId: CompanyId;
  readonly kind: ChannelKind;
}

export type ReceivedItem = Extract<InboundItem, { kind: "message" | "echo" }>;

/**
 * Writes a message that arrived, with its contact and conversation, unless it is there already (channels.md, "Inbound").
 * An echo is a reply that somebody gave from the business's own phone. `at`: arrival, milliseconds.
 * Events in the order of realtime.md. Returns false for a redelivery, which changes nothing.
 */
export async function receive(
  tx: Tx,
  channel: InboundChannel,
  { item, at }: { readonly item: ReceivedItem; readonly at: number },
): Promise<boolean> {
  const { companyId } = channel;
  const externalId = item.externalId;
  const known = await findByExternalId(tx, companyId, { channelId: channel.id, externalId });
  if (known !== undefined) return completePlaceholder(tx, { id: known, companyId }, { item, at });
  const writtenAt = Math.min(Math.max(item.at, 0), at);
  const person = item.kind === "message" ? item.from : item.to;
  const contact = await identify(tx, companyId, { person, at });
  const conversation = await conversationFor(tx, {
    companyId,
    channelId: channel.id,
    contactId: contact.contactId,
    at: writtenAt,
    history: item.history !== null,
  });
  const message = await compose(tx, conversation, { item, contact, at, writtenAt });
  await insertMessage(tx, message);
  await attachFiles(tx, message, { files: item.content.files, at });
  await keepQuote(tx, message, at);
  const patch = afterMessage(conversation, {
    message,
    history: item.history !== null,
    kind: channel.kind,
    fileName: item.content.files[0]?.name ?? "",
  });
  const change = await writeChange(tx, conversation, { patch, by: null, at });
  const events: readonly NewEvent[] = [
    { type: "message.created", data: { message_id: message.id, conversation_id: conversation.id } },
    ...change.events,
    ...(await touch(tx, companyId, { item, contact, at, writtenAt })),
  ];
  await appendAll(tx, companyId, { events, at });
  await applyEarly(tx, { companyId, channelId: channel.id, externalId, messageId: message.id, at });
  return true;
}

interface Parts {
  readonly item: ReceivedItem;
  readonly contact: Identified;
  readonly at: number;
  readonly writtenAt: number;
}

async function compose(tx: Tx, conversation: ConversationRow, parts: Parts): Promise<NewMessage> {
  const { item, contact, at, writtenAt } = parts;
  const { content, history } = item;
  const isContact = item.kind === "message";
  const { id: conversationId, company_id: companyId, channel_id: channelId } = conversation;
  const quoted =
    content.replyTo === null
      ? undefined
      : await findByExternalId(tx, companyId, { channelId, externalId: content.replyTo });
  return {
    id: newId<MessageId>(),
    companyId,
    conversationId,
    channelId,
    senderType: isContact ? "contact" : "agent",
    senderId: isContact ? contact.contactId : null,
    senderName: isContact ? contact.name : "",
    direction: isContact ? "in" : "out",
    messageType: content.type,
    content: content.text,
    metadata: history === null ? content.metadata : { ...content.metadata, history: true },
    status: history ?? (isContact ? "delivered" : "sent"),
    position:
      history === null
        ? nextPosition(conversation.last_position, at)
        : await historyPosition(writtenAt, (from, limit) =>
            takenPositions(tx, { conversationId, from, limit }),
          ),
    createdAt: writtenAt,
    replyTo: quoted ?? null,
    replyExternalId: content.replyTo,
    externalId: item.externalId,
  };
}

/** The quoted message may be on its way still: then the quote waits for it. */
async function keepQuote(tx: Tx, message: NewMessage, at: number): Promise<void> {
  const { channelId, replyExternalId } = message;
  if (!replyExternalId || message.replyTo) return;
  await keepEarly(tx, {
    channelId,
    externalId: replyExternalId,
    change: { kind: "quote", messageId: message.id, at: message.createdAt },
    at,
  });
}

/** Every message of a contact moves `last_contact_at`; an echo or history says only what is new of the person. */
async function touch(
  tx: Tx,
  companyId: CompanyId,
  { item, contact, writtenAt }: Parts,
): Promise<readonly NewEvent[]> {
  const fields: (keyof Contact)[] = [...contact.changed];
  if (item.kind === "message") {
    const moved = await touchContact(tx, companyId, { contactId: contact.contactId, at: writtenAt });
    if (moved || item.history === null) fields.push("last_contact_at");
  }
  if (fields.length === 0) return [];
  return [{ type: "contact.updated", data: { contact_id: contact.contactId, fields } }];
}
