import { expect, test } from "bun:test";

import { seededRandom } from "../support/random.ts";
import { eventually } from "../support/wait.ts";
import { inCopy, integrityOf, storedTexts } from "./database-copy.ts";
import { deadlineMs, howMany } from "./length.ts";
import { Product } from "./product.ts";
import { ReturningClient } from "./returning-client.ts";
import { WebhookLedger } from "./webhook-ledger.ts";

const prlimit = Bun.which("prlimit");
const times = howMany({ suite: 2, long: 20 });

/** A process whose files may have no more bytes finds the disk full at each write. */
function allowBytes(pid: number, bytes: "1" | "unlimited"): void {
  const { success, stderr } = Bun.spawnSync([
    String(prlimit),
    "--pid",
    String(pid),
    `--fsize=${bytes}:unlimited`,
  ]);
  if (!success) throw new Error(stderr.toString());
}

// R16 of the reliability spec. Without `prlimit` (it is Linux's) there is no such disk.
test.if(prlimit !== null)(
  "on a full disk nothing is acknowledged and everything can be read; with room again it goes on by itself",
  async () => {
    await using product = await Product.open();
    await using screen = new ReturningClient(product.socketUrl, product.desk.token);
    await screen.ready();
    const options = { lines: 16, customers: 20, random: seededRandom() };
    const ledger = new WebhookLedger(product, options);

    for (let time = 0; time < times; time += 1) {
      const before = ledger.acknowledged.length;
      await eventually("some messages", () => ledger.acknowledged.length > before + 50);
      allowBytes(product.pid, "1");
      const refused = ledger.refusals.get(503) ?? 0;
      // Everything under way has been answered once this many more were refused.
      await eventually("refusals", () => (ledger.refusals.get(503) ?? 0) > refused + 2 * options.lines);
      const acknowledged = ledger.acknowledged.length;
      await product.ask("GET /api/v1/conversations");
      await eventually("more refusals", () => (ledger.refusals.get(503) ?? 0) > refused + 6 * options.lines);
      expect(ledger.acknowledged).toHaveLength(acknowledged);
      allowBytes(product.pid, "unlimited");
    }
    await ledger.finish();

    const sent = ledger.acknowledged.toSorted();
    const left = await inCopy(product.database, (copy) => ({
      integrity: integrityOf(copy),
      texts: storedTexts(copy).toSorted(),
    }));
    expect(left).toEqual({ integrity: "ok", texts: sent });
    await eventually("every message", () => screen.shown().length >= sent.length);
    expect(screen.shown().toSorted()).toEqual(sent);
    // Refused it was, and never cut off: the process lived through it.
    expect([...ledger.refusals.keys()]).toEqual([503]);
    expect(screen.closes).toEqual([]);
  },
  deadlineMs,
);
