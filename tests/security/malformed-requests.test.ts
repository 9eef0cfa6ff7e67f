/** Requests that no HTTP library sends, byte by byte: an answer of ours, nothing of the inside, and the process goes on. */
import { afterAll, beforeAll, expect, test } from "bun:test";

import { startWholeServer } from "../support/server.ts";

let server: Awaited<ReturnType<typeof startWholeServer>>;

beforeAll(async () => {
  server = await startWholeServer();
});
afterAll(() => server.dispose());

/** What comes back until the server closes the connection. */
async function send(request: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  let answer = "";
  const closed = Promise.withResolvers<void>();
  await Bun.connect({
    hostname,
    port: Number(port),
    socket: {
      open: (socket) => void socket.write(request),
      data: (_socket, bytes) => void (answer += bytes.toString()),
      close: () => closed.resolve(),
    },
  });
  await closed.promise;
  return answer;
}

const paths = ["/", "/api/v1/conversations", "/socket.io/?EIO=4&transport=polling", "/ws"] as const;
const hosts = ["a;script-src *", "a b", "[", "%", "a:99999999", "<script>"] as const;

test.each(hosts.flatMap((host) => paths.map((path) => [host, path] as const)))(
  "the host %j is refused at %s, without a word of the inside",
  async (host, path) => {
    const answer = await send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(/\.ts\b|stack|bun/i);
  },
);

test.each(["", "GET", "GET / HTTP/9.9", "GET /\u0000 HTTP/1.1", "\u0016\u0003\u0001"])(
  "a request line such as %j costs only its own connection",
  async (line) => {
    const answer = await send(`${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).not.toMatch(/\.ts\b|stack/i);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  },
);
