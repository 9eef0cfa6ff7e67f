import { describe, expect, test } from "bun:test";

import { eventually } from "../../tests/support/wait.ts";
import type { AttachmentId, ChannelId, ConversationId, MessageId } from "../contract/ids.ts";
import { insertRemoteAttachment } from "../domain/attachments/store.ts";
import { insertMessage } from "../domain/messages/store.ts";
import { newId } from "../lib/ids.ts";
import { MediaFetcher } from "./media-fetcher.ts";
import { Desk } from "./testing/desk.ts";

const SECOND = 1_000;

/** A desk with a conversation, and the fetcher at work. */
class Store implements AsyncDisposable {
  #position = 1;
  private constructor(
    readonly desk: Desk,
    readonly fetcher: MediaFetcher,
    readonly place: { readonly channelId: ChannelId; readonly conversationId: ConversationId },
  ) {}

  static async open(): Promise<Store> {
    const desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    const fetcher = new MediaFetcher(desk.context, (each) => desk.runtime.running(each));
    return new Store(desk, fetcher, { channelId: channel.id, conversationId: id });
  }

  /** A message of the contact's with a file that is at the provider, as webhooks leave it. */
  async receive(
    mediaId: string,
    { mimeType = "image/png", place = this.place }: { mimeType?: string; place?: Store["place"] } = {},
  ): Promise<MessageId> {
    const { context, company } = this.desk;
    const [id, attachment] = [newId<MessageId>(), newId<AttachmentId>()];
    const at = context.clock.now();
    await context.sql.transaction(async (tx) => {
      await insertMessage(tx, {
        ...{ id, companyId: company.id, ...place, createdAt: at, position: this.#position++ },
        ...{ senderType: "contact", senderId: null, senderName: "Bia", direction: "in", status: "delivered" },
        ...{ messageType: "image", content: "", metadata: {}, externalId: `wamid.${id}` },
      });
      const source = JSON.stringify({ media_id: mediaId });
      await insertRemoteAttachment(tx, company.id, {
        id: attachment,
        messageId: id,
        name: "f",
        mimeType,
        source,
        at,
      });
    });
    this.fetcher.wake();
    return id;
  }

  /** The message's file once it is `ready`, `failed`, or tried in vain so often. */
  file(messageId: MessageId, check: (row: FileRow) => boolean): Promise<FileRow> {
    return eventually("the file", async () => {
      const row = await this.desk.context.sql.read((tx) =>
        tx.get<FileRow>(
          `SELECT state, sha256, thumbnail_sha256, width, height, size, attempts, due_at, error FROM attachments
           WHERE message_id = $1`,
          [messageId],
        ),
      );
      return row && check(row) && row;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.fetcher.stop();
    await this.desk[Symbol.asyncDispose]();
  }
}

interface FileRow {
  readonly state: string;
  readonly sha256: string | null;
  readonly thumbnail_sha256: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly size: number;
  readonly attempts: number;
  readonly due_at: number | null;
  readonly error: string | null;
}

const dot =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** A PNG of so many pixels. */
async function picture(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const small = Buffer.from(dot, "base64");
  return new Uint8Array(await new Bun.Image(small).resize(width, height).png().bytes());
}

describe("a customer's file", () => {
  test("is brought into our own store with its dimensions and a thumbnail, and its message tells so", async () => {
    await using store = await Store.open();
    const bytes = await picture(1200, 600);
    const messageId = await store.receive(store.desk.graph.putMedia(bytes, "image/png").id);
    const row = await store.file(messageId, ({ state }) => state === "ready");
    expect(row).toMatchObject({ width: 1200, height: 600, size: bytes.byteLength, error: null });
    const { blobs } = store.desk.context;
    expect(await blobs.open(row.sha256 ?? "")?.bytes()).toEqual(bytes);
    const small = blobs.open(row.thumbnail_sha256 ?? "");
    if (!small) throw new Error("no thumbnail");
    expect(await new Bun.Image(await small.arrayBuffer()).metadata()).toMatchObject({
      width: 480,
      height: 240,
    });
    const events = await store.desk.context.sql.read((tx) =>
      tx.all<{ data: string }>("SELECT data FROM events WHERE type = 'message.updated'"),
    );
    expect(events.map(({ data }): unknown => JSON.parse(data))).toMatchObject([
      { message_id: messageId, change: "attachment" },
    ]);
  });

  test("that is no picture has no thumbnail, an SVG and one that only says so neither", async () => {
    await using store = await Store.open();
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    for (const [content, type] of [
      [svg, "image/svg+xml"],
      ["\u0089PNG\r\n\u001a\nnot really", "image/png"],
      ["%PDF-1.7", "application/pdf"],
    ] as const) {
      const { id } = store.desk.graph.putMedia(new TextEncoder().encode(content), type);
      const messageId = await store.receive(id, { mimeType: type });
      const row = await store.file(messageId, ({ state }) => state === "ready");
      expect(row).toMatchObject({ thumbnail_sha256: null, width: null, height: null });
    }
  });

  test("is tried again after an outage, and comes", async () => {
    await using store = await Store.open();
    const bytes = await picture(10, 10);
    store.desk.graph.fault({ kind: "http", status: 503 }, { operation: "node_get" });
    store.desk.graph.fault({ kind: "http", status: 404 }, { operation: "media_download" });
    const messageId = await store.receive(store.desk.graph.putMedia(bytes, "image/png").id);
    for (const attempt of [1, 2]) {
      const row = await store.file(messageId, ({ attempts }) => attempts === attempt);
      expect(row.state).toBe("pending");
      store.desk.context.clock.advance(30 * SECOND);
      store.fetcher.wake();
    }
    expect(await store.file(messageId, ({ state }) => state === "ready")).toMatchObject({ width: 10 });
  });

  test("whose bytes are not what was announced is not shown", async () => {
    await using store = await Store.open();
    const { id } = store.desk.graph.putMedia(await picture(10, 10), "image/png");
    const other = store.desk.graph.putMedia(await picture(20, 20), "image/png");
    const described = await fetch(`${store.desk.graph.url}/v24.0/${other.id}`, {
      headers: { authorization: "Bearer EAAdesk-token" },
    });
    const answer: Record<string, unknown> = JSON.parse(await described.text());
    const body = JSON.stringify({ ...answer, sha256: "ab".repeat(32) });
    store.desk.graph.fault({ kind: "http", status: 200, body }, { operation: "node_get" });
    const messageId = await store.receive(id);
    const row = await store.file(messageId, ({ attempts }) => attempts === 1);
    expect(row).toMatchObject({
      state: "pending",
      sha256: null,
      error: expect.stringContaining("announced"),
    });
  });

  test("that the provider no longer has is given up, and its message tells so", async () => {
    await using store = await Store.open();
    const messageId = await store.receive("123456");
    const row = await store.file(messageId, ({ state }) => state === "failed");
    expect(row).toMatchObject({ due_at: null, sha256: null });
    expect(row.error).not.toBeNull();
  });

  test("of a channel that does not answer does not keep another channel's from coming", async () => {
    await using store = await Store.open();
    const { desk } = store;
    const bytes = await picture(5, 5);
    const other = await desk.addChannel();
    const { id: conversationId } = await desk.addConversation(other.id);
    const dead = new Set(Array.from({ length: 20 }, () => desk.graph.putMedia(bytes, "image/png").id));
    desk.graph.fault(
      { kind: "hang", accept: false },
      { times: Infinity, operation: "node_get", when: ({ node }) => dead.has(node) },
    );
    for (const mediaId of dead) await store.receive(mediaId);
    const place = { channelId: other.id, conversationId };
    const messageId = await store.receive(desk.graph.putMedia(bytes, "image/png").id, { place });
    await store.file(messageId, ({ state }) => state === "ready");
  });

  test("waits while its channel is disconnected", async () => {
    await using store = await Store.open();
    await store.desk.runtime.stop(0);
    const messageId = await store.receive(store.desk.graph.putMedia(await picture(5, 5), "image/png").id);
    await store.file(messageId, ({ attempts, state }) => attempts === 1 && state === "pending");
    await store.desk.restart();
    store.desk.context.clock.advance(30 * SECOND);
    store.fetcher.wake();
    await store.file(messageId, ({ state }) => state === "ready");
  });
});
