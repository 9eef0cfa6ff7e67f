import { useEffect, useMemo } from "react";

import type { ConversationId } from "../../contract/ids.ts";
import { useDesk } from "../hooks.ts";

/** Told again this often while one types, and taken back after a pause this long; in milliseconds. */
const AGAIN = 4_000;
const PAUSE = 5_000;

/** Tells colleagues and the customer's phone that one is typing. */
export function useTypingSignal(id: ConversationId): {
  readonly beat: () => void;
  readonly stop: () => void;
} {
  const { connection } = useDesk();
  const signal = useMemo(() => {
    let told = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(timer);
      if (told > 0) connection.typing(id, false);
      told = 0;
    };
    const beat = () => {
      clearTimeout(timer);
      timer = setTimeout(stop, PAUSE);
      if (Date.now() - told < AGAIN) return;
      told = Date.now();
      connection.typing(id, true);
    };
    return { beat, stop };
  }, [connection, id]);
  useEffect(() => signal.stop, [signal]);
  return signal;
}
