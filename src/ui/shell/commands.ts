/** What keys and the palette ask for; the screen that can do it listens. */
import { useEffect, useRef } from "react";

export type Command = "next" | "previous" | "reply" | "note" | "assign" | "transfer" | "resolve" | "search";

const listeners = new Map<Command, () => void>();

/** Does a command; false when nothing on the screen can. */
export function run(command: Command): boolean {
  const listener = listeners.get(command);
  listener?.();
  return listener !== undefined;
}

/** Whether something on the screen can do a command now. */
export function can(command: Command): boolean {
  return listeners.has(command);
}

/** Does `command` with `act` while the component is there; null says that it can't now. */
export function useCommand(command: Command, act: (() => void) | null): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  const can = act !== null;
  useEffect(() => {
    if (!can) return undefined;
    const listener = () => latest.current?.();
    listeners.set(command, listener);
    return () => {
      if (listeners.get(command) === listener) listeners.delete(command);
    };
  }, [command, can]);
}
