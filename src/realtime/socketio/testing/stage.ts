import { afterEach, beforeEach } from "bun:test";

import { seedCompany, type SeededCompany } from "../../../../tests/support/company.ts";
import { type RealtimeServer, realtimeServer } from "../../../../tests/support/realtime.ts";
import { SocketClient, type SocketClientOptions } from "../../../../tests/support/socket-client.ts";
import { eventually } from "../../../../tests/support/wait.ts";
import type { Caller } from "../../../auth/caller.ts";
import { sampleDialect } from "./sample-dialect.ts";

/** A server with the sample dialect in two namespaces, new for each test, and a company. */
export interface Stage {
  readonly server: RealtimeServer;
  readonly company: SeededCompany;
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** A client that has been let in and has read everything up to `ready`. */
  readonly connect: (caller: Caller, options?: SocketClientOptions) => Promise<SocketClient>;
  /** Until no connection, session, topic or room is left. */
  readonly untilNothingIsLeft: () => Promise<void>;
}

/** Sets the stage before each test of a file and clears it after; ask for it inside of tests only. */
export function stageForEachTest(): () => Stage {
  let stage: Stage | undefined;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage?.server[Symbol.asyncDispose]());
  return () => {
    if (!stage) throw new Error("the stage is set when a test begins");
    return stage;
  };
}

async function setStage(): Promise<Stage> {
  const server = await realtimeServer({
    socketDialects: [sampleDialect("pytake", "/"), sampleDialect("atendimento", "/atendimento")],
  });
  const company = await seedCompany(server.context);
  const address = new URL(server.url.replace(/^ws/, "http")).origin;
  return {
    server,
    company,
    address,
    async connect(caller, options = {}) {
      const token = server.tokenOf(caller);
      const auth = typeof options.auth === "object" ? options.auth : {};
      const client = new SocketClient(address, { ...options, auth: { token, ...auth } });
      await client.waitFor("ready");
      return client;
    },
    async untilNothingIsLeft() {
      const { socketIo, registry } = server.realtime;
      const { engine } = socketIo;
      const left = () => engine.size + engine.topics.polling.size + [...registry.all()].length;
      await eventually("the baseline", () => left() === 0);
    },
  };
}
