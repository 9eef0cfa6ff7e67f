/**
 * What the server said, as the screens read it: the contract's reducer over pages and events. A page and the events
 * meet in any order; `Known` and the frames kept while a page is on its way make the result the same.
 */
import { apply, emptyState, type State } from "../contract/apply.ts";
import type { Channel, Contact, Conversation, Label, Message, Queue, User } from "../contract/entities.ts";
import type { Frame } from "../contract/events.ts";
import type { ConversationId, MessageId } from "../contract/ids.ts";
import type { Answer } from "./api.ts";
import { type EntityKey, Known } from "./known.ts";
import { Observable } from "./observable.ts";

/** What one answer brings. A list that is left out says nothing; `thread` begins or lengthens one. */
export interface Page {
  readonly conversations?: readonly Conversation[];
  readonly thread?: { readonly id: ConversationId; readonly messages: readonly Message[] };
  readonly contacts?: readonly Contact[];
  readonly channels?: readonly Channel[];
  readonly users?: readonly User[];
  readonly queues?: readonly Queue[];
  readonly labels?: readonly Label[];
}

const noMessages: ReadonlyMap<MessageId, Message> = new Map();

export class Store extends Observable<State> {
  readonly #known = new Known();
  readonly #listeners = new Set<(frame: Frame) => void>();
  /** Frames that came while a page was on its way: the page may be older than they are. */
  #kept: Frame[] = [];
  #loading = 0;

  constructor() {
    super(emptyState);
  }

  /** Calls `listener` with each event that was news, after it was applied. */
  onFrame(listener: (frame: Frame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Applies an event; false when a page had it already. */
  receive(frame: Frame): boolean {
    if (this.#loading > 0) this.#kept.push(frame);
    if (!this.#known.admitFrame(frame)) return false;
    this.set(apply(this.value, frame));
    for (const listener of this.#listeners) listener(frame);
    return true;
  }

  /**
   * Runs `request` and merges what `read` finds in its answer. With `fresh` everything else is dropped in the same
   * step: the view goes from the old truth to the new one with nothing in between.
   */
  async load<T>(
    request: () => Promise<Answer<T>>,
    read: (data: T) => Page,
    fresh = false,
  ): Promise<Answer<T>> {
    this.#loading += 1;
    try {
      const answer = await request();
      if (fresh) this.#forget();
      this.#merge(read(answer.data), answer.seq ?? 0);
      return answer;
    } finally {
      this.#loading -= 1;
      if (this.#loading === 0) this.#kept = [];
    }
  }

  /** An answer to something done here, such as a sent message: news only where no event has told it yet. */
  addSent(message: Message): void {
    const thread = this.value.threads.get(message.conversation_id);
    if (!thread || thread.has(message.id)) return;
    const threads = new Map(this.value.threads);
    threads.set(message.conversation_id, new Map(thread).set(message.id, message));
    this.set({ ...this.value, threads });
  }

  /** The answer to a change of a conversation, shown until its event comes with the same or newer. */
  addChanged(conversation: Conversation): void {
    const held = this.value.conversations.get(conversation.id);
    if (held && held.updated_at > conversation.updated_at) return;
    const conversations = new Map(this.value.conversations).set(conversation.id, conversation);
    this.set({ ...this.value, conversations });
  }

  /** Who is here now; not in the log, so it lasts until it is told anew. */
  showPresence(
    changes: readonly (Pick<User, "presence" | "last_seen_at"> & { readonly user_id: User["id"] })[],
  ): void {
    const users = new Map(this.value.users);
    for (const { user_id, presence, last_seen_at } of changes) {
      const user = users.get(user_id);
      if (user) users.set(user_id, { ...user, presence, last_seen_at });
    }
    this.set({ ...this.value, users });
  }

  /** Threads take memory: those but `keep` are loaded anew when they are opened again. */
  dropThreads(keep: ReadonlySet<ConversationId>): void {
    const threads = new Map([...this.value.threads].filter(([id]) => keep.has(id)));
    if (threads.size !== this.value.threads.size) this.set({ ...this.value, threads });
  }

  clear(): void {
    this.#known.clear();
    this.set(emptyState);
  }

  #forget(): void {
    this.#known.clear();
    // Not published yet: `merge`, in the same step, does.
    this.#base = emptyState;
  }

  #base: State | undefined;

  #merge(page: Page, seq: number): void {
    const before = this.#base ?? this.value;
    this.#base = undefined;
    const pick = <T extends { readonly id: string }>(
      kind: "conversation" | "contact" | "channel" | "user" | "queue" | "label" | "message",
      held: ReadonlyMap<T["id"], T>,
      incoming: readonly T[] | undefined,
    ): ReadonlyMap<T["id"], T> => {
      if (!incoming) return held;
      const next = new Map(held);
      for (const entity of incoming) {
        const key: EntityKey = `${kind}:${entity.id}`;
        if (this.#known.admitFromPage(key, seq, held.has(entity.id))) next.set(entity.id, entity);
      }
      return next;
    };
    const { thread } = page;
    let next: State = {
      conversations: pick("conversation", before.conversations, page.conversations),
      contacts: pick("contact", before.contacts, page.contacts),
      channels: pick("channel", before.channels, page.channels),
      users: pick("user", before.users, page.users),
      queues: pick("queue", before.queues, page.queues),
      labels: pick("label", before.labels, page.labels),
      threads: thread
        ? new Map(before.threads).set(
            thread.id,
            pick("message", before.threads.get(thread.id) ?? noMessages, thread.messages),
          )
        : before.threads,
    };
    for (const frame of this.#kept) {
      if (frame.seq > seq && this.#known.admitFrame(frame)) next = apply(next, frame);
    }
    this.set(next);
  }
}
