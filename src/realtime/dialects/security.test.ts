/** S1 and S2 of the security spec over the sockets of all dialects. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { returningClient } from "../../../tests/support/dialect-client.ts";
import { RawClient } from "../../../tests/support/raw-client.ts";
import {
  addMessage,
  openConversation,
  type RealtimeServer,
  realtimeServer,
} from "../../../tests/support/realtime.ts";
import { dialectNames } from "../dialect.ts";
import { createCommands as atendimentoCommands } from "./atendimento/decode.ts";
import { createCommands as pytakeCommands } from "./pytake/decode.ts";

let server: RealtimeServer;
let company: SeededCompany;
let host: string;

beforeEach(async () => {
  server = await realtimeServer();
  company = await seedCompany(server.context);
  host = new URL(server.url).host;
});
afterEach(() => server[Symbol.asyncDispose]());

const foreign = () => [
  "null",
  "https://evil.example",
  "http://evil.example",
  `http://${host}.evil.example`,
  `http://evil.example:${host.split(":")[1]}`,
  `http://${host}@evil.example`,
  `http://evil.example@${host}`,
  `http://${host}/path`,
  `http://127.0.0.1:1`,
  `ftp://${host}`,
  "file://",
  "chrome-extension://abcdefghijklmnop",
];

describe("a foreign Origin is refused before anybody asks who is there", () => {
  test.each(["/api/v1/conversations/ws", "/ws?token=", "/socket.io/?EIO=4&transport=websocket&token="])(
    "on the upgrade at %s",
    async (path) => {
      const token = server.tokenOf(company.agent, Date.now() + 60_000);
      for (const origin of foreign()) {
        const headers = { origin, authorization: `Bearer ${token}`, cookie: "balcao_session=a" };
        const client = new RawClient(`ws://${host}${path}${path.endsWith("=") ? token : ""}`, { headers });
        await client.waitForClose();
        expect([origin, client.frames]).toEqual([origin, []]);
      }
      expect(server.lookUps()).toBe(0);
    },
  );

  test.each(["GET", "POST"])("on %s of long polling", async (method) => {
    for (const origin of foreign()) {
      const answer = await fetch(`http://${host}/socket.io/?EIO=4&transport=polling`, {
        method,
        headers: { origin, authorization: `Bearer ${server.tokenOf(company.agent)}` },
        ...(method === "POST" ? { body: "40" } : {}),
      });
      expect([origin, answer.status]).toEqual([origin, 403]);
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
    }
    expect(server.lookUps()).toBe(0);
    expect(server.realtime.socketIo.engine.size).toBe(0);
  });
});

/** Every command that names a conversation, by dialect; those of Socket.IO are counted against their tables. */
const commands = {
  conversations: ["subscribe", "unsubscribe", "typing_start", "typing_stop", "read"],
  atendimento: ["ticket:entrar", "ticket:sair", "mensagem:digitando"],
  pytake: ["join_conversation", "leave_conversation", "typing_start", "typing_stop"],
  syszap: [],
} as const satisfies Record<(typeof dialectNames)[number], readonly string[]>;

test("no command is left out of these tests", () => {
  const others = { atendimento: ["atendente:status"], pytake: ["ping"] };
  expect(Object.keys(atendimentoCommands().byName).toSorted()).toEqual(
    [...commands.atendimento, ...others.atendimento].toSorted(),
  );
  expect(Object.keys(pytakeCommands().byName).toSorted()).toEqual(
    [...commands.pytake, ...others.pytake].toSorted(),
  );
});

test.each(dialectNames.map((name) => [name] as const))(
  "%s: another company's conversation is as unknown as one that nobody has, in every command",
  async (dialect) => {
    const other = await seedCompany(server.context, { phoneNumberId: "2" });
    const theirs = await openConversation(server, other);
    const canary = "canary-7f3a";
    await server.bus.settled();
    await using client = await returningClient(server, dialect, { caller: company.admin, rooms: [theirs] });
    for (const command of commands[dialect]) {
      const ask = async (id: string) => {
        const fields = { conversation_id: id, ticketId: id, since: 0 };
        const answer = JSON.stringify(await client.say(command, fields));
        return answer.replaceAll(id, "ID");
      };
      expect([command, await ask(theirs)]).toEqual([
        command,
        await ask("01890000-0000-7000-8000-000000000000"),
      ]);
    }
    expect([...server.realtime.registry.ofUser(company.admin.userId)][0]?.rooms.size).toBe(0);

    await addMessage(server, other, { conversationId: theirs, content: canary });
    await server.bus.settled();
    await client.upToDate();
    const heard = JSON.stringify(
      client.heard().filter(({ name }) => !name.startsWith("left_") && name !== "unsubscribed"),
    );
    expect(heard).not.toContain(canary);
    expect(heard).not.toContain(theirs);
  },
);
