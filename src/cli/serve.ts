import { startServer } from "../compose/server.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../lib/logger.ts";
import { untilTold } from "./until-told.ts";

/** Starts the server and keeps it until SIGTERM or SIGINT; resolves to the exit code. */
export async function serve(config: Config, log: Logger): Promise<number> {
  const server = await startServer(config, { log });
  // Before the line below: whoever reads it may stop us at once.
  const stopped = untilTold(log);
  process.stdout.write(`listening on ${server.url}\n`);
  // Not through the log, which hides codes: this one is meant to be read.
  if (server.setupUrl !== undefined) process.stderr.write(`Set up your company here: ${server.setupUrl}\n`);
  const again = await stopped;
  // A second signal is an order: no more waiting.
  process.once(again, () => process.exit(1));
  await server.stop();
  return 0;
}
