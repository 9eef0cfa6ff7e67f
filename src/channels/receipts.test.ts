import { describe, expect, test } from "bun:test";

import { eventually } from "../../tests/support/wait.ts";
import type { ConversationId, MessageId } from "../contract/ids.ts";
import { insertMessage } from "../domain/messages/store.ts";
import { newId } from "../lib/ids.ts";
import { Receipts } from "./receipts.ts";
import { Desk } from "./testing/desk.ts";

interface Told {
  readonly wamid: string;
  readonly typing: boolean;
}

/** A desk with a conversation in which the contact wrote twice. */
async function open(): Promise<{
  readonly desk: Desk;
  readonly receipts: Receipts;
  readonly conversationId: ConversationId;
  readonly told: Told[];
}> {
  const desk = await Desk.open();
  const channel = await desk.addChannel();
  const { id: conversationId } = await desk.addConversation(channel.id);
  await desk.context.sql.transaction(async (tx) => {
    for (const position of [1, 2]) {
      await insertMessage(tx, {
        ...{
          id: newId<MessageId>(),
          companyId: desk.company.id,
          conversationId,
          channelId: channel.id,
          position,
        },
        ...{ senderType: "contact", senderId: null, senderName: "Bia", direction: "in", status: "delivered" },
        ...{
          messageType: "text",
          content: "oi",
          metadata: {},
          externalId: `wamid.${position}`,
          createdAt: 1,
        },
      });
    }
  });
  const told: Told[] = [];
  desk.graph.subscribe((event) => {
    if (event.type === "read") told.push({ wamid: event.wamid, typing: event.typing });
  });
  return {
    desk,
    conversationId,
    told,
    receipts: new Receipts(desk.context, (id) => desk.runtime.running(id)),
  };
}

describe("the contact is told", () => {
  test("that an agent read, up to the newest message", async () => {
    const { desk, receipts, conversationId, told } = await open();
    await using _ = desk;
    const data = { conversation_id: conversationId, by: desk.company.agent.userId, position: 2 };
    const event = { type: "conversation.read", seq: 1, at: "", companyId: desk.company.id, data } as const;
    receipts.follow([event]);
    await eventually("the receipt", () => told.length === 1);
    expect(told).toEqual([{ wamid: "wamid.2", typing: false }]);
  });

  test("that an agent types, at most every 20 s", async () => {
    const { desk, receipts, conversationId, told } = await open();
    await using _ = desk;
    for (let index = 0; index < 5; index += 1) receipts.typing(desk.company.id, conversationId);
    await eventually("the indicator", () => told.length === 1);
    desk.advance(21_000);
    receipts.typing(desk.company.id, conversationId);
    await eventually("it again", () => told.length === 2);
    expect(told).toEqual([
      { wamid: "wamid.2", typing: true },
      { wamid: "wamid.2", typing: true },
    ]);
  });

  test("nothing of another company's conversation", async () => {
    const { desk, receipts, conversationId, told } = await open();
    await using _ = desk;
    receipts.typing(newId(), conversationId);
    receipts.typing(desk.company.id, newId());
    desk.advance(21_000);
    receipts.typing(desk.company.id, conversationId);
    await eventually("the right one", () => told.length === 1);
    expect(told.length).toBe(1);
  });
});
