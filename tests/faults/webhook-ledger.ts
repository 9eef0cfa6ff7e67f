import { createHmac } from "node:crypto";

import { webhookBody } from "../bench/webhooks.ts";
import type { Random } from "../support/random.ts";
import type { Product } from "./product.ts";

/** Between two attempts of the same webhook, in milliseconds: Meta's, much hurried. */
const REPEAT_MS = 20;

/**
 * Customers who write all the time, by signed webhooks that are sent again until they are acknowledged, and the ledger
 * of what was.
 */
export class WebhookLedger {
  /** Texts that were acknowledged; each is unique. */
  readonly acknowledged: string[] = [];
  /** How often each status was answered that is no acknowledgement; 0 where nothing was. */
  readonly refusals = new Map<number, number>();
  #isOver = false;
  #next = 0;
  readonly #lines: Promise<void>[];

  /** `lines` webhooks are under way at each moment. */
  constructor(
    private readonly product: Product,
    private readonly options: {
      readonly lines: number;
      readonly customers: number;
      readonly random: Random;
      /** No more than this many texts. */
      readonly atMost?: number;
    },
  ) {
    this.#lines = Array.from({ length: options.lines }, () => this.#line());
  }

  /** Sends no new ones; resolves when everything is acknowledged. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await this.finished();
  }

  /** Resolves when everything is acknowledged. */
  async finished(): Promise<void> {
    await Promise.all(this.#lines);
  }

  async #line(): Promise<void> {
    const { customers, random, atMost = Infinity } = this.options;
    while (!this.#isOver && this.#next < atMost) {
      const number = (this.#next += 1);
      const text = `m${number}`;
      const customer = random.below(customers);
      const body = webhookBody(this.product.desk, {
        ...{ customer, text, id: `wamid.${number}`, at: Date.now() },
      });
      await this.#deliver(body);
      this.acknowledged.push(text);
    }
  }

  async #deliver(body: Uint8Array): Promise<void> {
    const { desk, webhookUrl } = this.product;
    const signature = createHmac("sha256", desk.appSecret).update(body).digest("hex");
    const headers = { "Content-Type": "application/json", "X-Hub-Signature-256": `sha256=${signature}` };
    for (;;) {
      const status = await fetch(webhookUrl, {
        method: "POST",
        body: new Blob([body.slice()]),
        headers,
      }).then(
        async (response) => (await response.text(), response.status),
        () => 0,
      );
      if (status === 200) return;
      this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
      await Bun.sleep(REPEAT_MS);
    }
  }
}
