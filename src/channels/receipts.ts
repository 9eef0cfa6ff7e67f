import type { ChannelId, CompanyId, ConversationId } from "../contract/ids.ts";
import type { Context } from "../domain/context.ts";
import { findNewestInbound } from "../domain/messages/receipt-store.ts";
import type { CompanyEvent } from "../events/log.ts";
import type { RunningChannel } from "./channel.ts";

/** WhatsApp shows "typing…" for 25 s or until a message comes. */
const TYPING_EVERY_MS = 20_000;
/** Conversations that are remembered before the oldest are forgotten. */
const MOST_REMEMBERED = 1_000;

/**
 * Tells the contact that an agent read or types, as far as the channel can. Best effort: it has no outbox, since a
 * receipt that comes late is worth nothing.
 */
export class Receipts {
  readonly #typing = new Map<ConversationId, number>();

  constructor(
    private readonly context: Context,
    /** The channel, where it runs. */
    private readonly running: (id: ChannelId) => RunningChannel | undefined,
  ) {}

  /** For the bus: what an agent read is told to the contact. */
  follow(events: readonly CompanyEvent[]): void {
    for (const event of events) {
      if (event.type !== "conversation.read") continue;
      void this.#tell(event.companyId, event.data.conversation_id, false);
    }
  }

  /** An agent types. WhatsApp can't show it without showing that the message was read, which whoever answers has done. */
  typing(companyId: CompanyId, conversationId: ConversationId): void {
    const now = this.context.clock.now();
    if (now - (this.#typing.get(conversationId) ?? -Infinity) < TYPING_EVERY_MS) return;
    this.#typing.delete(conversationId);
    this.#typing.set(conversationId, now);
    const [oldest] = this.#typing.keys();
    if (this.#typing.size > MOST_REMEMBERED && oldest !== undefined) this.#typing.delete(oldest);
    void this.#tell(companyId, conversationId, true);
  }

  async #tell(companyId: CompanyId, conversationId: ConversationId, typing: boolean): Promise<void> {
    try {
      const newest = await this.context.sql.read((tx) => findNewestInbound(tx, companyId, conversationId));
      if (!newest) return;
      await this.running(newest.channel_id)?.markRead(newest.external_id, typing);
    } catch (error) {
      this.context.log.debug("a receipt was not sent", { conversation: conversationId, error });
    }
  }
}
