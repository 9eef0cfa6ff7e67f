import { expect, test } from "bun:test";
import { join } from "node:path";

import { seedCompany } from "../../../tests/support/company.ts";
import { testContext } from "../../../tests/support/database.ts";
import { parseWebhook } from "../../channels/whatsapp_cloud/parse.ts";
import type { ConversationId, MessageId } from "../../contract/ids.ts";
import { arrive } from "./arrive.ts";
import { loadMessages } from "./store.ts";

const fixtures = join(import.meta.dir, "../../channels/whatsapp_cloud/fixtures");

test("a file of the history takes the place of the message that stood for it, once", async () => {
  const context = await testContext();
  const company = await seedCompany(context);
  const channel = { id: company.channelId, companyId: company.id, kind: "whatsapp_cloud" } as const;
  const at = context.clock.now();
  const take = async (name: string) => {
    const items = parseWebhook(await Bun.file(join(fixtures, name)).json(), at);
    for (const item of items) {
      if (item.kind !== "broken") await context.sql.transaction((tx) => arrive(tx, channel, { item, at }));
    }
  };
  const thread = () =>
    context.sql.read(async (tx) => {
      const rows = await tx.all<{ id: MessageId; conversation_id: ConversationId }>(
        `SELECT id, conversation_id FROM messages WHERE external_id =
           'wamid.QyNUEHBgLMTY0NjcwNDM1OTUVAgARGBI1Rj3NEYxMzAzMzQ5MkEA'`,
      );
      const messages = await loadMessages(
        tx,
        company.id,
        rows.map(({ id }) => id),
      );
      return [...messages.values()].map(
        ({ message_type, content, status, attachments, metadata, edited_at }) => ({
          ...{ message_type, content, status, metadata, edited_at },
          files: attachments.map(({ name }) => name),
        }),
      );
    });

  await take("onboarding_business_app_users--history.json");
  const placeholder = { message_type: "text", content: "", status: "played", edited_at: null, files: [] };
  expect<unknown>(await thread()).toEqual([
    { ...placeholder, metadata: { history: true, media_placeholder: true } },
  ]);

  await take("onboarding_business_app_users--messages-image.json");
  await take("onboarding_business_app_users--messages-image.json");
  const picture = { message_type: "image", content: "Black Prince echeveria", files: ["image.jpeg"] };
  expect<unknown>(await thread()).toEqual([{ ...placeholder, ...picture, metadata: { history: true } }]);
  await context.dispose();
});
