import type { Command, Config } from "../config.ts";
import { password, users } from "../demo/company/people.ts";
import { startDemo } from "../demo/demo.ts";
import { createLogger } from "../lib/logger.ts";
import { untilTold } from "./until-told.ts";

type DemoCommand = Extract<Command, { readonly name: "demo" }>;

/** Runs the demo until SIGTERM or SIGINT, and leaves nothing behind; resolves to the exit code. */
export async function demo(config: Config, command: DemoCommand): Promise<number> {
  // A line for each request of the sample company would hide the one block that is to be read.
  const log = createLogger({ level: config.logLevel === "info" ? "warn" : config.logLevel });
  if (config.host !== "127.0.0.1") log.warn("the demo listens on 127.0.0.1 only: its passwords are known");
  process.stderr.write("A padaria está abrindo… / Opening the sample bakery…\n");
  // From the beginning: who changes their mind while it opens leaves nothing behind either.
  const stopped = untilTold(log);
  const running = await startDemo(config, { ...command, log });
  process.stdout.write(`listening on ${running.url}\n`);
  process.stderr.write(welcome(running.url, running.phoneUrl));
  const again = await stopped;
  process.once(again, () => process.exit(1));
  await running.stop();
  return 0;
}

function welcome(url: string, phoneUrl: string): string {
  const people = Object.values(users).map(
    ({ name, email, role }) => `    ${email.padEnd(24)} ${name} (${role})`,
  );
  return `
  balcão · demo

  Abra / open:       ${phoneUrl}
                     a caixa de entrada, e um telefone de cliente ao lado
                     (the inbox, with a customer's phone beside it)
  Só a caixa / inbox only:  ${url}

  Senha de todos / everybody's password:  ${password}
${people.join("\n")}

  Ctrl+C encerra e apaga tudo / stops and removes everything.

`;
}
