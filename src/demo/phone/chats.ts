import type { GraphEvent } from "../graph/feed.ts";
import type { Template } from "../graph/numbers.ts";
import type { SentMessage } from "../graph/sent-message.ts";
import { contentOf } from "./from-business.ts";
import { type FromCustomer, readFromCustomer } from "./from-customer.ts";
import type { PhoneMessage, Ticks } from "./protocol.ts";

export type ChatChange =
  | { readonly type: "message"; readonly persona: string; readonly message: PhoneMessage }
  | { readonly type: "typing"; readonly persona: string };

interface ChatsOptions {
  readonly templates: readonly Template[];
  readonly onChange: (change: ChatChange) => void;
}

/** What every customer's phone shows: kept up to date by what happens at the emulator. */
export class Chats {
  readonly #chats = new Map<string, Map<string, PhoneMessage>>();

  constructor(private readonly options: ChatsOptions) {}

  /** Oldest first. */
  of(persona: string): PhoneMessage[] {
    return [...(this.#chats.get(persona)?.values() ?? [])];
  }

  find(persona: string, id: string): PhoneMessage | undefined {
    return this.#chats.get(persona)?.get(id);
  }

  /** To be given every event of the emulator, in order. */
  note(event: GraphEvent): void {
    switch (event.type) {
      case "inbound": {
        const told = readFromCustomer(event.message);
        if (told !== undefined) this.#noteCustomer(told);
        return;
      }
      case "acknowledged":
        this.#climb(event.wamid, "delivered");
        return;
      case "sent":
        this.#noteBusiness(event.message);
        return;
      case "read":
        this.#noteRead(event.wamid, event.typing);
        return;
      case "status":
      case "webhook_lost":
        return;
    }
  }

  #noteCustomer({ id, persona, at, quote, event }: FromCustomer): void {
    switch (event.type) {
      case "message": {
        if (event.chosen !== null && quote !== null) this.#change(persona, quote, { chosen: event.chosen });
        this.#put(persona, {
          ...blank,
          id,
          from: "customer",
          content: event.content,
          at,
          ticks: "sending",
          quote,
        });
        return;
      }
      case "reaction":
        this.#react(persona, event.target, { customer: event.emoji });
        return;
      case "deleted":
        this.#change(persona, event.target, { deleted: true });
        return;
    }
  }

  #noteBusiness({ wamid, person, body, at, failure }: SentMessage): void {
    // Accepted, and yet it never reached the phone.
    if (failure !== undefined) return;
    if (body.type === "reaction") {
      this.#react(person, body.reaction.message_id, { business: body.reaction.emoji || null });
      return;
    }
    const content = contentOf(body, this.options.templates);
    this.#put(person, {
      ...blank,
      id: wamid,
      from: "business",
      content,
      at,
      quote: body.context?.message_id ?? null,
    });
  }

  /** Who reads one message has read those before it. */
  #noteRead(wamid: string, typing: boolean): void {
    const persona = this.#ownerOf(wamid);
    if (persona === undefined) return;
    for (const { id, from } of this.of(persona)) {
      if (from === "customer") this.#climb(id, "read");
      if (id === wamid) break;
    }
    if (typing) this.options.onChange({ type: "typing", persona });
  }

  #climb(wamid: string, ticks: Ticks): void {
    const persona = this.#ownerOf(wamid);
    const message = persona === undefined ? undefined : this.find(persona, wamid);
    if (persona === undefined || message === undefined || message.ticks === null) return;
    if (rank[ticks] > rank[message.ticks]) this.#put(persona, { ...message, ticks });
  }

  #ownerOf(wamid: string): string | undefined {
    for (const [persona, chat] of this.#chats) if (chat.has(wamid)) return persona;
    return undefined;
  }

  #react(persona: string, id: string, reaction: Partial<PhoneMessage["reactions"]>): void {
    const message = this.find(persona, id);
    if (message !== undefined)
      this.#change(persona, id, { reactions: { ...message.reactions, ...reaction } });
  }

  #change(persona: string, id: string, change: Partial<PhoneMessage>): void {
    const message = this.find(persona, id);
    if (message !== undefined) this.#put(persona, { ...message, ...change });
  }

  #put(persona: string, message: PhoneMessage): void {
    const chat = this.#chats.get(persona) ?? new Map<string, PhoneMessage>();
    this.#chats.set(persona, chat.set(message.id, message));
    this.options.onChange({ type: "message", persona, message });
  }
}

const rank: Readonly<Record<Ticks, number>> = { sending: 0, delivered: 1, read: 2 };

const blank = {
  ticks: null,
  quote: null,
  reactions: { customer: null, business: null },
  deleted: false,
  chosen: null,
} as const satisfies Partial<PhoneMessage>;
