import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { seedCompany, type SeededCompany } from "../../../tests/support/company.ts";
import { seedConversation } from "../../../tests/support/conversations.ts";
import { type TestContext, testContext } from "../../../tests/support/database.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { changeSettings } from "../companies/settings.ts";
import { getConversation } from "./get.ts";
import { conversationFor } from "./open.ts";
import { updateConversation } from "./update.ts";

const HOUR_MS = 60 * 60 * 1000;

let context: TestContext;
let company: SeededCompany;
let resolved: ConversationId;

beforeEach(async () => {
  context = await testContext();
  company = await seedCompany(context);
  resolved = await seedConversation(context, company);
  // Nobody wrote for a week, then an agent resolved it.
  context.clock.advance(7 * 24 * HOUR_MS);
  await updateConversation(context, company.admin, { id: resolved, status: "resolved" });
});
afterEach(() => context.dispose());

/** Where a message goes that the contact writes so many milliseconds from now. */
async function goesTo(inMs: number): Promise<ConversationId> {
  const { data } = await getConversation(context, company.admin, resolved);
  const { channel_id: channelId, contact_id: contactId } = data;
  const at = context.clock.now() + inMs;
  const arrival = { companyId: company.id, channelId, contactId, at, history: false };
  return (await context.sql.transaction((tx) => conversationFor(tx, arrival))).id;
}

describe("a contact who writes on a resolved conversation", () => {
  test("comes back to it within a day of its end, however old its last message is", async () => {
    expect(await goesTo(24 * HOUR_MS)).toBe(resolved);
  });

  test("opens a new one after a day", async () => {
    expect(await goesTo(24 * HOUR_MS + 1)).not.toBe(resolved);
  });

  test("comes back to it when the provider's clock, in whole seconds, stands before its end", async () => {
    expect(await goesTo(-999)).toBe(resolved);
  });

  test("always opens a new one where the company reopens nothing", async () => {
    await changeSettings(context, company.admin, { reopen_hours: 0 });
    expect(await goesTo(-999)).not.toBe(resolved);
  });
});
