import type { CompanyId, ContactId, ConversationId, MessageId } from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { applyTemplateItem, reportStateInside } from "../channels/state.ts";
import { findContact, learnIdentifiers } from "../contacts/identify.ts";
import { readContactRow } from "../contacts/store.ts";
import { readLatest } from "../conversations/open-store.ts";
import { isOpen } from "../conversations/status.ts";
import { readConversationRow } from "../conversations/store.ts";
import type { InboundItem } from "../inbound-item.ts";
import { applyChange } from "./apply-change.ts";
import { changeContact } from "./contact-change.ts";
import { keepEarly } from "./early.ts";
import type { MessageChange } from "./message-change.ts";
import { findByExternalId } from "./receive-store.ts";
import { type InboundChannel, receive } from "./receive.ts";
import { readStatus } from "./status-store.ts";
import { advanceStatus } from "./status.ts";

/** A contact types, or has stopped: to be told after the commit, and kept nowhere. */
export interface ContactTyping {
  readonly companyId: CompanyId;
  readonly conversationId: ConversationId;
  readonly contact: { readonly id: ContactId; readonly name: string };
  readonly typing: boolean;
}

type Item<Kind extends InboundItem["kind"]> = Extract<InboundItem, { readonly kind: Kind }>;
interface Incoming<Kind extends InboundItem["kind"] = InboundItem["kind"]> {
  readonly item: Item<Kind>;
  /** When it arrived here, milliseconds. */
  readonly at: number;
}

/** Takes one item of any kind into the inbox, with its events. The same item again changes nothing. */
export async function arrive(
  tx: Tx,
  channel: InboundChannel,
  { item, at }: Incoming,
): Promise<ContactTyping | null> {
  const ref = { companyId: channel.companyId, channelId: channel.id, at };
  switch (item.kind) {
    case "message":
    case "echo":
      await receive(tx, channel, { item, at });
      return null;
    case "status":
      await takeStatus(tx, channel, { item, at });
      return null;
    case "edit":
      await takeChange(tx, channel, {
        externalId: item.externalId,
        at,
        change: { kind: "edit", text: item.content.text, at: item.at },
      });
      return null;
    case "revoke":
      await takeChange(tx, channel, {
        externalId: item.externalId,
        at,
        change: { kind: "revoke", at: item.at },
      });
      return null;
    case "reaction": {
      const { externalId, emoji, by } = item;
      await takeChange(tx, channel, { externalId, at, change: { kind: "reaction", emoji, by, at: item.at } });
      return null;
    }
    case "contact-change":
      await changeContact(tx, channel, { item, at });
      return null;
    case "typing":
      return noticeTyping(tx, channel, item);
    case "channel-state":
      await reportStateInside(tx, ref, item);
      return null;
    case "template":
      await applyTemplateItem(tx, ref, item);
      return null;
    case "ignored":
      return null;
  }
}

/** A change of a message that is here, or one that waits for it. */
async function takeChange(
  tx: Tx,
  { id: channelId, companyId }: InboundChannel,
  {
    externalId,
    change,
    at,
  }: { readonly externalId: string; readonly change: MessageChange; readonly at: number },
): Promise<void> {
  const messageId = await findByExternalId(tx, companyId, { channelId, externalId });
  if (messageId === undefined) await keepEarly(tx, { channelId, externalId, change, at });
  else await applyChange(tx, { companyId, messageId, at }, change);
}

/** Found by the provider's id, else by our own, which the provider gives back; then the provider's is learned. */
async function takeStatus(tx: Tx, channel: InboundChannel, { item, at }: Incoming<"status">): Promise<void> {
  const { companyId, id: channelId } = channel;
  const { externalId, status, error } = item;
  const messageId =
    (await findByExternalId(tx, companyId, { channelId, externalId })) ??
    (await ownMessage(tx, channel, item));
  if (messageId === undefined) {
    await keepEarly(tx, {
      channelId,
      externalId,
      change: { kind: "status", status, error, at: item.at },
      at,
    });
    return;
  }
  const news = {
    companyId,
    messageId,
    status,
    error: error && { ...error, retryable: true },
    externalId,
    at,
  };
  const changed = await advanceStatus(tx, news);
  if (changed && item.recipient)
    await learnRecipient(tx, { ...news, identifiers: item.recipient.identifiers });
}

/** Another program may send over the same number and get back ids of its own. */
async function ownMessage(
  tx: Tx,
  channel: InboundChannel,
  { messageId }: Item<"status">,
): Promise<MessageId | undefined> {
  if (messageId === null) return undefined;
  const row = await readStatus(tx, channel.companyId, messageId);
  return row?.channel_id === channel.id ? row.id : undefined;
}

async function learnRecipient(
  tx: Tx,
  told: {
    readonly companyId: CompanyId;
    readonly messageId: MessageId;
    readonly identifiers: Item<"message">["from"]["identifiers"];
    readonly at: number;
  },
): Promise<void> {
  const message = await readStatus(tx, told.companyId, told.messageId);
  const conversation = message && (await readConversationRow(tx, told.companyId, message.conversation_id));
  if (conversation) await learnIdentifiers(tx, { ...told, contactId: conversation.contact_id });
}

async function noticeTyping(
  tx: Tx,
  { id: channelId, companyId }: InboundChannel,
  { from, typing }: Item<"typing">,
): Promise<ContactTyping | null> {
  const contactId = await findContact(tx, companyId, from);
  const contact = contactId && (await readContactRow(tx, companyId, contactId));
  if (!contact) return null;
  const conversation = await readLatest(tx, companyId, { contactId: contact.id, channelId });
  if (!conversation || !isOpen(conversation.status)) return null;
  return {
    companyId,
    conversationId: conversation.id,
    contact: { id: contact.id, name: contact.name },
    typing,
  };
}
