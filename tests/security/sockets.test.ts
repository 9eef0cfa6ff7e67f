import { afterEach, beforeEach, expect, test } from "bun:test";

import type { Caller } from "../../src/auth/caller.ts";
import type { RunningServer } from "../../src/compose/server.ts";
import { type Call, send, tokenFor } from "../support/api.ts";
import { seedCompany, type SeededCompany } from "../support/company.ts";
import { type AnyFrame, RawClient } from "../support/raw-client.ts";
import { startWholeServer } from "../support/server.ts";
import { sourceFiles } from "../support/source.ts";
import { eventually } from "../support/wait.ts";

/** In everything that the other company's people write. */
const canary = "canary-91c4";
const nobody = "01890000-0000-7000-8000-000000000000";

let server: RunningServer & { dispose(): Promise<void> };
let ours: SeededCompany;
let theirs: SeededCompany;

beforeEach(async () => {
  server = await startWholeServer();
  const { context } = server.storage;
  ours = await seedCompany(context);
  theirs = await seedCompany(context, { phoneNumberId: "2" });
});
afterEach(() => server.dispose());

const tokenOf = (caller: Caller) => tokenFor(server.storage.context, caller);

async function as(caller: Caller): Promise<(request: string, call?: Call) => ReturnType<typeof send>> {
  const token = await tokenOf(caller);
  return (request, call) => send(server.url, request, { token, ...call });
}

function connect(auth: Readonly<Record<string, unknown>>): RawClient {
  return new RawClient(`${server.url.replace("http", "ws")}/api/v1/conversations/ws`, { auth });
}

async function enter(caller: Caller): Promise<RawClient> {
  const client = connect({ token: await tokenOf(caller) });
  await client.waitFor("ready");
  return client;
}

/** Until all that was sent before has been answered. */
async function settled(client: RawClient): Promise<void> {
  const answered = client.of("pong").length;
  client.send("ping");
  await client.waitFor("pong", () => client.of("pong").length > answered);
}

/** A conversation that says what it is in every field. */
async function write(company: SeededCompany, word: string): Promise<string> {
  const call = await as(company.admin);
  const contact = (await call("POST /api/v1/contacts", { body: { name: word } })).at("id");
  const label = (await call("POST /api/v1/labels", { body: { name: word } })).at("id");
  const about = { contact_id: contact, channel_id: company.channelId, subject: word, labels: [label] };
  const id = (await call("POST /api/v1/conversations", { body: about })).at("id");
  const note = { content: word, message_type: "note" };
  await call(`POST /api/v1/conversations/${id}/messages`, { body: note });
  return id;
}

/** Every command of the dialect that names something, aimed at an id. */
const aimed: Readonly<Record<string, (id: string) => Readonly<Record<string, unknown>>>> = {
  subscribe: (id) => ({ conversation_id: id, since: 0 }),
  unsubscribe: (id) => ({ conversation_id: id }),
  read: (id) => ({ conversation_id: id }),
  typing_start: (id) => ({ conversation_id: id }),
  typing_stop: (id) => ({ conversation_id: id }),
};
/** These name nothing, but the person himself. */
const aimless = new Set(["auth", "ping", "presence"]);

test("every command of the dialect is among those that are tried on another company's ids", async () => {
  const [source] = await sourceFiles("src/realtime/dialects/conversations/decode.ts");
  const known = [...(source?.text ?? "").matchAll(/case "(\w+)":/g)].map(([, type = ""]) => type);
  expect(known.toSorted()).toEqual([...Object.keys(aimed), ...aimless].toSorted());
});

const answersTo = async (client: RawClient, type: string, data: Readonly<Record<string, unknown>>) => {
  const before = client.frames.length;
  client.send(type, data);
  await settled(client);
  return client.frames.slice(before).filter((frame) => frame.type !== "pong");
};

test("a socket learns nothing of another company, whatever it asks for, and nothing there changes", async () => {
  const client = await enter(ours.admin);
  const watcher = await enter(theirs.admin);
  const conversation = await write(theirs, canary);
  watcher.send("subscribe", { conversation_id: conversation });
  await watcher.waitFor("subscribed");
  const foreign = [conversation, theirs.id, theirs.agent.userId, theirs.queueId, theirs.channelId];
  const sees = await as(theirs.admin);
  const state = async () => (await sees(`GET /api/v1/conversations/${conversation}`)).text;
  const before = await state();
  const watched = watcher.frames.length;

  for (const [type, data] of Object.entries(aimed)) {
    const unknown = await answersTo(client, type, data(nobody));
    for (const id of foreign) {
      const answer: readonly AnyFrame[] = await answersTo(client, type, data(id));
      expect([type, withoutIds(answer)]).toEqual([type, withoutIds(unknown)]);
    }
  }
  expect(await state()).toBe(before);
  await settled(watcher);
  expect(watcher.frames.slice(watched).map(({ type }) => type)).toEqual(["pong"]);

  const asked = client.frames.length;
  // While the others work, those who asked for their rooms hear nothing of it.
  const back = connect({ token: await tokenOf(ours.admin), since: 0, epoch: "other", rooms: foreign });
  await back.waitFor("ready");
  for (let n = 0; n < 25; n += 1) await write(theirs, `${canary}-${n}`);
  const last = await write(ours, "o nosso");
  for (const [each, from] of [
    [client, asked],
    [back, 0],
  ] as const) {
    await each.waitFor("conversation_created", ({ data }) => data["id"] === last);
    const heard = JSON.stringify(each.frames.slice(from));
    for (const hidden of [canary, ...foreign]) {
      expect([hidden, heard.includes(hidden)]).toEqual([hidden, false]);
    }
  }
  expect(JSON.stringify(client.frames)).not.toContain(canary);
});

/** An answer may repeat the id that it was asked with. */
function withoutIds(frames: readonly AnyFrame[]): readonly unknown[] {
  return frames.map(({ type, data }) => [type, { ...data, conversation_id: null }]);
}

test("a token opens no socket for somebody of another company", async () => {
  const client = connect({ token: await tokenOf(ours.admin), user_id: theirs.admin.userId });
  expect((await client.waitForClose()).code).toBe(4403);
  expect(JSON.stringify(client.frames)).not.toContain(theirs.id);
});

// S3 of the reliability spec: within 5 s, and nothing after.
const endings: readonly (readonly [string, (agent: Call) => Promise<unknown>])[] = [
  ["signs out", (agent) => send(server.url, "POST /api/v1/auth/logout", { ...agent, body: {} })],
  [
    "signs out everywhere",
    (agent) => send(server.url, "POST /api/v1/auth/logout", { ...agent, body: { everywhere: true } }),
  ],
  [
    "is deactivated",
    async () => {
      const admin = await as(ours.admin);
      await admin(`PATCH /api/v1/users/${ours.agent.userId}`, { body: { active: false } });
    },
  ],
];

test.each(endings)("who %s is cut off, and hears nothing more", async (_how, end) => {
  const token = await tokenOf(ours.agent);
  const client = connect({ token });
  await client.waitFor("ready");
  await end({ token });
  const began = performance.now();
  await write(ours, "depois");
  expect((await client.waitForClose(5_000)).code).toBe(4401);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(JSON.stringify(client.frames)).not.toContain("depois");
});

test("who is taken out of a queue hears nothing more of its conversations", async () => {
  const admin = await as(ours.admin);
  await admin("PATCH /api/v1/settings", { body: { visibility: "queue" } });
  const id = await write(ours, "antes");
  await admin(`POST /api/v1/conversations/${id}/transfer`, { body: { queue_id: ours.queueId } });
  const client = await enter(ours.agent);
  client.send("subscribe", { conversation_id: id });
  await client.waitFor("subscribed");

  await admin(`PATCH /api/v1/queues/${ours.queueId}`, { body: { member_ids: [] } });
  await client.waitFor("resync", () => true, 5_000);
  const after = client.frames.length;
  const note = { content: "só para a fila", message_type: "note" };
  await admin(`POST /api/v1/conversations/${id}/messages`, { body: note });
  const open = await write(ours, "de todos");
  await client.waitFor("conversation_created", ({ data }) => data["id"] === open);
  const heard = client.frames.slice(after);
  expect(heard.filter(({ data }) => data["conversation_id"] === id || data["id"] === id)).toEqual([]);
  await eventually("the refusal", async () => {
    const agent = await as(ours.agent);
    return (await agent(`GET /api/v1/conversations/${id}`)).status === 404;
  });
});

test("a changed password ends the other sessions' sockets, and keeps one's own", async () => {
  const admin = await as(ours.admin);
  const email = "bia@example.com";
  const password = "a primeira senha";
  await admin("POST /api/v1/users", { body: { name: "Bia", email, password } });
  const signIn = async () => {
    const answer = await send(server.url, "POST /api/v1/auth/login", { body: { email, password } });
    return answer.at("access_token");
  };
  const [here, there] = [await signIn(), await signIn()];
  const [own, other] = [connect({ token: here }), connect({ token: there })];
  await Promise.all([own.waitFor("ready"), other.waitFor("ready")]);
  const body = { current_password: password, new_password: "a segunda senha" };
  await send(server.url, "POST /api/v1/auth/password", { token: here, body });
  expect((await other.waitForClose(5_000)).code).toBe(4401);
  await settled(own);
});
