import { beforeEach, expect, test } from "bun:test";

import type { ConversationId, UserId } from "../../contract/ids.ts";
import type * as drafts from "./drafts.ts";

const kept = new Map<string, string>();
/** As far as the drafts need it; a browser lists the keys of its storage as properties. */
const storage = new Proxy(
  {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
  {
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  },
);
Object.defineProperty(globalThis, "localStorage", { configurable: true, value: storage });

/** The module as a page that has just been opened sees it. */
async function freshPage(): Promise<typeof drafts> {
  return import(`./drafts.ts?page=${crypto.randomUUID()}`);
}

const id = "c1" as ConversationId;
beforeEach(() => kept.clear());

test("what is being written is there again after a reload", async () => {
  (await freshPage()).changeDraft(id, { text: "Oi, Camila" });
  expect((await freshPage()).draftOf(id)).toMatchObject({ text: "Oi, Camila", note: false });
});

test("a note for the team comes back as a note, never as an answer to the customer", async () => {
  const page = await freshPage();
  page.changeDraft(id, { note: true });
  page.changeDraft(id, { text: "cliente difícil" });
  expect((await freshPage()).draftOf(id)).toMatchObject({ text: "cliente difícil", note: true });
});

test("a draft that was sent or emptied leaves nothing behind", async () => {
  const page = await freshPage();
  page.changeDraft(id, { text: "a" });
  page.changeDraft(id, { text: "" });
  expect(kept.size).toBe(0);
});

test("each conversation has its own, and nonsense in the storage is no draft", async () => {
  kept.set("balcao:draft:c2", "{broken");
  const page = await freshPage();
  page.changeDraft(id, { text: "a" });
  expect(page.draftOf("c2" as ConversationId).text).toBe("");
});

test("somebody else who signs in at the same computer does not find them", async () => {
  const page = await freshPage();
  page.claimDrafts("u1" as UserId);
  page.changeDraft(id, { text: "a" });
  page.claimDrafts("u1" as UserId);
  expect(page.draftOf(id).text).toBe("a");
  page.claimDrafts("u2" as UserId);
  expect(page.draftOf(id).text).toBe("");
  expect([...kept.keys()].filter((key) => key.startsWith("balcao:draft:"))).toEqual([]);
});
