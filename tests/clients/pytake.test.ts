/** The clients of the PyTake Socket.IO document, in JavaScript and in Python, against the built executable. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";

import { io, type Socket } from "socket.io-client";

import { eventually } from "../support/wait.ts";
import { ClientDesk } from "./desk.ts";

let desk: ClientDesk;
beforeAll(async () => {
  desk = await ClientDesk.open();
}, 60_000);
afterAll(() => desk[Symbol.asyncDispose]());

type Data = Readonly<Record<string, unknown>>;

/** The class of the document, by its methods. */
class SocketClient implements Disposable {
  readonly socket: Socket;

  constructor(url: string, token: string) {
    this.socket = io(url, {
      auth: { token },
      reconnectionAttempts: 5,
      reconnectionDelay: 1000,
      forceNew: true,
    });
  }

  /** The next event of this name. */
  next(name: string): Promise<Data> {
    return new Promise((resolve) => this.socket.once(name, resolve));
  }

  async joinConversation(conversation_id: string): Promise<Data> {
    const joined = this.next("joined_conversation");
    this.socket.emit("join_conversation", { conversation_id });
    return joined;
  }

  async leaveConversation(conversation_id: string): Promise<Data> {
    const left = this.next("left_conversation");
    this.socket.emit("leave_conversation", { conversation_id });
    return left;
  }

  startTyping(conversation_id: string): void {
    this.socket.emit("typing_start", { conversation_id });
  }

  stopTyping(conversation_id: string): void {
    this.socket.emit("typing_stop", { conversation_id });
  }

  [Symbol.dispose](): void {
    this.socket.disconnect();
  }
}

test("the JavaScript client hears all that it listens for", async () => {
  const { conversationId: id, agent } = desk;
  using client = new SocketClient(desk.url, agent.token);
  expect(await client.next("connected")).toEqual({ message: expect.any(String), user_id: agent.userId });
  expect(await client.joinConversation(id)).toEqual({ conversation_id: id, message: expect.any(String) });
  using colleague = new SocketClient(desk.url, desk.product.desk.token);
  await colleague.next("connected");
  await colleague.joinConversation(id);

  const message = client.next("message:new");
  await desk.customer.sendText("Tem pão?");
  expect(await message).toMatchObject({ conversation_id: id, content: "Tem pão?", sender_type: "contact" });

  const typing = client.next("user_typing");
  colleague.startTyping(id);
  expect(await typing).toMatchObject({ conversation_id: id, user_id: expect.any(String), typing: true });
  const stopped = client.next("user_typing");
  colleague.stopTyping(id);
  expect(await stopped).toMatchObject({ typing: false });

  const status = client.next("message:status");
  await desk.answer("Tem!");
  expect(await status).toEqual({
    message_id: expect.any(String),
    status: expect.any(String),
    timestamp: expect.any(String),
  });

  const error = client.next("error");
  client.socket.emit("join_conversation", { conversation_id: "nobody's" });
  expect(await error).toEqual({ message: expect.any(String) });
  expect(await client.leaveConversation(id)).toEqual({ conversation_id: id });
}, 30_000);

const hasPython = Bun.which("python3") !== null;

describe.skipIf(!hasPython)("python-socketio", () => {
  test("hears all that it listens for", async () => {
    const script = join(import.meta.dir, "../../scripts/python.sh");
    const python = (await Bun.$`sh ${script} tests/conformance/python/requirements.txt`.text()).trim();
    const file = join(import.meta.dir, "python/pytake.py");
    const child = Bun.spawn([python, file, desk.url, desk.agent.token, desk.conversationId], {
      stdout: "pipe",
      stderr: "inherit",
    });
    const lines: Data[] = [];
    const reading = (async () => {
      let text = "";
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const complete = text.split("\n");
        text = complete.pop() ?? "";
        // The script writes one JSON object a line.
        for (const line of complete) lines.push(JSON.parse(line) as Data);
      }
    })();
    const heard = (name: string) =>
      eventually(`${name} in Python`, () => lines.find(({ event }) => event === name)?.["data"], 20_000);

    expect(await heard("connected")).toEqual({ message: expect.any(String), user_id: desk.agent.userId });
    expect(await heard("joined_conversation")).toMatchObject({ conversation_id: desk.conversationId });
    await desk.customer.sendText("E bolo?");
    expect(await heard("message:new")).toMatchObject({ content: "E bolo?" });
    await desk.answer("Bolo também");
    expect(await heard("message:status")).toMatchObject({ message_id: expect.any(String) });
    expect(await heard("pong")).toEqual({ timestamp: expect.any(String) });
    expect(await heard("error")).toEqual({ message: expect.any(String) });
    child.kill("SIGKILL");
    await reading;
  }, 120_000);
});
