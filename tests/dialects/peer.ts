/** A client in a process of its own, which a test may freeze. Arguments: origin, dialect, token. */
import { z } from "zod";

import { dialectNames } from "../../src/realtime/dialect.ts";
import { dialectClientAt } from "../support/dialect-client.ts";

const [origin, dialect, token] = z
  .tuple([z.string(), z.enum(dialectNames), z.string()])
  .parse(process.argv.slice(2));
await dialectClientAt(origin, dialect, { token });
process.stdout.write("ready\n");
