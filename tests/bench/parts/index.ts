import type { Part } from "../bench.ts";
import { delivery } from "./delivery.ts";
import { large } from "./large.ts";
import { productFanOut } from "./product-fan-out.ts";
import { size } from "./size.ts";
import { sockets } from "./sockets.ts";
import { steady } from "./steady.ts";
import { webhooks } from "./webhooks.ts";

/** In the order of the run. */
export const parts: readonly Part[] = [size, webhooks, delivery, steady, large, sockets, productFanOut];
