/** The agent's desk: everything that lives while somebody is signed in, wired once. */
import type {
  Channel,
  Company,
  Conversation,
  Label,
  Message,
  Notification,
  Queue,
  User,
} from "../contract/entities.ts";
import type { Frame, Signal } from "../contract/events.ts";
import type { Answer, Api } from "./api.ts";
import type { Cursor } from "./connection-types.ts";
import { Connection } from "./connection.ts";
import { Counts } from "./counts.ts";
import { Lists } from "./lists.ts";
import { Observable } from "./observable.ts";
import { PendingSends } from "./pending.ts";
import { pollOnce } from "./polling.ts";
import { Signals } from "./signals.ts";
import { Store } from "./store.ts";
import { Threads } from "./threads.ts";

export interface Me {
  readonly user: User;
  readonly company: Company;
  readonly permissions: readonly string[];
}

export interface DeskOptions {
  readonly api: Api;
  readonly me: Me;
  /** A message of a customer that came while somebody looks or not; for sound and title. */
  readonly onMessage: (message: Message) => void;
  readonly onNotification: (notification: Notification) => void;
}

export class Desk {
  readonly api: Api;
  readonly me: Observable<Me>;
  readonly store = new Store();
  readonly signals = new Signals();
  readonly lists: Lists;
  readonly threads: Threads;
  readonly counts: Counts;
  readonly pending: PendingSends;
  readonly connection: Connection;
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    const { api, me } = options;
    this.#options = options;
    this.api = api;
    this.me = new Observable(me);
    this.lists = new Lists(api, this.store);
    this.threads = new Threads(api, this.store);
    this.counts = new Counts(api);
    this.pending = new PendingSends({
      storage: localStorage,
      key: `balcao:pending:${me.user.id}`,
      post: (id, body) => api.post<Message>(`/conversations/${id}/messages`, body),
      onSent: (message) => this.store.addSent(message),
    });
    this.connection = new Connection({
      address: `${location.origin.replace(/^http/, "ws")}/api/v1/conversations/ws`,
      token: async (renew) => {
        if (renew) await api.session.refresh();
        return api.session.freshToken();
      },
      onFrame: (frame) => this.#frame(frame),
      onSignal: (signal) => this.#signal(signal),
      reload: () => this.#reload(),
      poll: (cursor, signal) => pollOnce(api, cursor, { onFrame: (frame) => this.#frame(frame), signal }),
    });
  }

  get myId(): User["id"] {
    return this.me.value.user.id;
  }

  may(permission: string): boolean {
    return this.me.value.permissions.includes(permission);
  }

  /** Begins to live; returns how to end it. */
  start(): () => void {
    const hurry = () => {
      if (document.visibilityState === "visible") this.connection.hurry();
    };
    const unsubscribe = this.connection.subscribe(() => {
      if (this.connection.value.at === "connected") this.pending.flush();
    });
    window.addEventListener("online", hurry);
    document.addEventListener("visibilitychange", hurry);
    void this.connection.start();
    return () => {
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
      unsubscribe();
      this.connection.stop();
      this.pending.stop();
      this.counts.stop();
    };
  }

  #frame(frame: Frame): void {
    const news = this.store.receive(frame);
    if (!news) return;
    switch (frame.type) {
      case "message_received":
        this.signals.stopTyping(frame.data.conversation_id, frame.data.sender_id);
        this.#options.onMessage(frame.data);
        return;
      case "message_sent":
        this.signals.stopTyping(frame.data.conversation_id, frame.data.sender_id);
        this.pending.settle(frame.data.client_id);
        return;
      case "conversation_created":
      case "conversation_updated":
      case "conversation_removed":
      case "read":
        this.counts.soon();
        return;
      case "user_updated":
        if (frame.data.id === this.myId) this.me.set({ ...this.me.value, user: frame.data });
        return;
      case "notification":
        this.#options.onNotification(frame.data);
        return;
      case "bulk_changed":
        void this.#reload();
        return;
      default:
    }
  }

  #signal(signal: Signal): void {
    if (signal.type === "presence") this.store.showPresence([signal.data]);
    else if (signal.type === "presence_snapshot") this.store.showPresence(signal.data.users);
    else this.signals.receive(signal);
  }

  /** Replaces what is known in one step; answers where in the log the oldest part of it was true. */
  async #reload(): Promise<Cursor> {
    const { api, store, threads } = this;
    const open = threads.current;
    let messages: number | null = null;
    const answer = await store.load(
      async () => {
        const parts = await Promise.all([
          api.get<readonly User[]>("/users"),
          api.get<readonly Queue[]>("/queues"),
          api.get<readonly Label[]>("/labels"),
          api.get<readonly Channel[]>("/channels"),
          open ? ignoreFailure(api.get<Conversation>(`/conversations/${open}`)) : undefined,
          open ? ignoreFailure(threads.request(open)) : undefined,
        ]);
        const seqs = parts.flatMap((part) => (part && part.seq !== null ? [part.seq] : []));
        const [users] = parts;
        return { ...users, seq: Math.min(...seqs), data: parts };
      },
      ([users, queues, labels, channels, conversation, thread]) => {
        messages = thread?.data.length ?? null;
        return {
          users: users.data,
          queues: queues.data,
          labels: labels.data,
          channels: channels.data,
          ...(conversation && { conversations: [conversation.data] }),
          ...(open && thread && { thread: { id: open, messages: thread.data } }),
        };
      },
      true,
    );
    threads.restart(open, messages);
    this.lists.forget();
    this.counts.soon();
    return { since: answer.seq ?? 0, epoch: answer.epoch ?? "" };
  }
}

/** What may have left one's view in the meantime is no reason to show nothing at all. */
async function ignoreFailure<T>(request: Promise<Answer<T>>): Promise<Answer<T> | undefined> {
  try {
    return await request;
  } catch {
    return undefined;
  }
}
