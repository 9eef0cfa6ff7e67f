import { expect, test } from "bun:test";

import { z } from "zod";

import { seededRandom } from "../support/random.ts";
import { eventually } from "../support/wait.ts";
import { deadlineMs, howMany } from "./length.ts";
import { Product } from "./product.ts";
import { ReturningClient } from "./returning-client.ts";
import { WebhookLedger } from "./webhook-ledger.ts";

const messages = howMany({ suite: 1_000, long: 10_000 });
const writers = 100;
const rounds = howMany({ suite: 10, long: 200 });

const list = z.array(z.looseObject({ id: z.string() }));
const thread = z.array(z.looseObject({ direction: z.string(), content: z.string() }));

/** The only conversation, after its contact has written. */
async function conversationOf(product: Product): Promise<string> {
  const [only, ...others] = list.parse(await (await product.ask("GET /api/v1/conversations")).json());
  if (!only || others.length > 0) throw new Error("there is not one conversation");
  return only.id;
}

/** Its newest messages, oldest first. */
async function threadOf(product: Product): Promise<z.infer<typeof thread>> {
  const path = `/api/v1/conversations/${await conversationOf(product)}/messages`;
  return thread.parse(await (await product.ask(`GET ${path}?limit=500`)).json());
}

// R8 of the reliability spec.
test(
  "a hundred who write into one conversation at once are shown in the same order on every screen",
  async () => {
    await using product = await Product.open();
    const { socketUrl, desk } = product;
    const clients = Array.from({ length: 5 }, () => new ReturningClient(socketUrl, desk.token));
    await Promise.all(clients.map((client) => client.ready()));
    const options = { lines: writers, customers: 1, random: seededRandom(), atMost: messages };
    await new WebhookLedger(product, options).finished();

    const orders = [];
    for (const client of clients) {
      await eventually("every message", () => client.shown().length >= messages, 60_000);
      const { seqs } = client;
      expect(seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0))).toBe(true);
      orders.push(client.shown());
      await client[Symbol.asyncDispose]();
    }
    expect(new Set(orders[0]).size).toBe(messages);
    for (const order of orders) expect(order).toEqual(orders[0] ?? []);
    // What is loaded later stands in the order in which it was shown.
    const contents = (await threadOf(product)).map(({ content }) => content);
    expect(contents).toEqual(orders[0]?.slice(-500) ?? []);
  },
  deadlineMs,
);

// R7 of the reliability spec.
test(
  "the same answer, sent ten times at once, is one message, and everybody is told the same",
  async () => {
    await using product = await Product.open();
    const one = { lines: 1, customers: 1, random: seededRandom(), atMost: 1 };
    await new WebhookLedger(product, one).finished();
    const path = `POST /api/v1/conversations/${await conversationOf(product)}/messages`;
    for (let round = 0; round < rounds; round += 1) {
      const body = { content: `resposta ${round}`, client_id: `cliente-${round}`, force: true };
      const answers = await Promise.all(Array.from({ length: 10 }, () => product.ask(path, body)));
      const ids = await Promise.all(
        answers.map(async (answer) => list.element.parse(await answer.json()).id),
      );
      expect(new Set(ids).size).toBe(1);
    }
    const answers = (await threadOf(product)).filter(({ direction }) => direction === "out");
    expect(answers.map(({ content }) => content)).toEqual(
      Array.from({ length: rounds }, (_, round) => `resposta ${round}`),
    );
  },
  deadlineMs,
);
