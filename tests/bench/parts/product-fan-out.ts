import { join } from "node:path";

import { tokenFor } from "../../../src/auth/sessions.ts";
import type { Storage } from "../../../src/compose/storage.ts";
import { createUserInside } from "../../../src/domain/users/create.ts";
import { newId } from "../../../src/lib/ids.ts";
import type { Bench, Part } from "../bench.ts";
import { type Desk, makeDesk } from "../desk.ts";
import { writeHistory } from "../history.ts";
import { startReplies } from "../load/replies.ts";
import { buildSocketsLoad, socketsLoad } from "../load/sockets.ts";
import { firstConversation, type ServerProcess, startBenchServer, startProduct } from "../processes.ts";

const audiences = [100, 1_000, 5_000] as const;
/** Connections of one user, as many as the product lets in. */
const perUser = 50;

/** An agent's answer on its whole way: REST, commit, event, dialect, every colleague's Socket.IO client. */
export const productFanOut: Part = {
  name: "product-fan-out",
  about: "from an agent's REST call through commit and event to all Socket.IO clients",
  async run(bench) {
    if (!(await buildSocketsLoad())) {
      bench.report({ name: "product-fan-out", skipped: "no C compiler found" });
      return;
    }
    const tokens = join(bench.folder, "tokens");
    const desk = await makeDesk(bench.folder, "product-fan-out", async (storage, made) => {
      await writeHistory(storage, made, { messages: 50, days: 0 });
      await Bun.write(tokens, (await makeColleagues(storage, made)).join("\n"));
    });
    await using graph = await startBenchServer("graph.ts");
    for (const clients of audiences) {
      await using server = await startProduct(desk.data, { graphUrl: graph.url });
      await measure(bench, { server, desk, tokens, clients });
    }
  },
};

/** As many as the largest audience needs, each with a token. No password fits the hash: nobody signs in. */
async function makeColleagues({ context }: Storage, { companyId }: Desk): Promise<readonly string[]> {
  const emails = Array.from(
    { length: Math.max(...audiences) / perUser },
    (_, index) => `a${index}@example.com`,
  );
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    for (const email of emails) {
      const user = { id: newId<Parameters<typeof createUserInside>[2]["id"]>(), name: email, email, at };
      await createUserInside(tx, companyId, { ...user, role: "agent", queue_ids: [], passwordHash: "-" });
    }
  });
  return Promise.all(emails.map((email) => tokenFor(context, email)));
}

interface Audience {
  readonly server: ServerProcess;
  readonly desk: Desk;
  readonly tokens: string;
  readonly clients: number;
}

async function measure(bench: Bench, { server, desk, tokens, clients }: Audience): Promise<void> {
  const conversationId = await firstConversation(server, desk);
  await using _replies = startReplies({ url: server.url, token: desk.token, conversationId, atOnce: 4 });
  const { perSecond, p50, p99 } = await socketsLoad({
    ...{ mode: "listen", port: server.port, clients, seconds: bench.seconds * 2 },
    ...{ namespace: "/atendimento,", event: "nova_mensagem", tokens },
  });
  if (perSecond === 0) throw new Error("no answer came to a client");
  bench.report({
    ...{ name: `product-fan-out.${clients}`, unit: "/s", value: perSecond },
    note: `${Math.round(perSecond / clients)} answers a second; to the clients p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  });
}
