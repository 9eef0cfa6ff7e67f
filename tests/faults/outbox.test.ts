import { expect, test } from "bun:test";

import { z } from "zod";

import { startGraphEmulator } from "../../src/demo/graph/emulator.ts";
import type { Fault } from "../../src/demo/graph/faults.ts";
import { seededRandom } from "../support/random.ts";
import { eventually } from "../support/wait.ts";
import { deadlineMs, howMany } from "./length.ts";
import { Product } from "./product.ts";
import { WebhookLedger } from "./webhook-ledger.ts";

const kills = howMany({ suite: 5, long: 50 });
const conversations = 8;
/** Answers sent between two kills. */
const answers = 12;

const list = z.array(z.looseObject({ id: z.string() }));
const message = z.looseObject({ id: z.string(), conversation_id: z.string(), status: z.string() });

// R5 of the reliability spec.
test(
  "killed between taking an answer, sending it and hearing of it, it loses none and sends none twice by itself",
  async () => {
    const random = seededRandom();
    await using graph = await startGraphEmulator({
      outsideWindow: "allow",
      statuses: { sent: "off", delivered: "off" },
    });
    await using product = await Product.open(["--graph-url", graph.url]);
    const { phoneNumberId, appSecret } = product.desk;
    graph.addNumber({
      ...{ phoneNumberId, appSecret, webhookUrl: product.webhookUrl },
      ...{ displayPhone: "+55 11 4000-1001", wabaId: "102290129340398", accessToken: "token" },
    });
    const everybody = { below: (limit: number) => next++ % limit };
    let next = 0;
    const options = { lines: 1, customers: conversations, atMost: conversations };
    await new WebhookLedger(product, { ...options, random: { ...random, ...everybody } }).finished();
    const threads = list.parse(await (await product.ask("GET /api/v1/conversations")).json());
    expect(threads).toHaveLength(conversations);

    const faults: readonly [Fault, ...Fault[]] = [
      { kind: "delay", ms: 60 },
      { kind: "delay", ms: 20 },
      { kind: "cut", accept: true },
      { kind: "cut", accept: false },
      { kind: "error", code: 131000, status: 500 },
    ];
    const taken: z.infer<typeof message>[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      for (let n = 0; n < answers; n += 1) {
        const thread = threads[random.below(conversations)];
        graph.fault(random.pick(faults));
        const body = { content: `resposta ${kill}.${n}`, force: true };
        const answer = await product.ask(`POST /api/v1/conversations/${thread?.id}/messages`, body);
        taken.push(message.parse(await answer.json()));
      }
      await Bun.sleep(random.below(120));
      await product.end("SIGKILL");
      graph.clearFaults();
      await product.start();
    }

    const now = async () => {
      const found = new Map<string, string>();
      for (const { id } of threads) {
        const answer = await product.ask(`GET /api/v1/conversations/${id}/messages?limit=500`);
        for (const each of z.array(message).parse(await answer.json())) found.set(each.id, each.status);
      }
      return taken.map(({ id }) => [id, found.get(id) ?? "lost"] as const);
    };
    const settled = await eventually(
      `every answer to be sent, or unknown (seed ${random.seed})`,
      async () => {
        const statuses = await now();
        return statuses.every(([, status]) => status !== "pending") && statuses;
      },
      40_000,
    );
    for (const [id, status] of settled) {
      const count = graph.countOf(id);
      if (status === "sent") expect([random.seed, id, count]).toEqual([random.seed, id, 1]);
      else expect([random.seed, id, status, count <= 1]).toEqual([random.seed, id, "unknown", true]);
    }

    // What arrived all the same is told by its status.
    const ambiguous = settled.filter(([id, status]) => status === "unknown" && graph.countOf(id) === 1);
    expect(ambiguous.length).toBeGreaterThan(0);
    for (const [id] of ambiguous) {
      const sent = graph.sent.find(({ callbackData }) => callbackData === id);
      if (sent) await graph.status(sent.wamid, "delivered");
    }
    const statuses = new Map(await now());
    expect(ambiguous.map(([id]) => statuses.get(id))).toEqual(ambiguous.map(() => "delivered"));
  },
  deadlineMs,
);
