import { expect, test } from "bun:test";

import type { ConversationId } from "../../../contract/ids.ts";
import { decode } from "./decode.ts";

const id = "01980000-0000-7000-8000-000000000005" as ConversationId;
const about = { conversation_id: id };
const nowhere = { since: undefined, epoch: undefined, rooms: undefined };

test.each([
  [{ type: "ping" }, { kind: "ping" }],
  [{ type: "ping", data: {} }, { kind: "ping" }],
  [
    { type: "subscribe", data: about },
    { kind: "subscribe", conversationId: id, since: undefined },
  ],
  [
    { type: "subscribe", data: { ...about, since: 7 } },
    { kind: "subscribe", conversationId: id, since: 7 },
  ],
  [
    { type: "unsubscribe", data: about },
    { kind: "unsubscribe", conversationId: id },
  ],
  [
    { type: "read", data: about },
    { kind: "read", conversationId: id },
  ],
  [
    { type: "typing_start", data: about },
    { kind: "typing", conversationId: id, typing: true },
  ],
  [
    { type: "typing_stop", data: about },
    { kind: "typing", conversationId: id, typing: false },
  ],
  [
    { type: "presence", data: { status: "away" } },
    { kind: "presence", status: "away" },
  ],
  [
    { type: "auth", token: "t", user_id: "u" },
    { kind: "auth", token: "t", userId: "u", start: nowhere },
  ],
  [
    { type: "auth", data: { token: "t", since: 3, epoch: "e", rooms: [id] } },
    { kind: "auth", token: "t", userId: null, start: { since: 3, epoch: "e", rooms: [id] } },
  ],
] as const)("%j is understood", (frame, command) => {
  expect<unknown>(decode(frame)).toEqual(command);
});

test("what a client says beyond the contract is ignored", () => {
  expect<unknown>(decode({ type: "read", id: 9, data: { ...about, colour: "blue" } })).toEqual({
    kind: "read",
    conversationId: id,
  });
});

test.each([
  [undefined, "malformed_json"],
  [null, "malformed_json"],
  ["ping", "malformed_json"],
  [[], "malformed_json"],
  [{}, "malformed_json"],
  [{ type: ["ping"] }, "malformed_json"],
  [{ type: "ping", data: "now" }, "malformed_json"],
  [{ type: "message_received", data: about }, "unknown_type"],
  [{ type: "__proto__" }, "unknown_type"],
  [{ type: "subscribe" }, "invalid_request"],
  [{ type: "subscribe", data: { conversation_id: 5 } }, "invalid_request"],
  [{ type: "subscribe", data: { conversation_id: "" } }, "invalid_request"],
  [{ type: "subscribe", data: { conversation_id: "x".repeat(65) } }, "invalid_request"],
  [{ type: "subscribe", data: { ...about, since: -1 } }, "invalid_request"],
  [{ type: "subscribe", data: { ...about, since: "7" } }, "invalid_request"],
  [{ type: "typing_start", data: {} }, "invalid_request"],
  [{ type: "presence", data: { status: "asleep" } }, "invalid_request"],
  [{ type: "auth" }, "invalid_request"],
  [{ type: "auth", token: "" }, "invalid_request"],
  [{ type: "auth", token: "x".repeat(8193) }, "invalid_request"],
  [{ type: "auth", token: "t", rooms: "all" }, "invalid_request"],
])("%j is a mistake", (frame, code) => {
  expect<unknown>(decode(frame)).toEqual({ kind: "mistake", code, message: expect.any(String) });
});
