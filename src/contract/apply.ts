/**
 * The reducer that the UI runs on every frame, and that a test runs to prove
 * *snapshot + events = fresh snapshot* (realtime.md, "Resume").
 */
import type { Channel, Contact, Conversation, Label, Message, Queue, User } from "./entities.ts";
import type { Frame } from "./events.ts";
import type {
  ChannelId,
  ContactId,
  ConversationId,
  Instant,
  LabelId,
  MessageId,
  QueueId,
  UserId,
} from "./ids.ts";

/** Everything that has events, by id. Maps are never changed in place, so that a view may compare by identity. */
export interface State {
  readonly conversations: ReadonlyMap<ConversationId, Conversation>;
  /** Messages of the conversations whose thread was loaded; a conversation that is no key has not been. */
  readonly threads: ReadonlyMap<ConversationId, ReadonlyMap<MessageId, Message>>;
  readonly contacts: ReadonlyMap<ContactId, Contact>;
  readonly channels: ReadonlyMap<ChannelId, Channel>;
  readonly users: ReadonlyMap<UserId, User>;
  readonly queues: ReadonlyMap<QueueId, Queue>;
  readonly labels: ReadonlyMap<LabelId, Label>;
}

export const emptyState: State = {
  conversations: new Map(),
  threads: new Map(),
  contacts: new Map(),
  channels: new Map(),
  users: new Map(),
  queues: new Map(),
  labels: new Map(),
};

/** Returns the state after one frame; the same object when nothing changed. */
export function apply(state: State, frame: Frame): State {
  switch (frame.type) {
    case "message_received":
    case "message_sent":
    case "message_updated":
      return withThread(state, frame.data.conversation_id, (thread) => put(thread, frame.data));
    case "message_status_updated":
      return withThread(state, frame.data.conversation_id, (thread) => {
        const message = thread.get(frame.data.message_id);
        return message ? put(thread, { ...message, status: frame.data.status }) : thread;
      });
    case "message_deleted":
      return withThread(state, frame.data.conversation_id, (thread) => {
        const message = thread.get(frame.data.message_id);
        return message ? put(thread, tombstone(message, frame.data.deleted_at)) : thread;
      });
    case "conversation_created":
    case "conversation_updated":
      return withConversation(state, frame.data);
    case "conversation_removed":
      return {
        ...state,
        conversations: without(state.conversations, frame.data.conversation_id),
        threads: without(state.threads, frame.data.conversation_id),
      };
    case "read": {
      const { conversation_id, unread_count, position } = frame.data;
      const next = withThread(state, conversation_id, (thread) => markRead(thread, position));
      const conversation = next.conversations.get(conversation_id);
      return conversation ? withConversation(next, { ...conversation, unread_count }) : next;
    }
    case "contact_created":
    case "contact_updated":
      return withContact(state, frame.data);
    case "contact_merged":
      return withoutContact(withContact(state, frame.data.contact), frame.data.merged_id);
    case "contact_deleted":
      return withoutContact(state, frame.data.contact_id);
    case "channel_updated":
      return { ...state, channels: putOrDrop(state.channels, frame.data) };
    case "channel_status": {
      const channel = state.channels.get(frame.data.channel_id);
      if (!channel) return state;
      const { status, status_detail } = frame.data;
      return { ...state, channels: put(state.channels, { ...channel, status, status_detail }) };
    }
    case "user_updated":
      return { ...state, users: put(state.users, frame.data) };
    case "queue_updated":
      return { ...state, queues: putOrDrop(state.queues, frame.data) };
    case "label_updated":
      return "deleted" in frame.data
        ? withoutLabel(state, frame.data.id)
        : { ...state, labels: put(state.labels, frame.data) };
    // Shown as they come, kept nowhere; after `bulk_changed` the holder of the state loads that kind anew.
    case "channel_qr":
    case "notification":
    case "bulk_changed":
      return state;
    default:
      return unreachable(frame);
  }
}

/** What stays of a deleted message: that there was one, whose and when. */
export function tombstone(message: Message, deletedAt: Instant): Message {
  return {
    ...message,
    content: "",
    attachments: [],
    reactions: [],
    metadata: {},
    error: null,
    deleted_at: deletedAt,
  };
}

type Keyed<Key> = { readonly id: Key };

function put<Key, Value extends Keyed<Key>>(
  map: ReadonlyMap<Key, Value>,
  value: Value,
): ReadonlyMap<Key, Value> {
  return new Map(map).set(value.id, value);
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

function putOrDrop<Key, Value extends Keyed<Key>>(
  map: ReadonlyMap<Key, Value>,
  data: Value | { readonly id: Key; readonly deleted: true },
): ReadonlyMap<Key, Value> {
  return "deleted" in data ? without(map, data.id) : put(map, data);
}

function withThread(
  state: State,
  id: ConversationId,
  change: (thread: ReadonlyMap<MessageId, Message>) => ReadonlyMap<MessageId, Message>,
): State {
  const thread = state.threads.get(id);
  if (!thread) return state;
  const next = change(thread);
  return next === thread ? state : { ...state, threads: new Map(state.threads).set(id, next) };
}

/** One event says it for all messages up to a position: an agent reads a thread, not a message. */
function markRead(
  thread: ReadonlyMap<MessageId, Message>,
  position: number,
): ReadonlyMap<MessageId, Message> {
  return mapValues(thread, (message) =>
    message.direction === "in" && message.status === "delivered" && message.position <= position
      ? { ...message, status: "read" }
      : message,
  );
}

/** A conversation embeds its contact, so each brings the other up to date. */
function withConversation(state: State, conversation: Conversation): State {
  const next = { ...state, conversations: put(state.conversations, conversation) };
  return state.contacts.has(conversation.contact_id)
    ? { ...next, contacts: put(state.contacts, conversation.contact) }
    : next;
}

function withContact(state: State, contact: Contact): State {
  return {
    ...state,
    contacts: put(state.contacts, contact),
    conversations: mapValues(state.conversations, (conversation) =>
      conversation.contact_id === contact.id ? { ...conversation, contact } : conversation,
    ),
  };
}

function withoutContact(state: State, id: ContactId): State {
  return { ...state, contacts: without(state.contacts, id) };
}

/** A deleted label disappears from everything that wore it. */
function withoutLabel(state: State, id: LabelId): State {
  const strip = <Value extends { readonly labels: readonly LabelId[] }>(value: Value): Value =>
    value.labels.includes(id) ? { ...value, labels: value.labels.filter((label) => label !== id) } : value;
  return {
    ...state,
    labels: without(state.labels, id),
    contacts: mapValues(state.contacts, strip),
    conversations: mapValues(state.conversations, (conversation) => {
      const contact = strip(conversation.contact);
      return strip(contact === conversation.contact ? conversation : { ...conversation, contact });
    }),
  };
}

function mapValues<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  change: (value: Value) => Value,
): ReadonlyMap<Key, Value> {
  let copy: Map<Key, Value> | undefined;
  for (const [key, value] of map) {
    const next = change(value);
    if (next !== value) (copy ??= new Map(map)).set(key, next);
  }
  return copy ?? map;
}

function unreachable(frame: never): never {
  throw new Error(`unknown frame ${JSON.stringify(frame)}`);
}
