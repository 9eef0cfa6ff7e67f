/** What the unmodified python-socketio must be able to do, over each of its transports. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";

import { behave } from "./behaviour.ts";
import { type SocketIoServer, socketIoServer } from "./server.ts";

const here = join(import.meta.dir, "python");
/** The first run fetches the library. Milliseconds. */
const INSTALL_WITHIN_MS = 120_000;

const hasPython = Bun.which("python3") !== null;
if (!hasPython) process.stderr.write("python3 is missing: the tests with python-socketio are left out\n");

describe.skipIf(!hasPython)("python-socketio", () => {
  let server: SocketIoServer;
  let python: string;

  beforeAll(async () => {
    server = socketIoServer();
    behave(server.io);
    const script = join(import.meta.dir, "../../scripts/python.sh");
    python = (await Bun.$`sh ${script} tests/conformance/python/requirements.txt`.text()).trim();
  }, INSTALL_WITHIN_MS);
  afterAll(() => server[Symbol.asyncDispose]());

  test.each([
    ["default", "polling,websocket", "websocket"],
    ["polling", "polling", "polling"],
    ["websocket", "websocket", "websocket"],
  ])(
    "over %s",
    async (_mode, transports, last) => {
      const output = await Bun.$`${python} ${join(here, "client.py")} ${server.url} ${transports}`.text();
      const lines = output.trim().split("\n");
      const found = lines.map((line) => JSON.parse(line) as { case: string; found: unknown });
      const said = { text: "olá 👋", n: [1, null] };
      expect(Object.fromEntries(found.map((one) => [one.case, one.found]))).toEqual({
        "ack in /": said,
        "ack in /atendimento": said,
        transport: last,
        bytes: [1, 2, 255],
        "each once": true,
        rooms: [true, []],
        "its own ack": true,
        "thrown out": true,
        refusal: [[{ message: "Token inválido", data: { code: "token_invalid" } }]],
      });
    },
    60_000,
  );
});
