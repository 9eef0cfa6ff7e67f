import type { Caller } from "../../auth/caller.ts";
import { requirePermission } from "../../auth/permissions.ts";
import type { Conversation, Locale, Priority } from "../../contract/entities.ts";
import type {
  ChannelId,
  ContactId,
  ConversationId,
  LabelId,
  NotificationId,
  QueueId,
  UserId,
} from "../../contract/ids.ts";
import type { Tx } from "../../db/sql.ts";
import { append, appendAll } from "../../events/append.ts";
import { newId } from "../../lib/ids.ts";
import { identify } from "../contacts/identify.ts";
import { maySeeContact } from "../contacts/list-store.ts";
import { normalizePhone } from "../contacts/normalize-phone.ts";
import { contactMoved, standsOf } from "../contacts/stands.ts";
import { readContactRow } from "../contacts/store.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { notifyAssigned } from "./assign.ts";
import { requireOnlyOpen } from "./change.ts";
import { requireOne } from "./get.ts";
import { requireAttendant, requireChannel, requireLabels, requireQueue } from "./named.ts";
import { newRow } from "./new-row.ts";
import { insertConversation, readLatest, takeNumber } from "./open-store.ts";
import { attendedStatus } from "./status.ts";
import type { ConversationRow } from "./store.ts";
import { replaceLabels } from "./write-store.ts";

export interface NewConversation {
  readonly contactId?: ContactId | undefined;
  /** As a person writes it; the contact is found, or made. */
  readonly phone?: string | undefined;
  readonly channelId: ChannelId;
  readonly queueId: QueueId | null;
  readonly assigneeId: UserId | null;
  readonly priority: Priority;
  readonly subject: string;
  readonly description: string;
  readonly labels: readonly LabelId[];
}

/**
 * Opens a conversation from our side; to write first, WhatsApp wants a template.
 * Throws `forbidden`, `invalid_request`, `conversation_open`.
 */
export async function createConversation(
  context: Context,
  caller: Caller,
  input: NewConversation,
): Promise<Conversation> {
  requirePermission(caller, "attend");
  const at = context.clock.now();
  const phone = phoneOf(input, caller.locale);
  const ids = { conversation: newId<ConversationId>(), notification: newId<NotificationId>() };
  return context.sql.transaction(async (tx) => {
    await requireChannel(tx, caller.companyId, input.channelId);
    if (input.assigneeId !== null) await requireAttendant(tx, caller.companyId, input.assigneeId);
    if (input.queueId !== null) await requireQueue(tx, caller.companyId, input.queueId);
    const labels = await requireLabels(tx, caller.companyId, input.labels);
    const contactId =
      phone === null
        ? await knownContact(tx, caller, input.contactId)
        : await contactByPhone(tx, caller, { phone, at });
    const stood = await standsOf(tx, caller.companyId, contactId);
    const row = await insert(tx, caller, { id: ids.conversation, contactId, input, at });
    if (labels.length > 0) await replaceLabels(tx, row.id, labels);
    const created = { type: "conversation.created", data: { conversation_id: row.id } } as const;
    await appendAll(tx, caller.companyId, { events: [created, ...contactMoved(contactId, stood)], at });
    await notifyAssigned(tx, caller, { id: ids.notification, conversation: row, at });
    return requireOne(tx, caller.companyId, row);
  });
}

/** Null where the contact is named. Throws `invalid_request` unless exactly one of the two is given. */
function phoneOf({ contactId, phone }: NewConversation, locale: Locale): string | null {
  if ((contactId === undefined) === (phone === undefined)) {
    throw invalidField("contact_id", "either contact_id or phone is needed");
  }
  if (phone === undefined) return null;
  const normal = normalizePhone(phone, locale);
  if (normal === null) throw invalidField("phone", "is no phone number");
  return normal;
}

async function knownContact(tx: Tx, caller: Caller, id: ContactId | undefined): Promise<ContactId> {
  const contact = id === undefined ? undefined : await readContactRow(tx, caller.companyId, id);
  if (!contact || !(await maySeeContact(tx, caller, contact.id))) {
    throw invalidField("contact_id", "names one that does not exist");
  }
  return contact.id;
}

async function contactByPhone(
  tx: Tx,
  { companyId }: Caller,
  { phone, at }: { readonly phone: string; readonly at: number },
): Promise<ContactId> {
  const person = { identifiers: [{ kind: "phone", value: phone } as const], name: null };
  const { contactId, created, changed } = await identify(tx, companyId, { person, at });
  if (!created && changed.length > 0) {
    await append(tx, companyId, {
      type: "contact.updated",
      data: { contact_id: contactId, fields: changed },
      at,
    });
  }
  return contactId;
}

async function insert(
  tx: Tx,
  { companyId }: Caller,
  {
    id,
    contactId,
    input,
    at,
  }: {
    readonly id: ConversationId;
    readonly contactId: ContactId;
    readonly input: NewConversation;
    readonly at: number;
  },
): Promise<ConversationRow> {
  const { channelId } = input;
  await requireOnlyOpen(tx, { company_id: companyId, contact_id: contactId, channel_id: channelId });
  const latest = await readLatest(tx, companyId, { contactId, channelId });
  const number = await takeNumber(tx, companyId);
  const row: ConversationRow = {
    ...newRow({ id, companyId, number, contactId, channelId, at }),
    queue_id: input.queueId,
    assignee_id: input.assigneeId,
    status: attendedStatus(input.assigneeId),
    priority: input.priority,
    subject: input.subject,
    description: input.description,
    // The window is the contact's, and may still be open from the conversation before.
    window_expires_at: latest?.window_expires_at ?? null,
  };
  await insertConversation(tx, row);
  return row;
}
