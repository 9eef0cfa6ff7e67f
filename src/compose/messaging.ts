import type { TypingSignals } from "../domain/conversations/typing.ts";

/** The channels, and what goes in and out through them. */
export interface Messaging extends TypingSignals {
  /** What waits to leave, over all channels; the oldest in milliseconds. */
  outboxDepth(): Promise<{ readonly depth: number; readonly oldestAgeMs: number }>;
  stop(): Promise<void>;
}

/** Starts every channel of every company. */
export async function startMessaging(): Promise<Messaging> {
  return {
    agentTyping: () => undefined,
    outboxDepth: async () => ({ depth: 0, oldestAgeMs: 0 }),
    stop: async () => undefined,
  };
}
