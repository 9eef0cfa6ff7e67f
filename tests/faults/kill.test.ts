import { expect, test } from "bun:test";

import { seededRandom } from "../support/random.ts";
import { eventually } from "../support/wait.ts";
import { inCopy, integrityOf, storedTexts } from "./database-copy.ts";
import { deadlineMs, howMany } from "./length.ts";
import { Product } from "./product.ts";
import { ReturningClient } from "./returning-client.ts";
import { WebhookLedger } from "./webhook-ledger.ts";

const kills = howMany({ suite: 20, long: 200 });
const screens = 20;

/** The longest that a start may take, in milliseconds; the promise is 2,000, on a machine that does nothing else. */
const READY_MS = 10_000;

// R1 of the reliability spec, over the dialect of the agent UI.
test(
  "killed at any moment, it has every acknowledged message once, and every screen shows each once",
  async () => {
    const random = seededRandom();
    await using product = await Product.open();
    const clients = Array.from(
      { length: screens },
      () => new ReturningClient(product.socketUrl, product.desk.token),
    );
    await Promise.all(clients.map((client) => client.ready()));
    const ledger = new WebhookLedger(product, { lines: 16, customers: 50, random });

    for (let kill = 0; kill < kills; kill += 1) {
      await Bun.sleep(50 + random.below(500));
      expect(await product.end("SIGKILL")).toBe("SIGKILL");
      const acknowledged = [...ledger.acknowledged];
      const left = await inCopy(product.database, (copy) => ({
        integrity: integrityOf(copy),
        stored: new Set(storedTexts(copy)),
      }));
      expect([random.seed, kill, left.integrity]).toEqual([random.seed, kill, "ok"]);
      expect(acknowledged.filter((text) => !left.stored.has(text))).toEqual([]);
      await product.start();
      await Promise.all(clients.map((client) => client.ready()));
    }
    await ledger.finish();

    const sent = ledger.acknowledged.toSorted();
    expect(sent.length).toBeGreaterThan(kills);
    expect(await inCopy(product.database, (copy) => storedTexts(copy).toSorted())).toEqual(sent);
    for (const client of clients) {
      await eventually("the last message", () => client.shown().length >= sent.length);
      expect(client.shown().toSorted()).toEqual(sent);
      expect(client.returns.length).toBeGreaterThanOrEqual(kills);
      expect(client.returns).not.toContain(false);
      expect(client.seqs.every((seq, index) => index === 0 || seq > (client.seqs[index - 1] ?? 0))).toBe(
        true,
      );
      await client[Symbol.asyncDispose]();
    }
    const slowest = Math.max(...product.startsMs);
    process.stderr.write(
      `${kills} kills (seed ${random.seed}): ${sent.length} messages, ${ledger.refusals.get(0) ?? 0} webhooks sent again, slowest start ${slowest.toFixed(0)} ms\n`,
    );
    expect(slowest).toBeLessThan(READY_MS);
  },
  deadlineMs,
);
