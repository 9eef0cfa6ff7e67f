import { useEffect, useMemo } from "react";

import type { ConversationId } from "../../contract/ids.ts";
import type { Connection } from "../connection.ts";
import { useDesk } from "../hooks.ts";

/** Told again this often while one types, and taken back after a pause this long; in milliseconds. */
const AGAIN = 4_000;
const PAUSE = 5_000;

class TypingSignal {
  #toldAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly id: ConversationId,
  ) {}

  /** A key was pressed. */
  beat(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), PAUSE);
    if (Date.now() - this.#toldAt < AGAIN) return;
    this.#toldAt = Date.now();
    this.connection.typing(this.id, true);
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#toldAt > 0) this.connection.typing(this.id, false);
    this.#toldAt = 0;
  }
}

/** Tells colleagues and the customer's phone that one is typing. */
export function useTypingSignal(id: ConversationId): TypingSignal {
  const { connection } = useDesk();
  const signal = useMemo(() => new TypingSignal(connection, id), [connection, id]);
  useEffect(() => () => signal.stop(), [signal]);
  return signal;
}
