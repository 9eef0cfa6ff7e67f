import { afterAll, beforeAll, expect, test } from "bun:test";

import { seedCompany } from "../../../tests/support/company.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { InboundItem, Person } from "../inbound-item.ts";
import { arrive } from "./arrive.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.dispose());

test("a contact's typing is told while the conversation is open, and written nowhere", async () => {
  const company = await seedCompany(context);
  const channel = { id: company.channelId, companyId: company.id, kind: "whatsapp_cloud" } as const;
  const from: Person = { name: "Ana", identifiers: [{ kind: "wa_id", value: "5511987654321" }] };
  const at = context.clock.now();
  const take = (item: InboundItem) => context.sql.transaction((tx) => arrive(tx, channel, { item, at }));
  const changes = () =>
    context.sql.read((tx) => tx.get("SELECT count(*) AS n FROM events WHERE company_id = $1", [company.id]));
  const typing: InboundItem = { kind: "typing", route: "", at, from, typing: true };

  expect(await take(typing)).toBeNull();
  expect(await changes()).toEqual({ n: 0 });
  const content = { type: "text", text: "Oi", files: [], metadata: {}, replyTo: null } as const;
  await take({ kind: "message", route: "", at, externalId: "1", from, content, history: null });
  const before = await changes();
  expect(await take(typing)).toMatchObject({ contact: { name: "Ana" }, typing: true });
  expect(await changes()).toEqual(before);
});
