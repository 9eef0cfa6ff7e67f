import { afterAll, beforeAll, expect, test } from "bun:test";

import { z } from "zod";

import type { ProductApi } from "../product-api.ts";
import { type QuietDemo, startQuietDemo, startWithinMs } from "../testing/quiet-demo.ts";
import { scripts } from "./conversations/index.ts";
import { customers } from "./customers.ts";
import { users } from "./people.ts";

/** What somebody finds who opens the demo: looked at through the product's API. */
const conversations = z.array(
  z.object({
    id: z.string(),
    contact: z.object({ name: z.string(), phone: z.string() }),
    queue_id: z.string().nullable(),
    assignee_id: z.string().nullable(),
    status: z.string(),
    priority: z.string(),
    labels: z.array(z.string()),
    unread_count: z.number(),
    last_message_time: z.iso.datetime(),
    window_expires_at: z.iso.datetime(),
  }),
);
const messages = z.array(
  z.object({
    message_type: z.string(),
    direction: z.string(),
    status: z.string(),
    content: z.string(),
    reply_to: z.string().nullable(),
    reactions: z.array(z.unknown()),
    attachments: z.array(z.object({ url: z.string().nullable(), size: z.number() })),
    error: z.object({ message: z.string() }).nullable(),
    created_at: z.iso.datetime(),
  }),
);

let demo: QuietDemo;
let owner: ProductApi;
let listed: z.infer<typeof conversations>;
let everything: z.infer<typeof messages>;

beforeAll(async () => {
  demo = await startQuietDemo();
  owner = demo.as("helena");
  listed = await owner.get("/conversations?limit=100", conversations);
  const threads = await Promise.all(
    listed.map(({ id }) => owner.get(`/conversations/${id}/messages?limit=100`, messages)),
  );
  everything = threads.flat();
}, startWithinMs);

afterAll(async () => {
  await demo.stop();
});

test("every sample customer has a conversation, under their own name", () => {
  const played: string[] = scripts.map(({ customer }) => customer);
  expect(played.toSorted()).toEqual(Object.keys(customers).toSorted());
  const expected = Object.values(customers).map(({ name }) => name);
  expect(listed.map(({ contact }) => contact.name).toSorted()).toEqual(expected.toSorted());
});

test("each role has its user", async () => {
  const found = await owner.get("/users", z.array(z.object({ email: z.string(), role: z.string() })));
  const expected = Object.values(users).map(({ email, role }) => ({ email, role }));
  expect(found.toSorted(byEmail)).toEqual(expected.toSorted(byEmail));
});

test("the conversations are in every stage that an inbox knows", () => {
  const stages = new Set(listed.map(({ status }) => status));
  expect([...stages].toSorted()).toEqual(["active", "assigned", "resolved", "waiting"]);
  expect(listed.some(({ queue_id, assignee_id }) => queue_id !== null && assignee_id === null)).toBe(true);
  expect(listed.some(({ priority }) => priority === "urgent")).toBe(true);
  expect(listed.some(({ labels }) => labels.length > 1)).toBe(true);
  expect(listed.filter(({ unread_count }) => unread_count > 0).length).toBeGreaterThan(5);
});

test("one window is about to close, and some are closed", () => {
  const hours = listed.map(
    ({ window_expires_at }) => (Date.parse(window_expires_at) - Date.now()) / 3_600_000,
  );
  expect(hours.filter((left) => left > 0 && left < 1)).toHaveLength(1);
  expect(hours.some((left) => left < 0)).toBe(true);
});

test("all of it happened within the last two days", () => {
  const times = everything.map(({ created_at }) => Date.parse(created_at));
  expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());
  expect(Date.now() - Math.min(...times)).toBeLessThan(2 * 24 * 3_600_000);
  expect(Date.now() - Math.min(...times)).toBeGreaterThan(40 * 3_600_000);
});

test("every kind of message is there, with its file", () => {
  const kinds = new Set(everything.map(({ message_type }) => message_type));
  for (const kind of ["text", "image", "audio", "document", "location", "note", "system"]) {
    expect(kinds).toContain(kind);
  }
  const files = everything.flatMap(({ attachments }) => attachments);
  expect(files.length).toBeGreaterThan(8);
  for (const { url, size } of files) expect([url, size > 0]).toEqual([expect.any(String), true]);
});

test("there are quotes, reactions, read ticks, and a message that failed with its reason", () => {
  expect(everything.filter(({ reply_to }) => reply_to !== null).length).toBeGreaterThan(3);
  expect(everything.filter(({ reactions }) => reactions.length > 0).length).toBeGreaterThan(4);
  const sent = everything.filter(
    ({ direction, message_type }) => direction === "out" && message_type !== "note",
  );
  expect(sent.filter(({ status }) => status === "read").length).toBeGreaterThan(10);
  const failed = sent.filter(({ status }) => status === "failed");
  expect(failed.map(({ error }) => error?.message)).toEqual([expect.stringMatching(/.+/)]);
});

test("nothing was lost on the way: no dead letter, nothing waits to leave, no word of trouble in the log", async () => {
  const [channel] = await owner.get("/channels", z.array(z.object({ id: z.string(), status: z.string() })));
  expect(channel?.status).toBe("connected");
  const health = await owner.get(
    `/channels/${channel?.id}/health`,
    z.object({ dead_letters: z.number(), outbox: z.object({ waiting: z.number() }) }),
  );
  expect(health).toEqual({ dead_letters: 0, outbox: { waiting: 0 } });
  expect(demo.troubles).toEqual([]);
  for (const count of demo.graph.counts().values()) expect(count).toBe(1);
});

function byEmail(a: { readonly email: string }, b: { readonly email: string }): number {
  return a.email.localeCompare(b.email);
}
