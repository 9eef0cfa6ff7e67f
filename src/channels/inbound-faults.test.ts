import { describe, expect, test } from "bun:test";

import { seedCompany } from "../../tests/support/company.ts";
import { eventually } from "../../tests/support/wait.ts";
import { StorageError } from "../db/sql.ts";
import { envelope, Receiver, sign, text, verifyToken } from "./testing/webhooks.ts";

const letters = "/api/v1/inbound/dead-letters";
const minute = 60_000;

/** From now on storing a message with this text fails, as a bug of ours would. */
function breakOn(desk: Receiver, content: string) {
  return desk.context.sql.transaction((tx) =>
    tx.run(`CREATE TRIGGER poison BEFORE INSERT ON messages WHEN NEW.content = '${content}'
      BEGIN SELECT RAISE(ABORT, 'poison'); END`),
  );
}

function mend(desk: Receiver) {
  return desk.context.sql.transaction((tx) => tx.run("DROP TRIGGER poison"));
}

/** A generator of numbers in [0, 1) that is the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle<Item>(items: readonly Item[], next: () => number): Item[] {
  return items
    .map((item) => [next(), item] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, item]) => item);
}

describe("a webhook with a thousand updates", () => {
  test("is stored whole, in the provider's order, and once", async () => {
    await using desk = await Receiver.open();
    const messages = Array.from({ length: 1000 }, (_, n) =>
      text(`wamid.${n}`, `mensagem ${n}`, { from: `55119800000${n % 10}0`, at: (1_700_000_000 + n) * 1000 }),
    );
    expect(await desk.send({ messages: messages.toReversed() })).toBe(200);
    expect(await desk.send({ messages })).toBe(200);
    const rows = await desk.rows<{ contact: string; content: string }>(
      `SELECT c.contact_id AS contact, m.content FROM messages m JOIN conversations c ON c.id = m.conversation_id
       ORDER BY m.conversation_id, m.position`,
    );
    expect(rows).toHaveLength(1000);
    expect(new Set(rows.map((row) => row.contact)).size).toBe(10);
    const numbers = rows.slice(0, 100).map(({ content }) => Number(content.split(" ")[1]));
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect(await desk.rows("SELECT DISTINCT state FROM inbound_log")).toEqual([{ state: "done" }]);
  });

  test("that was cut off by a crash is finished at the next start", async () => {
    await using desk = await Receiver.open();
    const messages = Array.from({ length: 120 }, (_, n) => text(`wamid.${n}`, `m${n}`));
    await desk.send({ messages });
    // As the crash leaves it: the raw row is pending, and what came after the first pieces is not there.
    await desk.context.sql.transaction(async (tx) => {
      const later = desk.context.clock.now() + minute;
      await tx.run("UPDATE inbound_log SET state = 'pending', due_at = $1", [later]);
      await tx.run("DELETE FROM messages WHERE content IN ('m99', 'm110', 'm119')");
    });
    desk.retry.start();
    await eventually("the webhook to be finished", async () => {
      const [log] = await desk.rows<{ state: string }>("SELECT state FROM inbound_log");
      return log?.state === "done";
    });
    expect(await desk.rows("SELECT count(*) AS n FROM messages")).toEqual([{ n: 120 }]);
  });
});

describe("an item that can't be processed", () => {
  test("is kept with its reason while its siblings are stored", async () => {
    await using desk = await Receiver.open();
    const nobody = { id: "wamid.x", timestamp: "1700000000", type: "text", text: { body: "?" } };
    const messages = [text("wamid.1", "um"), nobody, text("wamid.2", "dois")];
    expect(await desk.send({ messages })).toBe(200);
    expect((await desk.seen()).messages.map(({ content }) => content)).toEqual(["um", "dois"]);
    const token = await desk.api.tokenOf(desk.company.admin);
    const list = await desk.api.call(`GET ${letters}`, { token });
    expect(list.body).toMatchObject([{ state: "retrying", attempts: 1, channel_id: desk.channelId }]);
    expect(list.at("0.error")).toContain("nobody is named");
  });

  test("is tried five times, then waits for an admin, who sees it, reads it and replays it", async () => {
    await using desk = await Receiver.open();
    await breakOn(desk, "veneno");
    const value = { messages: [text("wamid.1", "um"), text("wamid.2", "veneno"), text("wamid.3", "três")] };
    expect(await desk.send(value)).toBe(200);
    expect(await desk.send(value)).toBe(200);
    for (let tries = 0; tries < 6; tries++) {
      desk.context.clock.advance(40 * minute);
      await desk.retry.retryDue();
    }
    const token = await desk.api.tokenOf(desk.company.admin);
    const list = await desk.api.call(`GET ${letters}`, { token });
    expect(list.body).toMatchObject([
      { state: "dead", attempts: 5, next_attempt_at: null },
      { state: "dead", attempts: 5, next_attempt_at: null },
    ]);
    // No SQL, no path: only that it failed.
    expect(list.text).not.toContain("poison");
    const path = `${letters}/${list.at("0.id")}`;
    const raw = await desk.api.call(`GET ${path}/raw`, { token });
    expect(raw.text).toBe(JSON.stringify(envelope(value)));
    expect((await desk.api.call(`POST ${path}/replay`, { token })).body).toMatchObject({ state: "retrying" });
    await mend(desk);
    expect((await desk.api.call(`POST ${path}/replay`, { token })).body).toEqual({
      state: "done",
      error: null,
    });
    const contents = (await desk.seen()).messages.map(({ content }) => content);
    expect(contents).toEqual(["um", "três", "veneno"]);
  });

  test("is nobody's business but the company's admins'", async () => {
    await using desk = await Receiver.open();
    expect(await desk.post("{")).toBe(200);
    const admin = await desk.api.tokenOf(desk.company.admin);
    const id = (await desk.api.call(`GET ${letters}`, { token: admin })).at("0.id");
    const supervisor = await desk.api.tokenOf(desk.company.supervisor);
    for (const call of [`GET ${letters}`, `POST ${letters}/${id}/replay`, `GET ${letters}/${id}/raw`]) {
      expect((await desk.api.call(call)).status).toBe(401);
      expect((await desk.api.call(call, { token: supervisor })).status).toBe(403);
    }
    const stranger = await seedCompany(desk.context);
    const token = await desk.api.tokenOf(stranger.admin);
    expect((await desk.api.call(`GET ${letters}`, { token })).body).toEqual([]);
    expect((await desk.api.call(`POST ${letters}/${id}/replay`, { token })).status).toBe(404);
    expect((await desk.api.call(`GET ${letters}/${id}/raw`, { token })).status).toBe(404);
    expect((await desk.api.call(`GET ${letters}/..%2f/raw`, { token })).status).toBe(400);
  });
});

describe("a webhook that fails as a whole", () => {
  test("is answered, kept, and processed by itself when the fault is over", async () => {
    await using desk = await Receiver.open();
    await desk.context.sql.transaction((tx) =>
      tx.run(`CREATE TRIGGER poison BEFORE UPDATE OF last_inbound_at ON channels
        BEGIN SELECT RAISE(ABORT, 'poison'); END`),
    );
    expect(await desk.send({ messages: [text("wamid.1", "Oi")] })).toBe(200);
    expect((await desk.seen()).messages).toEqual([]);
    expect(await desk.rows("SELECT state, attempts FROM inbound_log")).toEqual([
      { state: "pending", attempts: 1 },
    ]);
    await mend(desk);
    await desk.retry.retryDue();
    expect((await desk.seen()).messages).toEqual([]);
    desk.context.clock.advance(minute);
    await desk.retry.retryDue();
    expect((await desk.seen()).messages).toMatchObject([{ content: "Oi" }]);
    expect(await desk.rows("SELECT state, error FROM inbound_log")).toEqual([{ state: "done", error: null }]);
  });

  test("is refused, so that the provider sends it again, when nothing can be stored", async () => {
    await using desk = await Receiver.open();
    const { sql } = desk.context;
    const transaction = sql.transaction.bind(sql);
    sql.transaction = () => Promise.reject(new StorageError("full"));
    const value = { messages: [text("wamid.1", "Oi")] };
    expect(await desk.send(value)).toBe(503);
    sql.transaction = transaction;
    expect(await desk.send(value)).toBe(200);
    expect((await desk.seen()).messages).toHaveLength(1);
  });
});

describe("a webhook that is none", () => {
  test("is kept for an admin and not sent again by the provider when it was signed", async () => {
    await using desk = await Receiver.open();
    for (const raw of ["{", "null", "[]", "7", '"text"', '{"object":{}}', "{}", ""]) {
      expect(await desk.post(raw)).toBe(200);
    }
    const [row] = await desk.rows<{ n: number }>("SELECT count(*) AS n FROM inbound_log");
    expect(row?.n).toBe(8);
    expect(await desk.rows("SELECT state FROM inbound_log WHERE state = 'dead'")).toHaveLength(2);
    expect((await desk.seen()).contacts).toEqual([]);
  });

  test("is not found on an address that is no channel's", async () => {
    await using desk = await Receiver.open();
    for (const channelId of ["nothing", crypto.randomUUID(), "%00", "a".repeat(5000)]) {
      expect(await desk.post("{}", { channelId })).toBe(404);
    }
  });

  test("is refused beyond three megabytes, in chunks or not, and packed", async () => {
    await using desk = await Receiver.open();
    const large = `"${"x".repeat(3 * 1024 * 1024)}"`;
    expect(await desk.post(large)).toBe(413);
    const url = `${desk.api.url}/webhooks/whatsapp/${desk.channelId}`;
    const chunks = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (let n = 0; n < 4; n++) controller.enqueue(new Uint8Array(1024 * 1024));
        controller.close();
      },
    });
    const headers = { "x-hub-signature-256": sign(large) };
    const chunked = await fetch(url, { method: "POST", body: chunks, headers });
    expect(chunked.status).toBe(413);
    const packed = await fetch(url, {
      method: "POST",
      body: Bun.gzipSync(Buffer.from("{}")),
      headers: { ...headers, "content-encoding": "gzip" },
    });
    expect(packed.status).toBe(415);
    expect(await desk.rows("SELECT id FROM inbound_log")).toEqual([]);
  });
});

describe("Meta's question before it sends webhooks", () => {
  async function ask(query: string) {
    await using desk = await Receiver.open();
    const response = await fetch(`${desk.api.url}/webhooks/whatsapp/${desk.channelId}?${query}`);
    return { status: response.status, text: await response.text() };
  }

  test("is answered with its challenge as plain text", async () => {
    const query = `hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=1158201444`;
    expect(await ask(query)).toEqual({ status: 200, text: "1158201444" });
  });

  test("is refused with a wrong, empty or missing token", async () => {
    for (const token of ["&hub.verify_token=wrong", "&hub.verify_token=", ""]) {
      expect((await ask(`hub.mode=subscribe&hub.challenge=1${token}`)).status).toBe(403);
    }
  });
});

describe("webhooks that come one to five times, shuffled and all at once", () => {
  const seed = Number(process.env.BALCAO_TEST_SEED ?? Date.now() % 1_000_000);

  test(`give one message per id, statuses that never fall, and one dead letter per poison (seed ${seed})`, async () => {
    await using desk = await Receiver.open();
    const next = random(seed);
    const batches = Array.from({ length: 40 }, (_, batch) => {
      const from = `55119700000${String(batch % 8)}0`;
      const messages = [0, 1, 2].map((n) =>
        text(`wamid.${batch}.${n}`, `${batch}.${n}`, { from, at: (1_700_000_000 + batch * 10 + n) * 1000 }),
      );
      return { messages: [...messages, { id: `poison.${batch}`, type: "text", timestamp: "1700000000" }] };
    });
    const ours = Array.from({ length: 10 }, (_, n) => `wamid.out.${n}`);
    await desk.send({ messages: [text("wamid.first", "Oi")] });
    await desk.context.sql.transaction(async (tx) => {
      for (const [n, id] of ours.entries()) {
        await tx.run(
          `INSERT INTO messages (id, company_id, conversation_id, channel_id, sender_type, sender_name, direction,
             message_type, content, status, position, created_at, external_id)
           SELECT $1, company_id, id, channel_id, 'agent', '', 'out', 'text', '', 'sent', $2, 0, $1 FROM conversations`,
          [id, n + 1],
        );
      }
    });
    const statuses = ours.flatMap((id) =>
      ["sent", "delivered", "read"].map((word) => ({
        statuses: [{ id, status: word, timestamp: "1700000000" }],
      })),
    );
    const posts = [...batches, ...statuses].flatMap((value) =>
      Array.from({ length: 1 + Math.floor(next() * 5) }, () => value),
    );
    const answers = await Promise.all(shuffle(posts, next).map((value) => desk.send(value)));
    expect(new Set(answers)).toEqual(new Set([200]));
    const { contacts, messages, conversations } = await desk.seen();
    const external = messages.map(({ external_id }) => external_id ?? "");
    expect(external.filter((id) => /^wamid\.\d/.test(id)).toSorted()).toEqual(
      batches.flatMap((_, batch) => [0, 1, 2].map((n) => `wamid.${batch}.${n}`)).toSorted(),
    );
    expect(contacts).toHaveLength(9);
    expect(conversations).toHaveLength(9);
    expect(conversations.reduce((sum, { unread_count }) => sum + unread_count, 0)).toBe(121);
    const outgoing = messages.filter(({ direction }) => direction === "out");
    expect(outgoing.map(({ status }) => status)).toEqual(ours.map(() => "read"));
    const dead = await desk.rows<{ inbound_id: string }>("SELECT inbound_id FROM inbound_failures");
    expect(dead).toHaveLength(posts.filter((value) => "messages" in value).length);
    const orders = Map.groupBy(messages, (message) => message.conversation_id);
    for (const thread of orders.values()) {
      const positions = thread.map(({ position }) => position);
      expect(new Set(positions).size).toBe(positions.length);
    }
  });
});
