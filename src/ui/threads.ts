/** How far back the messages of each open conversation have been loaded. */
import type { Conversation, Message } from "../contract/entities.ts";
import type { ConversationId, MessageId } from "../contract/ids.ts";
import type { Answer, Api } from "./api.ts";
import { Observable } from "./observable.ts";
import type { Store } from "./store.ts";

export interface ThreadState {
  readonly loading: boolean;
  readonly failed: boolean;
  /** The first message of all is there. */
  readonly complete: boolean;
}

const unknown: ThreadState = { loading: false, failed: false, complete: false };
const PAGE = 60;
/** Threads kept in memory besides the one on the screen. */
const KEPT = 12;

export class Threads extends Observable<ReadonlyMap<ConversationId, ThreadState>> {
  /** In the order of their last opening. */
  #opened: ConversationId[] = [];

  constructor(
    private readonly api: Api,
    private readonly store: Store,
  ) {
    super(new Map());
  }

  get current(): ConversationId | undefined {
    return this.#opened.at(-1);
  }

  /** Loads the conversation where it is not known (a link to it), and its newest messages. */
  async open(id: ConversationId): Promise<void> {
    this.#opened = [...this.#opened.filter((other) => other !== id), id];
    if (this.#opened.length > KEPT) {
      this.#opened = this.#opened.slice(-KEPT);
      this.store.dropThreads(new Set(this.#opened));
    }
    const { conversations, threads } = this.store.value;
    const tasks: Promise<void>[] = [];
    if (!threads.has(id)) tasks.push(this.latest(id));
    if (!conversations.has(id)) tasks.push(this.#loadConversation(id));
    await Promise.all(tasks);
  }

  /** Loads the newest page anew. */
  async latest(id: ConversationId): Promise<void> {
    await this.#load(id, () => this.request(id));
  }

  /** Loads the page before the oldest message that is there. */
  async older(id: ConversationId): Promise<void> {
    const state = this.value.get(id) ?? unknown;
    const thread = this.store.value.threads.get(id);
    if (state.loading || state.complete || !thread) return;
    let oldest: Message | undefined;
    for (const message of thread.values()) {
      if (!oldest || message.position < oldest.position) oldest = message;
    }
    await this.#load(id, () => this.request(id, oldest?.id));
  }

  /** The newest messages, or those before one. */
  request(id: ConversationId, before?: MessageId): Promise<Answer<readonly Message[]>> {
    return this.api.get(`/conversations/${id}/messages`, { limit: PAGE, before });
  }

  /**
   * After everything was dropped and the thread on the screen was loaded again with `count` messages; null: it could
   * not be.
   */
  restart(id: ConversationId | undefined, count: number | null): void {
    this.#opened = id ? [id] : [];
    const state = { ...unknown, failed: count === null, complete: count !== null && count < PAGE };
    this.set(id ? new Map([[id, state]]) : new Map());
  }

  async #loadConversation(id: ConversationId): Promise<void> {
    try {
      await this.store.load(
        () => this.api.get<Conversation>(`/conversations/${id}`),
        (conversation) => ({ conversations: [conversation] }),
      );
    } catch {
      this.#put(id, { ...(this.value.get(id) ?? unknown), failed: true });
    }
  }

  async #load(id: ConversationId, request: () => Promise<Answer<readonly Message[]>>): Promise<void> {
    const state = this.value.get(id) ?? unknown;
    if (state.loading) return;
    this.#put(id, { ...state, loading: true, failed: false });
    try {
      const { data } = await this.store.load(request, (messages) => ({ thread: { id, messages } }));
      this.#put(id, { loading: false, failed: false, complete: data.length < PAGE });
    } catch {
      this.#put(id, { ...state, loading: false, failed: true });
    }
  }

  #put(id: ConversationId, state: ThreadState): void {
    this.set(new Map(this.value).set(id, state));
  }
}
