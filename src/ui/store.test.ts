import { describe, expect, test } from "bun:test";

import type { Conversation, Message } from "../contract/entities.ts";
import type { Frame } from "../contract/events.ts";
import type { Answer } from "./api.ts";
import { Store } from "./store.ts";
import { conversation, conversationId, message } from "./testing/samples.ts";

function answer<T>(data: T, seq: number): Answer<T> {
  return { data, seq, epoch: "e", nextCursor: null };
}

/** A page that is answered when the test says so. */
function pending<T>() {
  const { promise, resolve } = Promise.withResolvers<Answer<T>>();
  return { request: () => promise, arrive: (data: T, seq: number) => resolve(answer(data, seq)) };
}

const received = (seq: number, data: Message): Frame => ({ type: "message_received", seq, data });
const updated = (seq: number, data: Conversation): Frame => ({ type: "conversation_updated", seq, data });
const loadThread = (store: Store, request: () => Promise<Answer<readonly Message[]>>) =>
  store.load(request, (messages) => ({ thread: { id: conversationId, messages } }));
const contents = (store: Store) =>
  [...(store.value.threads.get(conversationId)?.values() ?? [])].map(({ content }) => content);

describe("a page and the events around it", () => {
  test("an event that the page holds already changes nothing and is no news", async () => {
    const store = new Store();
    await store.load(
      async () => answer([conversation({ unread_count: 3 })], 10),
      (conversations) => ({ conversations }),
    );
    expect(store.receive(updated(10, conversation({ unread_count: 1 })))).toBe(false);
    expect(store.value.conversations.get(conversationId)?.unread_count).toBe(3);
    expect(store.receive(updated(11, conversation({ unread_count: 4 })))).toBe(true);
    expect(store.value.conversations.get(conversationId)?.unread_count).toBe(4);
  });

  test("a message that comes while its thread is on its way is in the thread afterwards", async () => {
    const store = new Store();
    const page = pending<readonly Message[]>();
    const loading = loadThread(store, page.request);
    store.receive(received(12, message("m2")));
    page.arrive([message("m1")], 10);
    await loading;
    expect(contents(store)).toEqual(["m1", "m2"]);
  });

  test("a status that comes before its message's page is not lost", async () => {
    const store = new Store();
    const page = pending<readonly Message[]>();
    const loading = loadThread(store, page.request);
    store.receive({
      type: "message_status_updated",
      seq: 11,
      data: { message_id: message("m1").id, conversation_id: conversationId, status: "read" },
    });
    page.arrive([message("m1", { direction: "out", status: "sent" })], 10);
    await loading;
    expect(store.value.threads.get(conversationId)?.get(message("m1").id)?.status).toBe("read");
  });

  test("a page that comes late does not undo a newer event", async () => {
    const store = new Store();
    store.receive({ type: "conversation_created", seq: 5, data: conversation() });
    const page = pending<readonly Conversation[]>();
    const loading = store.load(page.request, (conversations) => ({ conversations }));
    store.receive(updated(9, conversation({ status: "resolved" })));
    page.arrive([conversation({ status: "active" })], 7);
    await loading;
    expect(store.value.conversations.get(conversationId)?.status).toBe("resolved");
  });

  test("a conversation that left the view does not come back with a late page", async () => {
    const store = new Store();
    const page = pending<readonly Conversation[]>();
    const loading = store.load(page.request, (conversations) => ({ conversations }));
    store.receive({ type: "conversation_removed", seq: 9, data: { conversation_id: conversationId } });
    page.arrive([conversation()], 7);
    await loading;
    expect(store.value.conversations.size).toBe(0);
  });

  test("a second page of the same thread adds to the first", async () => {
    const store = new Store();
    await loadThread(store, async () => answer([message("m3")], 10));
    await loadThread(store, async () => answer([message("m1"), message("m2")], 11));
    expect(contents(store).toSorted()).toEqual(["m1", "m2", "m3"]);
  });

  test("loading everything anew drops what is gone and never shows an empty state between", async () => {
    const store = new Store();
    store.receive({ type: "conversation_created", seq: 5, data: conversation() });
    const sizes: number[] = [];
    store.subscribe(() => sizes.push(store.value.conversations.size));
    const other = conversation({ id: "c2" as Conversation["id"] });
    await store.load(
      async () => answer([other], 20),
      (conversations) => ({ conversations }),
      true,
    );
    expect([...store.value.conversations.keys()]).toEqual([other.id]);
    expect(sizes).toEqual([1]);
  });
});

describe("a replay after a cut", () => {
  test("gives the same thread as no cut at all, with nothing doubled", async () => {
    const frames = [received(11, message("m2")), received(12, message("m3")), received(13, message("m4"))];
    const steady = new Store();
    const cut = new Store();
    for (const store of [steady, cut]) await loadThread(store, async () => answer([message("m1")], 10));
    for (const frame of frames) steady.receive(frame);
    for (const frame of [...frames.slice(0, 2), ...frames]) cut.receive(frame);
    expect(contents(cut)).toEqual(contents(steady));
    expect(contents(cut)).toEqual(["m1", "m2", "m3", "m4"]);
  });
});

describe("a message sent from here", () => {
  test("is shown once, whether its answer or its event comes first", async () => {
    for (const order of ["answer first", "event first"] as const) {
      const store = new Store();
      await loadThread(store, async () => answer([], 10));
      const sent = message("m1", { direction: "out", status: "pending", client_id: "k" });
      const delivered = { ...sent, status: "delivered" } as const;
      if (order === "answer first") store.addSent(sent);
      store.receive({ type: "message_sent", seq: 11, data: delivered });
      if (order === "event first") store.addSent(sent);
      expect([...(store.value.threads.get(conversationId)?.values() ?? [])]).toEqual([delivered]);
    }
  });
});
