import type { Caller } from "../../src/auth/caller.ts";
import type { ConversationId } from "../../src/contract/ids.ts";
import type { DialectName } from "../../src/realtime/dialect.ts";
import { RawClient } from "./raw-client.ts";
import type { RealtimeServer } from "./realtime.ts";
import { SocketClient } from "./socket-client.ts";
import { eventually } from "./wait.ts";

/** A frame of any dialect: its name, its data, and its place in the log where it has one. */
export interface HeardFrame {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly seq: number | undefined;
  /** Whether its event is whole with it. */
  readonly last: boolean;
}

/** Where a client stopped. */
export interface StoppedAt {
  readonly since: number;
  readonly epoch: string;
}

/** What tests need of a client of whatever dialect. */
export interface DialectClient extends AsyncDisposable {
  readonly dialect: DialectName;
  /** All that came, in order. */
  heard(): readonly HeardFrame[];
  /** Asks for a conversation's room; false when it is refused. Where the dialect has no rooms, true. */
  join(id: ConversationId, since?: number): Promise<boolean>;
  /** Sends a command as it is; errors come as frames or as acks, as the dialect has it. */
  say(name: string, data: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Says that the user types, where the dialect has a word for it. */
  type(id: ConversationId): Promise<unknown>;
  /** Until all that was published before has come. */
  upToDate(): Promise<void>;
  /** How it ended: a close code, or the reason that Socket.IO gives; undefined while it is open. */
  ended(): number | string | undefined;
}

const reply = (answer: unknown): Readonly<Record<string, unknown>> =>
  typeof answer === "object" && answer !== null ? { ...answer } : {};

/** `rooms` are joined again. */
type Place = Partial<StoppedAt> & { readonly rooms?: readonly ConversationId[] };

type Where = Pick<RealtimeServer, "url" | "tokenOf">;

/** A client of the caller that has been let in. */
export function dialectClient(server: Where, dialect: DialectName, caller: Caller): Promise<DialectClient> {
  return returningClient(server, dialect, { caller });
}

/** The same, which says where it stopped before. */
export function returningClient(
  server: Where,
  dialect: DialectName,
  { caller, ...place }: Place & { readonly caller: Caller },
): Promise<DialectClient> {
  return dialectClientAt(new URL(server.url).origin, dialect, { token: server.tokenOf(caller), ...place });
}

/** The same with a token, at the server of this origin. */
export async function dialectClientAt(
  origin: string,
  dialect: DialectName,
  auth: Place & { readonly token: string },
): Promise<DialectClient> {
  const client =
    dialect === "conversations" || dialect === "syszap"
      ? rawDialectClient(origin.replace("http", "ws"), dialect, auth)
      : socketDialectClient(origin.replace("ws", "http"), dialect, auth);
  await eventually(`${dialect} to be ready (${client.ended()})`, () =>
    client.heard().some(({ name }) => name === "ready"),
  );
  return client;
}

/** Where a client stands: behind the last event that it has whole. */
export function standing(client: DialectClient): StoppedAt {
  const heard = client.heard();
  const ready = heard.find(({ name }) => name === "ready")?.data;
  const since = Math.max(
    Number(ready?.["seq"]),
    ...heard.filter(({ last, seq }) => last && seq !== undefined).map(({ seq }) => seq ?? 0),
  );
  return { since, epoch: String(ready?.["epoch"]) };
}

/** Contents of the messages that a client was shown, in order. */
export function textsOf(frames: readonly HeardFrame[]): readonly string[] {
  return frames.flatMap(({ name, data }) => {
    switch (name) {
      case "message_received":
      case "message:new":
        return [String(data["content"])];
      case "mensagem:nova":
        return [String(data["conteudo"])];
      case "new_message":
        return [String(data["Body"])];
      default:
        return [];
    }
  });
}

function rawDialectClient(
  origin: string,
  dialect: "conversations" | "syszap",
  auth: Place & { readonly token: string },
): DialectClient {
  const path = dialect === "syszap" ? "/ws" : "/api/v1/conversations/ws";
  const raw = new RawClient(origin + path, { auth });
  const answered = async (
    name: string,
    data: Readonly<Record<string, unknown>>,
    answers: readonly string[],
  ) => {
    const before = raw.frames.length;
    raw.send(name, data);
    return eventually(`an answer to ${name}`, () =>
      raw.frames.slice(before).find(({ type }) => answers.includes(type)),
    );
  };
  return {
    dialect,
    heard: () => raw.frames.map(({ type, data, seq }) => ({ name: type, data, seq, last: true })),
    async join(id, since) {
      if (dialect === "syszap") return true;
      const data = { conversation_id: id, ...(since === undefined ? {} : { since }) };
      return (await answered("subscribe", data, ["subscribed", "error"])).type === "subscribed";
    },
    async say(name, data) {
      raw.send(name, data);
      await answered("ping", {}, ["pong"]);
      return raw.frames.findLast(({ type }) => type !== "pong");
    },
    async type(id) {
      if (dialect === "conversations") await this.say("typing_start", { conversation_id: id });
    },
    upToDate: async () => void (await answered("ping", {}, ["pong"])),
    ended: () => raw.closed?.code,
    [Symbol.asyncDispose]: () => raw[Symbol.asyncDispose](),
  };
}

function socketDialectClient(
  origin: string,
  dialect: "atendimento" | "pytake",
  auth: Place & { readonly token: string },
): DialectClient {
  const url = dialect === "atendimento" ? `${origin}/atendimento` : origin;
  const client = new SocketClient(url, {
    mode: "websocket",
    auth: { resume: true, ...auth },
    settings: { reconnection: false },
  });
  const say = (name: string, data: Readonly<Record<string, unknown>>): Promise<unknown> =>
    client.socket.timeout(10_000).emitWithAck(name, data);
  return {
    dialect,
    heard: () =>
      client.heard.map(({ name, args: [data, place] }) => ({
        name,
        data: reply(data),
        seq: place === undefined ? undefined : Number(reply(place)["seq"]),
        last: reply(place)["last"] === true,
      })),
    async join(id, since) {
      const from = since === undefined ? {} : { since };
      if (dialect === "atendimento")
        return reply(await say("ticket:entrar", { ticketId: id, ...from }))["success"] === true;
      return "conversation_id" in reply(await say("join_conversation", { conversation_id: id, ...from }));
    },
    say,
    type: (id) =>
      dialect === "atendimento"
        ? say("mensagem:digitando", { ticketId: id })
        : say("typing_start", { conversation_id: id }),
    // Any answer will do: it comes behind what was published.
    upToDate: async () =>
      void (await (dialect === "pytake" ? say("ping", {}) : say("ticket:sair", { ticketId: "none" }))),
    ended: () => client.goodbyes[0] ?? client.refusals[0]?.message,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
    },
  };
}
