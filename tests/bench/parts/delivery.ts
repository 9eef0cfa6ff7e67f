import type { Part } from "../bench.ts";
import { makeDesk } from "../desk.ts";
import { deliveryLoad } from "../load/delivery.ts";
import { startProduct } from "../processes.ts";

const perSecond = 200;
const sockets = 10;
/** What the older systems promised. */
const limitMs = 50;

/** From the webhook's POST to the frame at an agent's socket. */
export const delivery: Part = {
  name: "delivery",
  about: `from webhook to socket, ${perSecond} messages a second, ${sockets} sockets`,
  async run(bench) {
    const desk = await makeDesk(bench.folder, "delivery");
    await using server = await startProduct(desk.data);
    const seconds = bench.seconds * 5;
    const { p50, p99, max, count } = await deliveryLoad({
      port: server.port,
      desk,
      sockets,
      perSecond,
      seconds,
    });
    bench.report({ name: "delivery.p50", unit: "ms", value: p50, note: `${count} frames in ${seconds} s` });
    bench.report({
      name: "delivery.p99",
      unit: "ms",
      value: p99,
      against: { what: "limit", value: limitMs },
      promised: { bound: "at most", ratio: 1 },
      note: `longest ${max.toFixed(1)} ms`,
    });
  },
};
