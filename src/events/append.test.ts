import { expect, test } from "bun:test";

import { seedCompany } from "../../tests/support/company.ts";
import { testContext } from "../../tests/support/database.ts";
import type { NewEvent } from "../contract/events.ts";
import type { CompanyId, ContactId } from "../contract/ids.ts";
import { newId } from "../lib/ids.ts";
import { append, appendAll } from "./append.ts";
import { readHead, readRange } from "./store.ts";

function created(): NewEvent {
  return { type: "contact.created", data: { contact_id: newId<ContactId>() } };
}

test("the events of one change stand in the log one after the other, and the head at the last", async () => {
  const context = await testContext();
  await using _ = { [Symbol.asyncDispose]: () => context.dispose() };
  const { id } = await seedCompany(context);
  const before = await context.sql.read((tx) => readHead(tx, id));
  const events = [created(), created(), created()];

  const [first, last] = await context.sql.transaction(async (tx) => [
    await append(tx, id, { ...created(), at: 1 }),
    await appendAll(tx, id, { events, at: 2 }),
  ]);

  expect(first).toBe(before.seq + 1);
  expect(last).toBe(before.seq + 4);
  const range = { after: before.seq + 1, upTo: before.seq + 4, limit: 10 };
  const rows = await context.sql.read((tx) => readRange(tx, id, range));
  expect(rows.map(({ seq }) => seq - before.seq)).toEqual([2, 3, 4]);
  expect(rows.map(({ data }): unknown => JSON.parse(data))).toEqual(events.map(({ data }) => data));
  expect(await context.sql.read((tx) => readHead(tx, id))).toEqual({ ...before, seq: before.seq + 4 });
});

test("a company that does not exist has no log to append to", async () => {
  const context = await testContext();
  await using _ = { [Symbol.asyncDispose]: () => context.dispose() };
  const attempt = context.sql.transaction((tx) =>
    appendAll(tx, newId<CompanyId>(), { events: [created()], at: 1 }),
  );
  await expect(attempt).rejects.toThrow("the company has no event log");
});
