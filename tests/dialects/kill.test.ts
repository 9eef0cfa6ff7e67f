import { expect, test } from "bun:test";

import { z } from "zod";

import type { ConversationId } from "../../src/contract/ids.ts";
import { type DialectName, dialectNames } from "../../src/realtime/dialect.ts";
import { deadlineMs, howMany } from "../faults/length.ts";
import { Product } from "../faults/product.ts";
import { WebhookLedger } from "../faults/webhook-ledger.ts";
import { dialectClientAt, standing, type StoppedAt, textsOf } from "../support/dialect-client.ts";
import { seededRandom } from "../support/random.ts";
import { eventually } from "../support/wait.ts";

const polled = z.object({ epoch: z.string() });
const kills = howMany({ suite: 4, long: 100 });

/** A client of one dialect that comes back after each kill, and the ledger of what it showed. */
class Returning {
  readonly texts: string[] = [];
  readonly resumed: unknown[] = [];
  #place: StoppedAt;

  constructor(
    private readonly product: Product,
    private readonly dialect: DialectName,
    private readonly from: { readonly rooms: readonly ConversationId[]; readonly place: StoppedAt },
  ) {
    this.#place = from.place;
  }

  /** Connects, lets `meanwhile` happen, and goes; adds what came. */
  async visit(meanwhile: () => Promise<unknown>): Promise<void> {
    const { product, dialect, from } = this;
    const auth = { token: product.desk.token, rooms: from.rooms, ...this.#place };
    const client = await dialectClientAt(product.url, dialect, auth);
    await meanwhile();
    await client[Symbol.asyncDispose]();
    this.resumed.push(client.heard().find(({ name }) => name === "ready")?.data["resumed"]);
    this.#place = standing(client);
    this.texts.push(...textsOf(client.heard()));
  }
}

test(
  "over kill -9 of the server, clients of all four dialects come back to everything that was acknowledged, once",
  async () => {
    const random = seededRandom();
    await using product = await Product.open();
    const ledger = new WebhookLedger(product, { lines: 2, customers: 1, random });
    // One customer, so that the clients of `pytake` know whose room to join.
    const id = await eventually("the conversation", async () => {
      const list = await (await product.ask("GET /api/v1/conversations")).text();
      return /"id":"([^"]+)"/.exec(list)?.[1];
    });
    const { epoch } = polled.parse(await (await product.ask("GET /api/v1/events")).json());
    const from = { rooms: [id as ConversationId], place: { since: 0, epoch } };
    const clients = dialectNames.map((dialect) => new Returning(product, dialect, from));
    const everybody = (meanwhile: () => Promise<unknown>) =>
      Promise.all(clients.map((client) => client.visit(meanwhile)));
    await everybody(async () => undefined);

    for (let kill = 0; kill < kills; kill += 1) {
      const killed = Promise.withResolvers<void>();
      let inside = 0;
      const visits = everybody(() => {
        inside += 1;
        return killed.promise;
      });
      await eventually("all to be in", () => inside === clients.length);
      await Bun.sleep(random.below(300));
      expect(await product.end("SIGKILL")).toBe("SIGKILL");
      killed.resolve();
      await visits;
      await product.start();
    }
    await ledger.finish();
    const sent = ledger.acknowledged.toSorted();
    await everybody(() => Bun.sleep(0));

    for (const { texts, resumed } of clients) {
      expect(resumed).toEqual(resumed.map(() => true));
      expect([random.seed, texts.toSorted()]).toEqual([random.seed, sent]);
    }
  },
  deadlineMs,
);
