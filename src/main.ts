/** The command line: reads what was asked for, does it, and exits with 0 (done), 1 (failed) or 2 (wrong use). */
import { helpText } from "./cli/help.ts";
import { serve } from "./cli/serve.ts";
import { setup } from "./cli/setup.ts";
import { token } from "./cli/token.ts";
import { type Command, type Config, parseConfig } from "./config.ts";
import { createLogger, type Logger } from "./lib/logger.ts";
import { version } from "./lib/version.ts";

async function obey(command: Command, config: Config, log: Logger): Promise<number> {
  switch (command.name) {
    case "serve":
      return serve(config, log);
    case "setup":
      return setup(config, log, { company: command.company, onlyAsFirst: true });
    case "company add":
      return setup(config, log, { company: command.company, onlyAsFirst: false });
    case "token":
      return token(config, log, command.email);
    case "demo":
      // Loaded when asked for: nobody else pays for it at start.
      return (await import("./cli/demo.ts")).demo(config, command);
    case "help":
      process.stdout.write(helpText(version));
      return 0;
    case "version":
      process.stdout.write(`${version}\n`);
      return 0;
  }
}

async function main(): Promise<number> {
  const parsed = parseConfig(process.argv.slice(2), process.env);
  if (!parsed.ok) {
    process.stderr.write(`balcao: ${parsed.message}\n`);
    return 2;
  }
  const { command, config, notices } = parsed;
  const log = createLogger({ level: config.logLevel });
  for (const notice of notices) log.warn(notice);
  // A bug must not take the inbox down: what was being done fails, is logged, and the server goes on.
  process.on("unhandledRejection", (error) => log.error("an unhandled rejection", { error }));
  process.on("uncaughtException", (error) => log.error("an uncaught exception", { error }));
  try {
    return await obey(command, config, log);
  } catch (error) {
    process.stderr.write(`balcao: ${error instanceof Error ? error.message : String(error)}\n`);
    log.debug("the command failed", { error });
    return 1;
  }
}

process.exit(await main());
