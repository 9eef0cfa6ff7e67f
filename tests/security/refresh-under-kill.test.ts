import { expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { send } from "../support/api.ts";
import { type Executable, startExecutable } from "../support/executable.ts";

const refresh = (server: Executable, cookie: string) =>
  send(server.url, "POST /api/v1/auth/refresh", { headers: { Cookie: cookie } });

/** Makes the first company and gives the cookies of its admin. */
async function setUp(server: Executable): Promise<string> {
  const code = await Bun.file(join(server.folder, "data/setup-code")).text();
  const owner = { company: "Loja", name: "Ana", email: "ana@example.com", password: "correct horse" };
  const answer = await send(server.url, "POST /api/v1/setup", { body: { ...owner, code: code.trim() } });
  return answer.cookies.join("; ");
}

test("50 tabs refresh at once while the server is killed, and nobody is signed out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "balcao-refresh-"));
  let server = await startExecutable({ from: "sources", folder });
  try {
    let cookie = await setUp(server);
    for (let round = 0; round < 3; round += 1) {
      const tabs = Array.from({ length: 50 }, () => refresh(server, cookie));
      const settled = Promise.allSettled(tabs);
      await Promise.any(tabs);
      await server.kill("SIGKILL");
      const answers = (await settled).flatMap((tab) => (tab.status === "fulfilled" ? [tab.value] : []));
      expect(new Set(answers.map(({ status, cookies }) => `${status} ${cookies.join()}`)).size).toBe(1);

      // Most tabs lost their answer: they come back with the cookie that they have.
      server = await startExecutable({ from: "sources", folder });
      const again = await refresh(server, cookie);
      expect([again.status, again.cookies]).toEqual([200, answers[0]?.cookies ?? []]);
      cookie = again.cookies.join("; ");
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
