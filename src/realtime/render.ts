import type { CompanyId } from "../contract/ids.ts";
import type { Read } from "../db/sql.ts";
import type { CompanyEvent } from "../events/log.ts";
import type { Rendered } from "./rendered.ts";
import { contactIdOf, conversationIdOf, idsIn, messageIdOf, readScopes } from "./scopes.ts";
import type { Loader, Sources } from "./sources.ts";

/**
 * Reads what the events of one company are about, as it is now: erasure reaches replays, and applying an event twice
 * is harmless. An event whose subject is gone renders to nothing: the event of its deletion follows.
 */
export async function render(
  tx: Read,
  sources: Sources,
  batch: { readonly companyId: CompanyId; readonly events: readonly CompanyEvent[] },
): Promise<readonly Rendered[]> {
  const { companyId, events } = batch;
  const scopeOf = await readScopes(tx, companyId, events);
  const subjects = await loadSubjects(tx, sources, batch);
  const rendered: Rendered[] = [];
  for (const event of events) {
    const scope = scopeOf(event);
    const one = scope && withSubjects(event, subjects, { seq: event.seq, at: event.at, companyId, scope });
    if (one) rendered.push(one);
  }
  return rendered;
}

type Loaded = Awaited<ReturnType<typeof loadSubjects>>;
type Head = Pick<Rendered, "seq" | "at" | "companyId" | "scope">;

async function loadSubjects(
  tx: Read,
  sources: Sources,
  { companyId, events }: { readonly companyId: CompanyId; readonly events: readonly CompanyEvent[] },
) {
  /** Most batches speak of a kind or two: the others cost no query. */
  const load = async <Id, Entity>(
    loader: Loader<Id, Entity>,
    pick: (data: CompanyEvent["data"]) => Id | undefined,
  ): Promise<ReadonlyMap<Id, Entity>> => {
    const ids = idsIn(events, pick);
    return ids.length === 0 ? new Map() : loader(tx, companyId, ids);
  };
  return {
    messages: await load(sources.messages, messageIdOf),
    conversations: await load(sources.conversations, conversationIdOf),
    contacts: await load(sources.contacts, contactIdOf),
    channels: await load(sources.channels, (data) => ("channel_id" in data ? data.channel_id : undefined)),
    users: await load(sources.users, (data) =>
      "user_id" in data && data.user_id !== null ? data.user_id : undefined,
    ),
    queues: await load(sources.queues, (data) => ("queue_id" in data ? data.queue_id : undefined)),
    labels: await load(sources.labels, (data) => ("label_id" in data ? data.label_id : undefined)),
    notifications: await load(sources.notifications, (data) =>
      "notification_id" in data ? data.notification_id : undefined,
    ),
    qrCode: sources.qrCode,
  };
}

function withSubjects(event: CompanyEvent, loaded: Loaded, head: Head): Rendered | undefined {
  switch (event.type) {
    case "message.created":
    case "message.status":
    case "message.updated":
    case "message.deleted": {
      const message = loaded.messages.get(event.data.message_id);
      const conversation = loaded.conversations.get(event.data.conversation_id);
      return message && conversation && { ...head, ...event, message, conversation };
    }
    case "conversation.transferred": {
      const conversation = loaded.conversations.get(event.data.conversation_id);
      const said = event.data.message_id === null ? undefined : loaded.messages.get(event.data.message_id);
      const reason = typeof said?.metadata["reason"] === "string" ? said.metadata["reason"] : null;
      return conversation && { ...head, ...event, conversation, reason };
    }
    case "conversation.created":
    case "conversation.updated":
    case "conversation.assigned":
    case "conversation.status":
    case "conversation.read": {
      const conversation = loaded.conversations.get(event.data.conversation_id);
      return conversation && { ...head, ...event, conversation };
    }
    case "contact.created":
    case "contact.updated":
    case "contact.merged": {
      const contact = loaded.contacts.get(event.data.contact_id);
      return contact && { ...head, ...event, contact };
    }
    case "channel.created":
    case "channel.updated":
    case "channel.status": {
      const channel = loaded.channels.get(event.data.channel_id);
      return channel && { ...head, ...event, channel };
    }
    case "channel.qr": {
      const channel = loaded.channels.get(event.data.channel_id);
      const qr = loaded.qrCode(event.data.channel_id);
      return channel && qr !== null ? { ...head, ...event, channel, qr } : undefined;
    }
    case "user.updated": {
      const user = loaded.users.get(event.data.user_id);
      return user && { ...head, ...event, user };
    }
    case "queue.updated":
      return { ...head, ...event, queue: loaded.queues.get(event.data.queue_id) ?? null };
    case "label.updated":
      return { ...head, ...event, label: loaded.labels.get(event.data.label_id) ?? null };
    case "notification": {
      const notification = loaded.notifications.get(event.data.notification_id);
      return notification && { ...head, ...event, notification };
    }
    case "conversation.deleted":
    case "contact.deleted":
    case "channel.deleted":
    case "bulk.changed":
      return { ...head, ...event };
  }
}
