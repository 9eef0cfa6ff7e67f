import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany, type SeededCompany, seedUser } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { ChannelId, ContactId } from "../../contract/ids.ts";
import type { InboundItem, Person } from "../inbound-item.ts";
import { arrive } from "../messages/arrive.ts";
import { identify, learnIdentifiers } from "./identify.ts";
import { contactRoutes } from "./routes.ts";
import { loadContacts } from "./store.ts";

const day = 24 * 60 * 60 * 1000;
let context: TestContext;
let api: TestApi;

beforeAll(async () => {
  context = await testContext();
  api = startApi(context, { api: [contactRoutes(context)] });
});
afterAll(async () => {
  await api.stop();
  await context.dispose();
});

function person(name: string | null, ...waIds: readonly string[]): Person {
  return { name, identifiers: waIds.map((value) => ({ kind: "wa_id", value })) };
}

function identifyIn(company: SeededCompany, someone: Person) {
  const at = context.clock.now();
  return context.sql.transaction((tx) => identify(tx, company.id, { person: someone, at }));
}

/** Somebody writes on the company's channel. */
async function write(company: SeededCompany, from: Person, channelId: ChannelId = company.channelId) {
  const at = context.clock.now();
  const item: InboundItem = {
    kind: "message",
    route: "",
    at,
    externalId: crypto.randomUUID(),
    from,
    content: { type: "text", text: "Oi", files: [], metadata: {}, replyTo: null },
    history: null,
  };
  const channel = { id: channelId, companyId: company.id, kind: "whatsapp_cloud" } as const;
  await context.sql.transaction((tx) => arrive(tx, channel, { item, at }));
}

async function contactOf(company: SeededCompany, id: ContactId) {
  return (await context.sql.read((tx) => loadContacts(tx, company.id, [id]))).get(id);
}

async function events(company: SeededCompany): Promise<string[]> {
  const rows = await context.sql.read((tx) =>
    tx.all<{ type: string }>("SELECT type FROM events WHERE company_id = $1 ORDER BY seq", [company.id]),
  );
  return rows.map((row) => row.type);
}

describe("who somebody is", () => {
  test("a customer is the same with and without the ninth digit", async () => {
    const company = await seedCompany(context);
    const one = await identifyIn(company, person("Ana", "5511987654321"));
    const other = await identifyIn(company, person("Ana", "551187654321"));
    expect(other.contactId).toBe(one.contactId);
    expect(other.created).toBe(false);
    const contact = await contactOf(company, one.contactId);
    expect(contact?.phone).toBe("+5511987654321");
    expect(contact?.identifiers).toContainEqual({ kind: "wa_id", value: "551187654321" });
  });

  test("a landline with a 9 in front is somebody else", async () => {
    const company = await seedCompany(context);
    const one = await identifyIn(company, person("Loja", "551132654321"));
    const other = await identifyIn(company, person("Rui", "5511932654321"));
    expect(other.contactId).not.toBe(one.contactId);
  });

  test("the same number in another company is another contact", async () => {
    const [one, other] = [await seedCompany(context), await seedCompany(context)];
    const here = await identifyIn(one, person("Ana", "5511987654321"));
    const there = await identifyIn(other, person("Ana", "5511987654321"));
    expect(there.contactId).not.toBe(here.contactId);
    expect(await contactOf(other, here.contactId)).toBeUndefined();
  });

  test("a profile's new name is taken over, but not over one that a person typed", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.agent);
    const { contactId } = await identifyIn(company, person("Ana", "5511911112222"));
    await identifyIn(company, person("Ana Souza", "5511911112222"));
    expect((await contactOf(company, contactId))?.name).toBe("Ana Souza");
    await api.call(`PATCH /api/v1/contacts/${contactId}`, { token, body: { name: "Dona Ana" } });
    await identifyIn(company, person("aninha 🌸", "5511911112222"));
    expect((await contactOf(company, contactId))?.name).toBe("Dona Ana");
  });

  test("an answer from a number that an agent typed reaches the contact that he made", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.agent);
    const made = await api.call("POST /api/v1/contacts", {
      token,
      body: { name: "Bruno", phone: "(51) 99999-8888" },
    });
    expect(made.status).toBe(201);
    const found = await identifyIn(company, person("bruno", "555199998888"));
    expect(found).toMatchObject({ contactId: made.at("id"), created: false, name: "Bruno" });
  });

  test("two contacts are merged when the channel says that they are one person", async () => {
    const company = await seedCompany(context);
    const one = await identifyIn(company, person("Ana", "5511933334444"));
    const bsuid = { kind: "bsuid", value: "US.123" } as const;
    const other = await identifyIn(company, { name: "ana.s", identifiers: [bsuid] });
    const both = await identifyIn(company, {
      name: "Ana",
      identifiers: [{ kind: "wa_id", value: "5511933334444" }, bsuid],
    });
    expect(both.contactId).toBe(one.contactId);
    expect(await contactOf(company, other.contactId)).toBeUndefined();
    expect((await contactOf(company, one.contactId))?.identifiers).toContainEqual(bsuid);
    expect(await events(company)).toContain("contact.merged");
  });

  test("the number that the provider answers with is learned as an alias", async () => {
    const company = await seedCompany(context);
    const { contactId } = await identifyIn(company, person("Ana", "5551999990000"));
    const identifiers = [{ kind: "wa_id", value: "555199990000" }] as const;
    const learned = { companyId: company.id, contactId, identifiers, at: context.clock.now() };
    await context.sql.transaction((tx) => learnIdentifiers(tx, learned));
    const before = await events(company);
    await context.sql.transaction((tx) => learnIdentifiers(tx, learned));
    expect(await events(company)).toEqual(before);
    expect((await contactOf(company, contactId))?.identifiers).toContainEqual(identifiers[0]);
  });
});

describe("merging two contacts", () => {
  async function pair() {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.supervisor);
    await write(company, person("Ana", "5511900000001"));
    context.clock.advance(1000);
    await write(company, person("Ana (trabalho)", "5511900000002"));
    const list = await api.call("GET /api/v1/contacts", { token });
    const [other, one] = [list.at("0.id"), list.at("1.id")];
    const merge = () =>
      api.call(`POST /api/v1/contacts/${one}/merge`, { token, body: { contact_id: other } });
    return { company, token, one, other, merge };
  }

  test("gives one timeline in which the older open conversation is resolved", async () => {
    const { company, token, one, other, merge } = await pair();
    const merged = await merge();
    expect(merged.status).toBe(200);
    const timeline = await api.call(`GET /api/v1/contacts/${one}/conversations`, { token });
    expect(timeline.body).toMatchObject([
      { status: "active", contact_id: one },
      { status: "resolved", contact_id: one },
    ]);
    expect((await api.call(`GET /api/v1/contacts/${other}`, { token })).status).toBe(404);
    expect((await events(company)).slice(-5)).toEqual([
      "conversation.status",
      "conversation.updated",
      "contact.merged",
      // Of the one that is no more: who does not see the other is told by this.
      "contact.deleted",
      "conversation.updated",
    ]);
    await write(company, person("Ana", "5511900000002"));
    const after = await api.call(`GET /api/v1/contacts/${one}/conversations`, { token });
    expect(after.body).toHaveLength(2);
  });

  test("can be undone within 30 days, and the two are not merged again by themselves", async () => {
    const { company, token, one, other, merge } = await pair();
    const undo = `POST /api/v1/contacts/${one}/merges/${(await merge()).at("merge_id")}/undo`;
    const undone = await api.call(undo, { token });
    expect(undone.body).toMatchObject({ id: other, name: "Ana (trabalho)", phone: "+5511900000002" });
    const timeline = await api.call(`GET /api/v1/contacts/${other}/conversations`, { token });
    expect(timeline.body).toMatchObject([{ contact_id: other }]);
    expect((await api.call(undo, { token })).status).toBe(409);
    await identifyIn(company, person("Ana", "5511900000001", "5511900000002"));
    expect((await api.call(`GET /api/v1/contacts/${other}`, { token })).status).toBe(200);
  });

  test("stays for good after 30 days", async () => {
    const { company, one, merge } = await pair();
    const mergeId = (await merge()).at("merge_id");
    context.clock.advance(31 * day);
    const late = await api.tokenOf(company.supervisor);
    const undo = await api.call(`POST /api/v1/contacts/${one}/merges/${mergeId}/undo`, { token: late });
    expect(undo.status).toBe(409);
    expect((await api.call(`GET /api/v1/contacts/${one}/merges`, { token: late })).body).toEqual([]);
  });

  test("is for supervisors, and never over companies", async () => {
    const { company, one, other, token } = await pair();
    const agent = await api.tokenOf(company.agent);
    const path = `POST /api/v1/contacts/${one}/merge`;
    expect((await api.call(path, { token: agent, body: { contact_id: other } })).status).toBe(403);
    expect((await api.call(path, { token, body: { contact_id: one } })).status).toBe(400);
    const stranger = await seedCompany(context);
    const { contactId } = await identifyIn(stranger, person("Zé", "5511955556666"));
    expect((await api.call(path, { token, body: { contact_id: contactId } })).status).toBe(404);
  });
});

describe("the address book", () => {
  test("is paged by a cursor, newest first, without gaps or repetitions", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.agent);
    for (let n = 0; n < 7; n++) await identifyIn(company, person(`Cliente ${n}`, `551191234000${n}`));
    const names: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = await api.call(`GET /api/v1/contacts?limit=3${query}`, { token });
      names.push(...(page.body as { name: string }[]).map((contact) => contact.name));
      cursor = page.headers.get("X-Next-Cursor");
    }
    expect(names).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `Cliente ${n}`));
  });

  test("finds a contact by the beginning of a name or a part of the number", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.agent);
    await identifyIn(company, person("João Silva", "5511977771234"));
    await identifyIn(company, person("Maria Prado", "5521988885678"));
    const find = async (search: string) => {
      const found = await api.call(`GET /api/v1/contacts?search=${encodeURIComponent(search)}`, { token });
      return (found.body as { name: string }[]).map((contact) => contact.name);
    };
    expect(await find("silv")).toEqual(["João Silva"]);
    expect(await find("98888-5678")).toEqual(["Maria Prado"]);
    expect(await find("' OR 1=1 --")).toEqual([]);
    expect(await find("%")).toEqual([]);
  });

  test("refuses a number that another contact has, what is no number, and unknown fields", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.agent);
    const { contactId } = await identifyIn(company, person("Ana", "5511944445555"));
    const make = (body: unknown) => api.call("POST /api/v1/contacts", { token, body });
    const taken = await make({ name: "Outra", phone: "11 94444-5555" });
    expect(taken.status).toBe(409);
    expect(taken.at("error.details.contact_id")).toBe(contactId);
    expect((await make({ name: "Outra", phone: "não sei" })).status).toBe(400);
    expect((await make({ name: "" })).status).toBe(400);
    expect((await make({ name: "Outra", colour: "blue" })).status).toBe(400);
    expect((await make({ name: "Outra", labels: ["nothing"] })).status).toBe(400);
    expect((await make({ name: 5 })).status).toBe(400);
  });

  test("is kept by those who attend, erased by an admin, and hidden from other companies", async () => {
    const company = await seedCompany(context);
    const stranger = await seedCompany(context);
    const { contactId } = await identifyIn(company, person("Ana", "5511966667777"));
    const path = `/api/v1/contacts/${contactId}`;
    const viewer = await api.tokenOf(company.viewer);
    const foreign = await api.tokenOf(stranger.admin);
    expect((await api.call(`PATCH ${path}`, { token: viewer, body: { name: "X" } })).status).toBe(403);
    expect((await api.call(`GET ${path}`, { token: foreign })).status).toBe(404);
    expect((await api.call(`PATCH ${path}`, { token: foreign, body: { name: "X" } })).status).toBe(404);
    expect((await api.call(`DELETE ${path}`, { token: foreign })).status).toBe(404);
    const supervisor = await api.tokenOf(company.supervisor);
    expect((await api.call(`DELETE ${path}`, { token: supervisor })).status).toBe(403);
  });

  test("shows a restricted agent only those whose latest conversation he sees", async () => {
    const company = await seedCompany(context, { visibility: "assigned" });
    const agent = await seedUser(context, company.id, {
      role: "agent",
      visibility: "assigned",
      name: "Rita",
    });
    await write(company, person("Ana", "5511922223333"));
    const [row] = await context.sql.read((tx) =>
      tx.all<{ id: ContactId }>("SELECT id FROM contacts WHERE company_id = $1", [company.id]),
    );
    const token = await api.tokenOf(agent);
    const see = async () => (await api.call(`GET /api/v1/contacts/${row?.id}`, { token })).status;
    expect(await see()).toBe(200);
    const put = (assignee: string) =>
      context.sql.transaction((tx) =>
        tx.run("UPDATE conversations SET queue_id = $1, assignee_id = $2 WHERE company_id = $3", [
          company.queueId,
          assignee,
          company.id,
        ]),
      );
    await put(company.agent.userId);
    expect(await see()).toBe(404);
    expect((await api.call("GET /api/v1/contacts", { token })).body).toEqual([]);
    await put(agent.userId);
    expect(await see()).toBe(200);
  });

  test("forgets an erased person with all conversations", async () => {
    const company = await seedCompany(context);
    const token = await api.tokenOf(company.admin);
    await write(company, person("Ana", "5511988889999"));
    await write(company, person("Bia", "5511988880000"));
    const list = await api.call("GET /api/v1/contacts?search=ana", { token });
    expect((await api.call(`DELETE /api/v1/contacts/${list.at("0.id")}`, { token })).status).toBe(204);
    expect((await events(company)).slice(-2)).toEqual(["conversation.deleted", "contact.deleted"]);
    const left = await context.sql.read((tx) =>
      tx.all("SELECT sender_name FROM messages WHERE company_id = $1", [company.id]),
    );
    expect(left).toEqual([{ sender_name: "Bia" }]);
    expect((await api.call("GET /api/v1/contacts", { token })).body).toMatchObject([{ name: "Bia" }]);
  });
});
