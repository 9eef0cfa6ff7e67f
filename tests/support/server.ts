import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type RunningServer, startServer } from "../../src/compose/server.ts";
import { parseConfig } from "../../src/config.ts";
import { silentLogger } from "../../src/lib/logger.ts";

/** The whole server in this process, on a free port and over a folder of its own. The UI must have been built. */
export async function startWholeServer(
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer & { dispose(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "balcao-whole-"));
  const parsed = parseConfig(["serve", "--port", "0", "--data", folder], env);
  if (!parsed.ok) throw new Error(parsed.message);
  const server = await startServer(parsed.config, { log: silentLogger });
  return {
    ...server,
    async dispose() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
