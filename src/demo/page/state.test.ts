import { describe, expect, test } from "bun:test";

import type { PhoneMessage } from "../phone/protocol.ts";
import { happened, type Happening, nothingYet, type PhoneState } from "./state.ts";

const message: PhoneMessage = {
  id: "m1",
  from: "business",
  content: { type: "text", text: "Bom dia" },
  at: 0,
  ticks: null,
  quote: null,
  reactions: { customer: null, business: null },
  deleted: false,
  chosen: null,
};

function after(...events: readonly Happening[]): PhoneState {
  return events.reduce((state, event) => happened(state, { event, now: 7 }), nothingYet);
}

const opened: Happening = { type: "opened", persona: "ana" };
const arrives = (persona: string, changes: Partial<PhoneMessage> = {}): Happening => ({
  type: "message",
  persona,
  message: { ...message, ...changes },
});

describe("what the phone shows", () => {
  test("a message of the open chat is at its end, and once only when it changes", () => {
    const state = after(
      opened,
      arrives("ana"),
      arrives("ana", { id: "m2" }),
      arrives("ana", { deleted: true }),
    );
    expect(state.messages.map(({ id, deleted }) => [id, deleted])).toEqual([
      ["m1", true],
      ["m2", false],
    ]);
  });

  test("what comes for another customer is counted, until their phone is taken", () => {
    const before = after(opened, arrives("bia"), arrives("bia", { id: "m2" }));
    expect(before.unread).toEqual({ ana: 0, bia: 2 });
    expect(happened(before, { event: { type: "opened", persona: "bia" }, now: 7 }).unread["bia"]).toBe(0);
  });

  test("typing ends with the message that was typed", () => {
    const typing = after(opened, { type: "typing", persona: "ana" });
    expect(typing.typingSince).toBe(7);
    expect(happened(typing, { event: arrives("ana"), now: 8 }).typingSince).toBe(0);
    expect(after(opened, { type: "typing", persona: "bia" }).typingSince).toBe(0);
  });

  test("a chat that comes too late for the one that is open now changes nothing", () => {
    expect(after(opened, { type: "chat", persona: "bia", messages: [message] }).messages).toEqual([]);
  });

  test("a cut keeps everything on the screen", () => {
    const state = after(opened, arrives("ana"), { type: "cut" });
    expect([state.connected, state.messages.length]).toEqual([false, 1]);
  });
});
