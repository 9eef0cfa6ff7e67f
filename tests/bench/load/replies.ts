/**
 * An agent's answers over REST, one after the other's commit, each with the time in its text, in nanoseconds since 1970. Argument:
 * `RepliesLoad` as JSON; runs until it is killed.
 */
import { z } from "zod";

import { checkout } from "../processes.ts";

const loadSchema = z.object({
  url: z.string(),
  token: z.string(),
  conversationId: z.string(),
  /** Requests under way at once. */
  atOnce: z.number(),
});
export type RepliesLoad = z.infer<typeof loadSchema>;

/** Starts it in another process, which ends with the stack that holds what this returns. */
export function startReplies(load: RepliesLoad): AsyncDisposable {
  const child = Bun.spawn([
    process.execPath,
    `${checkout}/tests/bench/load/replies.ts`,
    JSON.stringify(load),
  ]);
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

const filler =
  "Bom dia! O seu pedido ficou pronto e sai para entrega em meia hora, com o troco para cem reais. Obrigada!";

function nanoseconds(): string {
  return `${Math.round((performance.timeOrigin + performance.now()) * 1000)}000`;
}

async function reply({ url, token, conversationId }: RepliesLoad): Promise<never> {
  for (;;) {
    const response = await fetch(`${url}/api/v1/conversations/${conversationId}/messages`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ content: `ts=${nanoseconds()} ${filler}` }),
    });
    const answer = await response.text();
    if (response.status !== 201) throw new Error(`${response.status} ${answer}`);
  }
}

if (import.meta.main) {
  const load = loadSchema.parse(JSON.parse(process.argv[2] ?? ""));
  await Promise.all(Array.from({ length: load.atOnce }, () => reply(load)));
}
