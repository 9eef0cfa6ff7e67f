import type { Caller } from "../../auth/caller.ts";
import type { ConversationId } from "../../contract/ids.ts";
import type { Context } from "../context.ts";
import { attendConversation } from "./see.ts";

/** Where what is true for a moment goes: it has no event and is never stored. */
export interface TypingSignals {
  /** An agent types, or stops; the realtime side tells colleagues, the channel tells the contact. */
  agentTyping(caller: Caller, conversationId: ConversationId, typing: boolean): void;
}

/** Says that the caller types in a conversation. Throws `forbidden`, `not_found`. */
export async function showTyping(
  context: Context,
  caller: Caller,
  input: {
    readonly conversationId: ConversationId;
    readonly typing: boolean;
    readonly signals: TypingSignals;
  },
): Promise<void> {
  await context.sql.read((tx) => attendConversation(tx, caller, input.conversationId));
  input.signals.agentTyping(caller, input.conversationId, input.typing);
}
