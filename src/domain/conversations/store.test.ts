import { expect, test } from "bun:test";

import { seedCompany } from "../../../tests/support/company.ts";
import { seedConversation } from "../../../tests/support/conversations.ts";
import { testContext } from "../../../tests/support/database.ts";
import type { Read } from "../../db/sql.ts";
import { listRows } from "./list-store.ts";
import { loadConversations } from "./store.ts";

/** Reads, and says how SQLite goes about each statement. */
function explaining(tx: Read, plans: string[]): Read {
  const explain = async (...[text, params]: Parameters<Read["all"]>) => {
    const steps = await tx.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, params);
    plans.push(...steps.map(({ detail }) => detail));
  };
  return {
    async all<Row>(text: string, params: Parameters<Read["all"]>[1]) {
      await explain(text, params);
      return tx.all<Row>(text, params);
    },
    async get<Row>(text: string, params: Parameters<Read["get"]>[1]) {
      await explain(text, params);
      return tx.get<Row>(text, params);
    },
  };
}

test("the cost of reading conversations does not grow with the company", async () => {
  const context = await testContext();
  try {
    const company = await seedCompany(context);
    const id = await seedConversation(context, company);
    const plans = async (read: (tx: Read) => Promise<unknown>): Promise<readonly string[]> => {
      const found: string[] = [];
      await context.sql.read((tx) => read(explaining(tx, found)));
      return found.filter((step) => /^(?:SEARCH|SCAN) c\b|TEMP B-TREE/.test(step));
    };
    const list = (filter: Parameters<typeof listRows>[2]["filter"]) =>
      plans((tx) => {
        const page = { order: "newest", after: null, limit: 10 } as const;
        return listRows(tx, company.agent, { filter, page });
      });
    expect(await plans((tx) => loadConversations(tx, company.id, [id]))).toContainEqual(
      expect.stringMatching(/SEARCH c USING INDEX \S+ \(id=\?\)/),
    );
    const led = {
      conversations_by_activity: await list({}),
      conversations_by_status: await list({ statuses: ["active"] }),
      conversations_by_assignee: await list({ assigneeId: null }),
      conversations_by_queue: await list({ queueId: company.queueId }),
    };
    for (const [index, steps] of Object.entries(led)) {
      for (const step of steps) expect(step).toContain(`USING INDEX ${index}`);
      expect(steps.length).toBeGreaterThan(0);
    }
  } finally {
    await context.dispose();
  }
});
