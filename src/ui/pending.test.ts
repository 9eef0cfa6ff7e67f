import { expect, test } from "bun:test";

import { eventually } from "../../tests/support/wait.ts";
import type { Message } from "../contract/entities.ts";
import { errors } from "../contract/errors.ts";
import { ApiError } from "./api.ts";
import { type PendingSend, PendingSends, type SendBody } from "./pending.ts";
import { conversationId, message } from "./testing/samples.ts";

class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

const offline = () => new ApiError("offline", "offline");

/** A queue in front of a server that answers as the test says; `asked` is what reached it. */
function queue(answerTo: (body: SendBody) => Promise<Message>, storage = new MemoryStorage()) {
  const asked: SendBody[] = [];
  const sent: Message[] = [];
  const sends = new PendingSends({
    storage,
    key: "k",
    post: async (_id, body) => {
      asked.push(body);
      return answerTo(body);
    },
    onSent: (one) => sent.push(one),
    delay: () => 1,
  });
  return { sends, asked, sent, storage };
}

function draft(clientId: string): Omit<PendingSend, "state"> {
  return {
    conversation_id: conversationId,
    created_at: "2026-11-21T12:00:00.000Z",
    body: { client_id: clientId, content: clientId, message_type: "text" },
    attachments: [],
  };
}

const accept = async (body: SendBody) => message("m1", { client_id: body.client_id });

test("what is written offline is sent once the line is back, in the order of writing", async () => {
  let online = false;
  const { sends, sent } = queue(async (body) => {
    if (!online) throw offline();
    return accept(body);
  });
  for (const id of ["a", "b", "c"]) sends.add(draft(id));
  expect(sends.value).toHaveLength(3);
  online = true;
  sends.flush();
  await eventually("the state that the test waits for", () => sends.value.length === 0);
  expect(sent.map((one) => one.client_id)).toEqual(["a", "b", "c"]);
});

test("every try of a message carries the same client_id", async () => {
  let tries = 0;
  const { sends, asked } = queue(async (body) => {
    tries += 1;
    if (tries < 4) throw offline();
    return accept(body);
  });
  sends.add(draft("a"));
  await eventually("the state that the test waits for", () => sends.value.length === 0);
  expect(asked.map((body) => body.client_id)).toEqual(["a", "a", "a", "a"]);
});

test("what was not sent survives a reload of the page", async () => {
  const first = queue(() => Promise.reject(offline()));
  first.sends.add(draft("a"));
  await eventually(
    "the state that the test waits for",
    () => first.sends.value[0]?.state.at === "queued" && first.asked.length > 0,
  );
  first.sends.stop();
  const second = queue(accept, first.storage);
  expect(second.sends.value.map(({ body }) => body.client_id)).toEqual(["a"]);
  second.sends.flush();
  await eventually("the state that the test waits for", () => second.sends.value.length === 0);
  expect(second.sent).toHaveLength(1);
  expect(first.storage.items.size).toBe(0);
});

test("an answer to a customer who wrote meanwhile waits for a decision, and what follows waits with it", async () => {
  const { sends, asked } = queue(async (body) => {
    if (body.force) return accept(body);
    throw new ApiError("stale_reply", "stale", { status: 409, details: { messages: [{}, {}] } });
  });
  sends.add(draft("a"));
  sends.add(draft("b"));
  await eventually("the state that the test waits for", () => sends.value[0]?.state.at === "stale");
  expect(sends.value[0]?.state).toEqual({ at: "stale", newer: 2 });
  expect(asked.map((body) => body.client_id)).toEqual(["a"]);
  sends.retry("a", true);
  await eventually("the state that the test waits for", () => asked.length === 3);
  expect(asked[1]).toMatchObject({ client_id: "a", force: true });
});

test("a refused message shows the reason and lets the next one pass", async () => {
  const { sends, sent } = queue(async (body) => {
    if (body.client_id === "b") return accept(body);
    throw new ApiError("window_closed", "more than 24 hours", { status: 422 });
  });
  sends.add(draft("a"));
  sends.add(draft("b"));
  await eventually("the state that the test waits for", () => sent.length === 1);
  expect(sends.value.map(({ state }) => state)).toEqual([{ at: "refused", reason: "more than 24 hours" }]);
});

test("a message that came back by an event is not sent again", async () => {
  const { sends, storage } = queue(() => Promise.reject(offline()));
  sends.add(draft("a"));
  sends.settle("a");
  expect(sends.value).toEqual([]);
  expect(storage.items.size).toBe(0);
  sends.stop();
});

test("a storage that holds nonsense does not keep the page from starting", () => {
  const storage = new MemoryStorage();
  storage.setItem("k", "{not json");
  expect(queue(accept, storage).sends.value).toEqual([]);
});

test("what the contract calls temporary is tried again, and nothing else", () => {
  for (const [code, { status, temporary }] of Object.entries(errors)) {
    const error = new ApiError("internal", code, { status });
    expect([code, error.temporary]).toEqual([code, temporary]);
  }
});
