/**
 * What was written and is not yet known to be with the server. It stays, in order, through a lost line and a reload
 * of the page; each try carries the same `client_id`, so that the server makes one message of it.
 */
import type { Attachment, Message, MessageType } from "../contract/entities.ts";
import type { AttachmentId, ConversationId, Instant, MessageId } from "../contract/ids.ts";
import { ApiError } from "./api.ts";
import { backoffMs } from "./backoff.ts";
import { Observable } from "./observable.ts";

/** The body of `POST …/messages` (http.md). */
export interface SendBody {
  readonly client_id: string;
  readonly content: string;
  readonly message_type: MessageType;
  readonly reply_to?: MessageId;
  readonly attachment_ids?: readonly AttachmentId[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The last message that the agent had on the screen. */
  readonly seen_message_id?: MessageId;
  readonly force?: boolean;
}

export type PendingState =
  | { readonly at: "queued" }
  | { readonly at: "sending" }
  /** The customer wrote in the meantime. */
  | { readonly at: "stale"; readonly newer: number }
  | { readonly at: "refused"; readonly reason: string };

export interface PendingSend {
  readonly conversation_id: ConversationId;
  readonly created_at: Instant;
  readonly body: SendBody;
  /** For the bubble, until the server's own message takes its place. */
  readonly attachments: readonly Attachment[];
  readonly state: PendingState;
}

export interface PendingOptions {
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Whose messages: one name per user, so that a shared computer keeps them apart. */
  readonly key: string;
  readonly post: (conversationId: ConversationId, body: SendBody) => Promise<Message>;
  readonly onSent: (message: Message) => void;
  readonly delay?: (attempt: number) => number;
}

export class PendingSends extends Observable<readonly PendingSend[]> {
  readonly #working = new Set<ConversationId>();
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: PendingOptions) {
    super(restore(options));
  }

  add(send: Omit<PendingSend, "state">): void {
    this.#keep([...this.value, { ...send, state: { at: "queued" } }]);
    void this.#work(send.conversation_id);
  }

  /** Tries again what waits: the line is back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#attempt = 0;
    for (const id of new Set(this.value.map((send) => send.conversation_id))) void this.#work(id);
  }

  /** Tries a refused or stale one again; `force` sends past what the customer wrote meanwhile. */
  retry(clientId: string, force = false): void {
    const send = this.#find(clientId);
    if (!send) return;
    this.#change(clientId, { at: "queued" }, force ? { force } : {});
    void this.#work(send.conversation_id);
  }

  discard(clientId: string): void {
    this.#keep(this.value.filter((send) => send.body.client_id !== clientId));
  }

  /** The message came by an event: it is with the server, whatever became of the answer. */
  settle(clientId: string | null): void {
    if (clientId !== null && this.#find(clientId)) this.discard(clientId);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Sends what is queued in one conversation, one after the other. */
  async #work(id: ConversationId): Promise<void> {
    if (this.#working.has(id)) return;
    this.#working.add(id);
    try {
      for (let next = this.#next(id); next; next = this.#next(id)) {
        if (!(await this.#send(next))) return;
      }
    } finally {
      this.#working.delete(id);
    }
  }

  /** The first that waits; nothing overtakes one that asks for a decision. */
  #next(id: ConversationId): PendingSend | undefined {
    const first = this.value.find((send) => send.conversation_id === id && send.state.at !== "refused");
    return first?.state.at === "queued" ? first : undefined;
  }

  /** False when the rest has to wait. */
  async #send({ conversation_id, body }: PendingSend): Promise<boolean> {
    this.#change(body.client_id, { at: "sending" });
    try {
      const message = await this.options.post(conversation_id, body);
      this.#attempt = 0;
      this.options.onSent(message);
      this.discard(body.client_id);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.#refused(body.client_id, error);
    }
  }

  #refused(clientId: string, error: ApiError): boolean {
    if (error.code === "stale_reply") {
      const { messages } = error.details;
      this.#change(clientId, { at: "stale", newer: Array.isArray(messages) ? messages.length : 1 });
      return false;
    }
    if (error.temporary || error.status === 401) {
      this.#change(clientId, { at: "queued" });
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#flushAgain(), (this.options.delay ?? backoffMs)(this.#attempt++));
      return false;
    }
    this.#change(clientId, { at: "refused", reason: error.message });
    return true;
  }

  #flushAgain(): void {
    for (const id of new Set(this.value.map((send) => send.conversation_id))) void this.#work(id);
  }

  #find(clientId: string): PendingSend | undefined {
    return this.value.find((send) => send.body.client_id === clientId);
  }

  #change(clientId: string, state: PendingState, body: Partial<SendBody> = {}): void {
    this.#keep(
      this.value.map((send) =>
        send.body.client_id === clientId ? { ...send, state, body: { ...send.body, ...body } } : send,
      ),
    );
  }

  #keep(next: readonly PendingSend[]): void {
    this.set(next);
    const { storage, key } = this.options;
    try {
      if (next.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(next));
    } catch {
      // A full or forbidden storage costs the safety net, not the message.
    }
  }
}

/** What an earlier page left. What was on its way then is asked for again: the server knows the `client_id`. */
function restore({ storage, key }: PendingOptions): readonly PendingSend[] {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? "[]") as readonly PendingSend[];
    return kept.map((send) => (send.state.at === "sending" ? { ...send, state: { at: "queued" } } : send));
  } catch {
    return [];
  }
}
