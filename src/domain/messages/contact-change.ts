import type { Contact, Identifier } from "../../contract/entities.ts";
import type { MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { identify } from "../contacts/identify.ts";
import { readContactRow, updateContact } from "../contacts/store.ts";
import { changeConversation } from "../conversations/change.ts";
import { readLatest } from "../conversations/open-store.ts";
import type { ConversationRow } from "../conversations/store.ts";
import type { InboundItem } from "../inbound-item.ts";
import { nextPosition } from "./position.ts";
import { findByExternalId } from "./receive-store.ts";
import type { InboundChannel } from "./receive.ts";
import { insertMessage } from "./store.ts";

type ContactChange = Extract<InboundItem, { kind: "contact-change" }>;

/**
 * A contact has a new number: both are one person from now on, the new one is shown, and the thread says so.
 * It opens nothing and counts as no message. `at`: arrival, milliseconds.
 */
export async function changeContact(
  tx: Tx,
  channel: InboundChannel,
  { item, at }: { readonly item: ContactChange; readonly at: number },
): Promise<void> {
  const { companyId } = channel;
  const { externalId } = item;
  if (await findByExternalId(tx, companyId, { channelId: channel.id, externalId })) return;
  const person = { identifiers: [...item.now.identifiers, ...item.was.identifiers], name: item.was.name };
  const { contactId, created, changed } = await identify(tx, companyId, { person, at });
  const fields = new Set<keyof Contact>(changed);
  const row = await readContactRow(tx, companyId, contactId);
  const phone = numberOf(item.now.identifiers);
  if (row && phone !== null && phone !== row.phone) {
    await updateContact(tx, companyId, { ...row, phone });
    fields.add("phone");
  }
  if (!created && fields.size > 0) {
    await append(tx, companyId, {
      type: "contact.updated",
      data: { contact_id: contactId, fields: [...fields] },
      at,
    });
  }
  const conversation = await readLatest(tx, companyId, { contactId, channelId: channel.id });
  if (conversation) await say(tx, conversation, { item, at });
}

function numberOf(identifiers: readonly Identifier[]): string | null {
  const id = identifiers.find(({ kind, value }) => kind === "wa_id" && /^\d{7,15}$/.test(value));
  return id ? `+${id.value}` : null;
}

async function say(
  tx: Tx,
  conversation: ConversationRow,
  { item, at }: { readonly item: ContactChange; readonly at: number },
): Promise<void> {
  const id = newId<MessageId>();
  const position = nextPosition(conversation.last_position, at);
  await insertMessage(tx, {
    id,
    companyId: conversation.company_id,
    conversationId: conversation.id,
    channelId: conversation.channel_id,
    senderType: "system",
    senderId: null,
    senderName: "",
    direction: "in",
    messageType: "system",
    content: item.text,
    metadata: { kind: "contact_change", was: item.was.identifiers, now: item.now.identifiers },
    status: "delivered",
    position,
    createdAt: Math.min(item.at, at),
    externalId: item.externalId,
  });
  await append(tx, conversation.company_id, {
    type: "message.created",
    data: { message_id: id, conversation_id: conversation.id },
    at,
  });
  await changeConversation(tx, conversation, { patch: { last_position: position }, by: null, at });
}
