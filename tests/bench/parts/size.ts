import { statSync } from "node:fs";

import { budget, firstLoadSize } from "../../../scripts/size-report.ts";
import type { Part } from "../bench.ts";
import { executable } from "../processes.ts";

/** How much there is to download: the executable once, the UI's first screen at each update. */
export const size: Part = {
  name: "size",
  about: "the executable, and what the UI's first screen waits for, in brotli",
  async run(bench) {
    bench.report({ name: "size.executable", unit: "MB", value: statSync(executable).size / 1e6 });
    const bytes = await firstLoadSize();
    for (const kind of ["script", "style"] as const) {
      bench.report({
        name: `size.first-load-${kind}`,
        unit: "KB",
        value: bytes[kind] / 1000,
        against: { what: "limit", value: budget[kind] / 1000 },
        promised: { bound: "at most", ratio: 1 },
      });
    }
  },
};
