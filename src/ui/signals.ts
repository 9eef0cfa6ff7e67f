/** What describes the moment and is kept nowhere: who is typing, who looks at a conversation too. */
import type { Signal } from "../contract/events.ts";
import type { ContactId, ConversationId, UserId } from "../contract/ids.ts";
import { Observable } from "./observable.ts";

type Typist =
  { readonly kind: "contact"; readonly id: ContactId } | { readonly kind: "user"; readonly id: UserId };

export interface Moment {
  readonly typing: ReadonlyMap<ConversationId, readonly Typist[]>;
  readonly viewing: ReadonlyMap<ConversationId, readonly UserId[]>;
}

/** Typing that nobody stopped is over after this long, in milliseconds (realtime.md). */
const TYPING_ENDS = 6_000;

export class Signals extends Observable<Moment> {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor() {
    super({ typing: new Map(), viewing: new Map() });
  }

  receive(signal: Signal): void {
    switch (signal.type) {
      case "typing_start":
      case "typing_stop": {
        const { conversation_id, contact_id } = signal.data;
        this.#type(conversation_id, { kind: "contact", id: contact_id }, signal.type === "typing_start");
        return;
      }
      case "agent_typing":
        this.#type(
          signal.data.conversation_id,
          { kind: "user", id: signal.data.user_id },
          signal.data.typing,
        );
        return;
      case "viewing": {
        const viewing = new Map(this.value.viewing).set(signal.data.conversation_id, signal.data.user_ids);
        this.set({ ...this.value, viewing });
        return;
      }
      default:
    }
  }

  /** A message says that its author has stopped typing. */
  stopTyping(conversationId: ConversationId, authorId: string | null): void {
    const typist = this.value.typing.get(conversationId)?.find(({ id }) => id === authorId);
    if (typist) this.#type(conversationId, typist, false);
  }

  #type(conversationId: ConversationId, typist: Typist, typing: boolean): void {
    const key = `${conversationId} ${typist.id}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const others = (this.value.typing.get(conversationId) ?? []).filter(({ id }) => id !== typist.id);
    const next = typing ? [...others, typist] : others;
    this.set({ ...this.value, typing: new Map(this.value.typing).set(conversationId, next) });
    if (!typing) return;
    this.#timers.set(
      key,
      setTimeout(() => this.#type(conversationId, typist, false), TYPING_ENDS),
    );
  }
}
