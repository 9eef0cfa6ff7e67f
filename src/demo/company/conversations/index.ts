import type { Script } from "../script.ts";
import { cakes } from "./cakes.ts";
import { counter } from "./counter.ts";
import { events } from "./events.ts";

/** Everything that was said in the last two days. */
export const scripts: readonly Script[] = [...cakes, ...counter, ...events];
