import type { Logger } from "../lib/logger.ts";

/** Resolves to the signal that asks the process to stop; a second one is not caught. */
export function untilTold(log: Logger): Promise<"SIGTERM" | "SIGINT"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        log.info("stopping", { signal });
        resolve(signal);
      });
    }
  });
}
