import { expect, test } from "bun:test";

import { parseConfig } from "../config.ts";
import { createLogger } from "../lib/logger.ts";
import { startDemo } from "./demo.ts";
import { freePort } from "./free-port.ts";

test("a busy port that was asked for is an error, and nothing that had begun goes on", async () => {
  using taken = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const parsed = parseConfig(["demo", "--port", String(taken.port)], {});
  if (!parsed.ok) throw new Error(parsed.message);
  const lines: string[] = [];
  const log = createLogger({ level: "warn", format: "json", write: (line) => lines.push(line) });
  const start = startDemo(parsed.config, { log, isPortGiven: true, quiet: true });
  const failure = await start.then(
    () => "it started",
    (error: Error) => error.message,
  );
  expect(failure).toContain(`port ${taken.port}`);
  expect(lines).toEqual([]);
});

test("a busy port that nobody asked for gives way to a free one", () => {
  using taken = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  expect(freePort(taken.port)).toBe(0);
  const { port } = taken;
  taken.stop(true);
  expect(freePort(port)).toBe(port);
});
