import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { receiveText, seedContact, seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { Caller } from "../../auth/caller.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { readContactRow, updateContact } from "../contacts/store.ts";
import { deleteMessage } from "../messages/delete.ts";
import { sendBody, toSendInput } from "../messages/send-body.ts";
import { sendMessage } from "../messages/send.ts";
import { searchRoutes } from "./routes.ts";
import { search, type SearchKind } from "./search.ts";

let context: TestContext;
let company: SeededCompany;
let foreign: SeededCompany;
let api: TestApi;
let token: string;
let joao: ConversationId;
let ana: ConversationId;

beforeAll(async () => {
  context = await testContext();
  company = await seedCompany(context);
  foreign = await seedCompany(context, { phoneNumberId: "2" });
  api = startApi(context, { api: [searchRoutes(context)] });
  token = await api.tokenOf(company.agent);
  joao = await seedConversation(context, company, {
    contact: { name: "João Conceição", phone: "+5511987654321", email: "joao@padaria.example" },
  });
  ana = await seedConversation(context, company, {
    contact: { name: "Ana Müller", phone: "+4930123456" },
    assigneeId: company.admin.userId,
    queueId: company.queueId,
  });
  await receiveText(context, company.agent, { conversationId: joao, text: "A encomenda não chegou, cadê?" });
  await receiveText(context, company.agent, { conversationId: ana, text: "Chegou a encomenda, obrigada" });
  const theirs = await seedConversation(context, foreign, { contact: { name: "João Conceição" } });
  await receiveText(context, foreign.agent, { conversationId: theirs, text: "encomenda secreta" });
});
afterAll(async () => {
  await api.stop();
  await context.dispose();
});

const find = (text: string, caller: Caller = company.agent, kind: SearchKind | null = null) =>
  search(context, caller, { text, kind, limit: 20 });

const names = async (text: string, caller?: Caller) =>
  (await find(text, caller)).contacts.map(({ contact }) => contact.name);
const said = async (text: string, caller?: Caller) =>
  (await find(text, caller)).messages.map(({ message }) => message.content);

describe("a search", () => {
  test("finds people by name without accents, by e-mail, and by phone in any format", async () => {
    for (const text of ["joao", "JOÃO con", "conceicao", "joao@padaria", "padaria"]) {
      expect([text, await names(text)]).toEqual([text, ["João Conceição"]]);
    }
    const phones = [
      "+55 11 98765-4321",
      "5511987654321",
      "(11) 98765-4321",
      "11 8765-4321",
      "98765-43",
      "8765",
    ];
    for (const text of phones) expect([text, await names(text)]).toEqual([text, ["João Conceição"]]);
    expect(await names("muller")).toEqual(["Ana Müller"]);
    expect(await names("oao")).toEqual([]);
  });

  test("finds messages by the beginnings of their words, the newest first, with the place of each", async () => {
    const { messages } = await find("encom cheg");
    expect(messages.map(({ conversation }) => conversation.id)).toEqual([ana, joao]);
    const highlight = messages[1]?.highlight;
    expect(highlight?.ranges.map(([start, end]) => highlight.text.slice(start, end))).toEqual([
      "encom",
      "cheg",
    ]);
  });

  test("finds conversations by their contact and their number", async () => {
    const byName = await find("conceição");
    expect(byName.conversations.map(({ conversation }) => conversation.id)).toEqual([joao]);
    const byNumber = await find("#2");
    expect(byNumber.conversations.map(({ conversation }) => conversation.id)).toEqual([ana]);
    expect([byNumber.contacts, byNumber.messages]).toEqual([[], []]);
  });

  test("of one kind answers that kind only", async () => {
    const { conversations, contacts, messages } = await find("joao", company.agent, "contacts");
    expect([conversations.length, contacts.length, messages.length]).toEqual([0, 1, 0]);
  });

  test("never finds another company's, nor what the caller may not see", async () => {
    expect(await said("secreta")).toEqual([]);
    expect(await said("secreta", foreign.agent)).toEqual(["encomenda secreta"]);
    const restricted: Caller = { ...company.agent, visibility: "assigned" };
    expect(await said("encomenda", restricted)).toEqual(["A encomenda não chegou, cadê?"]);
    expect(await names("ana", restricted)).toEqual([]);
    expect((await find("#2", restricted)).conversations).toEqual([]);
    const viewer: Caller = { ...company.viewer, visibility: "assigned" };
    expect(await said("encomenda", viewer)).toEqual([]);
    await seedContact(context, company, { name: "Sem Conversa" });
    expect(await names("sem conversa", viewer)).toEqual([]);
    expect(await names("sem conversa", restricted)).toEqual(["Sem Conversa"]);
  });

  test("finds notes for those who attend, and nothing that was deleted", async () => {
    const body = sendBody.parse({ content: "paciência ilimitada", message_type: "note" });
    const input = { ...toSendInput(body), conversationId: joao };
    const { id } = await sendMessage(context, company.agent, input);
    expect(await said("ilimitada")).toEqual(["paciência ilimitada"]);
    expect(await said("ilimitada", company.viewer)).toEqual([]);
    await deleteMessage(context, company.agent, { conversationId: joao, messageId: id });
    expect(await said("ilimitada")).toEqual([]);
  });

  test("follows a contact that is renamed or merged away", async () => {
    const id = await seedContact(context, company, { name: "Antigo Nome", phone: null });
    await context.sql.transaction(async (tx) => {
      const row = await readContactRow(tx, company.id, id);
      if (row) await updateContact(tx, company.id, { ...row, name: "Batizado" });
    });
    expect([await names("antigo"), await names("batizado")]).toEqual([[], ["Batizado"]]);
    const other = await seedContact(context, company, { name: "Fica" });
    await context.sql.transaction((tx) =>
      tx.run("UPDATE contacts SET merged_into = $1 WHERE id = $2", [other, id]),
    );
    expect(await names("batizado")).toEqual([]);
  });
});

/** Pieces of FTS5's, SQL's and other languages, alone and in pairs. */
const pieces = [
  '"',
  "'",
  "*",
  "^",
  "(",
  ")",
  "{",
  "}",
  ":",
  "-",
  "+",
  ";",
  "\\",
  "%",
  "_",
  "--",
  "/*",
  "NEAR",
  "NEAR(",
  "AND",
  "OR",
  "NOT",
  "content:",
  "company:",
  "rowid",
  "\u0000",
  "\uD800",
  "\u202E",
  "\u0301",
  "👍",
  "𝕏",
  "$1",
  "?1",
  "@x",
  "' OR 1=1--",
  'company : "x" OR content : "a"',
  "a NOT",
  "OR OR",
  "NEAR(a b, 2",
  '"a',
  "*a",
  "a*b",
  "^a",
  "<script>",
  "{{x}}",
];
const payloads = [
  ...pieces,
  ...pieces.map((piece) => `a ${piece} b`),
  ...pieces.map((piece, n) => `${piece}${pieces[(n * 7 + 3) % pieces.length]}`),
  ...pieces.map((piece) => piece.repeat(20).slice(0, 400)),
  ...Array.from({ length: 40 }, (_, n) => String.fromCodePoint(33 + n * 7, 0x300 + n, 0x4e00 + n * 11)),
];

test(`any text is a fair question: ${payloads.length} hostile ones are answered, and find no stranger`, async () => {
  for (const payload of payloads) {
    const query = encodeURIComponent(payload.toWellFormed());
    const answer = await api.call(`GET /api/v1/search?q=${query}`, { token });
    expect([payload, answer.status]).toEqual([payload, 200]);
    expect(answer.text).not.toContain("secreta");
  }
});

test("a search without words, too long, of an unknown kind or without a token is answered clearly", async () => {
  const status = async (query: string, as: string | undefined = token) =>
    (await api.call(`GET /api/v1/search${query}`, { token: as })).status;
  expect(await status("?q=")).toBe(200);
  expect(await status("")).toBe(400);
  expect(await status(`?q=${"x".repeat(501)}`)).toBe(400);
  expect(await status("?q=x&kind=users")).toBe(400);
  expect(await status("?q=x&limit=0")).toBe(400);
  expect((await api.call("GET /api/v1/search?q=x")).status).toBe(401);
});
