/** The product itself, with a commit for each transaction when told `--each-alone`. Arguments: data folder. */
import { startServer } from "../../../src/compose/server.ts";
import { parseConfig } from "../../../src/config.ts";
import { createLogger } from "../../../src/lib/logger.ts";

const [data = "", ...flags] = process.argv.slice(2);
const parsed = parseConfig(["serve", "--port", "0", "--host", "127.0.0.1", "--data", data], {});
if (!parsed.ok) throw new Error(parsed.message);
const server = await startServer(parsed.config, {
  log: createLogger({ level: "error" }),
  groupCommit: !flags.includes("--each-alone"),
});
console.log(`listening on ${server.url}`);
