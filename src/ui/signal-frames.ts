import type { Frame, Signal, SignalType } from "../contract/events.ts";

const signalTypes: ReadonlySet<string> = new Set<SignalType>([
  "auth_ok",
  "ready",
  "resync",
  "tick",
  "error",
  "pong",
  "subscribed",
  "unsubscribed",
  "presence",
  "presence_snapshot",
  "typing_start",
  "typing_stop",
  "agent_typing",
  "viewing",
]);

/** Whether a frame describes the moment or the connection, and no event of the log. */
export function isSignal(frame: Frame | Signal): frame is Signal {
  return signalTypes.has(frame.type);
}
