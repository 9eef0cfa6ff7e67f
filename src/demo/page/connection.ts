import { useEffect, useReducer, useRef } from "react";

import type { Command, Frame } from "../phone/protocol.ts";
import { happened, type Happening, nothingYet, type PhoneState } from "./state.ts";

const retryMs = 800;

export interface PhoneConnection {
  readonly state: PhoneState;
  readonly send: (command: Command) => void;
  /** Takes a customer's phone into the hand. */
  readonly take: (persona: string) => void;
  readonly putDown: () => void;
  readonly understood: () => void;
  /** Says that something could not be sent. */
  readonly fail: () => void;
}

/** The phone's socket for as long as the page lives: opened again when it ends, with the same chat on the screen. */
export function usePhone(): PhoneConnection {
  const [state, tell] = useReducer(
    (before: PhoneState, event: Happening) => happened(before, { event, now: Date.now() }),
    nothingYet,
  );
  const socket = useRef<WebSocket | null>(null);
  const open = useRef<string | null>(null);

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      const line = new WebSocket(`ws://${location.host}/socket`);
      socket.current = line;
      line.addEventListener("open", () => {
        if (open.current !== null) line.send(JSON.stringify({ type: "open", persona: open.current }));
      });
      line.addEventListener("message", ({ data }) => tell(JSON.parse(String(data)) as Frame));
      line.addEventListener("close", () => {
        if (ended) return;
        tell({ type: "cut" });
        timer = setTimeout(connect, retryMs);
      });
    };
    connect();
    return () => {
      ended = true;
      clearTimeout(timer);
      socket.current?.close();
    };
  }, []);

  const send = (command: Command) => {
    if (socket.current?.readyState === WebSocket.OPEN) socket.current.send(JSON.stringify(command));
  };
  return {
    state,
    send,
    take: (persona) => {
      open.current = persona;
      tell({ type: "opened", persona });
      send({ type: "open", persona });
    },
    putDown: () => {
      open.current = null;
      tell({ type: "left" });
      send({ type: "leave" });
    },
    understood: () => tell({ type: "understood" }),
    fail: () => tell({ type: "refused", code: "invalid" }),
  };
}
