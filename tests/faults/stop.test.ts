import { expect, test } from "bun:test";

import { seededRandom } from "../support/random.ts";
import { eventually } from "../support/wait.ts";
import { inCopy, storedTexts } from "./database-copy.ts";
import { deadlineMs, howMany } from "./length.ts";
import { Product } from "./product.ts";
import { ReturningClient } from "./returning-client.ts";
import { WebhookLedger } from "./webhook-ledger.ts";

const stops = howMany({ suite: 3, long: 50 });

// R15 of the reliability spec.
test(
  "asked to stop in the middle of the work, it says so to every screen, loses nothing, and ends well in time",
  async () => {
    const random = seededRandom();
    await using product = await Product.open();
    const { socketUrl, desk } = product;
    const clients = Array.from({ length: 10 }, () => new ReturningClient(socketUrl, desk.token));
    await Promise.all(clients.map((client) => client.ready()));
    const ledger = new WebhookLedger(product, { lines: 16, customers: 50, random });

    for (let stop = 0; stop < stops; stop += 1) {
      await Bun.sleep(100 + random.below(300));
      const began = performance.now();
      expect(await product.end("SIGTERM")).toBe(0);
      expect(performance.now() - began).toBeLessThan(10_000);
      const acknowledged = [...ledger.acknowledged];
      const stored = await inCopy(product.database, (copy) => new Set(storedTexts(copy)));
      expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
      await product.start();
      await Promise.all(clients.map((client) => client.ready()));
    }
    await ledger.finish();

    const sent = ledger.acknowledged.toSorted();
    expect(sent.length).toBeGreaterThan(stops);
    for (const client of clients) {
      await eventually("the last message", () => client.shown().length >= sent.length);
      expect(client.shown().toSorted()).toEqual(sent);
      expect(client.returns).not.toContain(false);
      // Told to come back each time; what else it met was a door that was not open yet.
      expect(client.closes.filter((code) => code === 1012)).toHaveLength(stops);
      await client[Symbol.asyncDispose]();
    }
  },
  deadlineMs,
);
