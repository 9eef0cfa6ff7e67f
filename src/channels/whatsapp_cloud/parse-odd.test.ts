import { describe, expect, test } from "bun:test";

import { parseWebhook } from "./parse.ts";

const arrivedAt = Date.UTC(2026, 0, 5, 12);

/** A webhook of one change with the usual number. */
function webhook(value: Record<string, unknown>, field = "messages"): unknown {
  const metadata = { display_phone_number: "15550783881", phone_number_id: "106540352242922" };
  return {
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field, value: { messaging_product: "whatsapp", metadata, ...value } }] }],
  };
}

const text = {
  from: "16505551234",
  id: "wamid.1",
  timestamp: "1749416383",
  type: "text",
  text: { body: "oi" },
};

describe("a payload that is not as described", () => {
  test("does not stop its siblings", () => {
    const messages = [
      text,
      { ...text, id: "wamid.2", text: {} },
      null,
      { ...text, id: "" },
      { ...text, id: "wamid.3", from: undefined },
      { ...text, id: "wamid.4", type: "constructor" },
      { ...text, id: "wamid.5" },
    ];
    const kinds = parseWebhook(webhook({ messages }), arrivedAt).map(({ kind }) => kind);
    expect(kinds).toEqual(["message", "broken", "broken", "broken", "broken", "message", "message"]);
  });

  test("is told without what was in it", () => {
    const messages = [{ ...text, text: { body: { secret: "4111 1111 1111 1111" } } }];
    const [item] = parseWebhook(webhook({ messages }), arrivedAt);
    if (item?.kind !== "broken") throw new Error("taken as good");
    expect(item.reason).toContain("message.text.body");
    expect(item.reason).not.toContain("4111");
  });

  test("never throws, whatever it is", () => {
    const oddities = [undefined, null, 7, "x", [], [null], {}, { entry: {} }, { entry: [null, 1, {}] }];
    const nested = [{ entry: [{ changes: [null] }] }, webhook({ messages: {}, statuses: [[]], contacts: 5 })];
    for (const body of [...oddities, ...nested, webhook({ history: [1] }, "history")]) {
      expect(Array.isArray(parseWebhook(body, arrivedAt))).toBe(true);
    }
  });

  test("of an unknown type is shown as unsupported, with its name", () => {
    const [item] = parseWebhook(webhook({ messages: [{ ...text, type: "hologram" }] }), arrivedAt);
    if (item?.kind !== "message") throw new Error("not taken as a message");
    expect(item.content).toMatchObject({
      text: "[unsupported] hologram",
      metadata: { unsupported: "hologram" },
    });
  });

  test("without a time counts as of its arrival", () => {
    const times = [undefined, "soon", "", -5, "1e400"];
    const messages = times.map((timestamp, index) => ({ ...text, id: `wamid.${index}`, timestamp }));
    const items = parseWebhook(webhook({ messages }), arrivedAt);
    expect(items.map((item) => item.kind === "message" && item.at)).toEqual(times.map(() => arrivedAt));
  });
});

describe("people", () => {
  test("are matched with their profiles by id and not by place", () => {
    const contacts = [
      { profile: { name: "Bia" }, wa_id: "222" },
      { profile: { name: "Ana" }, wa_id: "111", user_id: "BR.1" },
    ];
    const messages = [
      { ...text, id: "wamid.1", from: "111" },
      { ...text, id: "wamid.2", from: "222" },
      { ...text, id: "wamid.3", from: undefined, from_user_id: "BR.1" },
      { ...text, id: "wamid.4", from: "333" },
    ];
    const items = parseWebhook(webhook({ contacts, messages }), arrivedAt);
    expect(items.map((item) => item.kind === "message" && item.from)).toEqual([
      {
        name: "Ana",
        identifiers: [
          { kind: "wa_id", value: "111" },
          { kind: "bsuid", value: "BR.1" },
        ],
      },
      { name: "Bia", identifiers: [{ kind: "wa_id", value: "222" }] },
      {
        name: "Ana",
        identifiers: [
          { kind: "wa_id", value: "111" },
          { kind: "bsuid", value: "BR.1" },
        ],
      },
      { name: null, identifiers: [{ kind: "wa_id", value: "333" }] },
    ]);
  });
});

describe("our own id in a status", () => {
  const status = { id: "wamid.9", status: "sent", timestamp: "1749416383", recipient_id: "111" };
  const idOf = (biz_opaque_callback_data: unknown) => {
    const [item] = parseWebhook(webhook({ statuses: [{ ...status, biz_opaque_callback_data }] }), arrivedAt);
    return item?.kind === "status" ? item.messageId : undefined;
  };

  test("is given back, and another program's is not taken for one", () => {
    const ours = "0199d1f0-7c1e-7abc-9def-0123456789ab";
    expect<string | null | undefined>(idOf(ours)).toBe(ours);
    expect(idOf("order-77")).toBeNull();
    expect(idOf({ id: ours })).toBeNull();
  });
});

describe("a form that the customer filled in", () => {
  test("is shown answer by answer, without its token", () => {
    const nfm_reply = {
      name: "flow",
      body: "Sent",
      response_json: JSON.stringify({ flow_token: "t0ken", cidade: "Recife", itens: ["a", "b"] }),
    };
    const message = { ...text, type: "interactive", interactive: { type: "nfm_reply", nfm_reply } };
    const [item] = parseWebhook(webhook({ messages: [message] }), arrivedAt);
    expect(item?.kind === "message" && item.content.text).toBe('cidade: Recife\nitens: ["a","b"]');
  });
});
