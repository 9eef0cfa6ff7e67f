/** Types that are more than words: a text that an agent can read without them, and the structure for the UI. */
import { z } from "zod";

import { parseJson } from "../../lib/parse-json.ts";
import type { Part } from "./content.ts";

const locationSchema = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional(),
  address: z.string().optional(),
  url: z.string().optional(),
});

export function locationPart(payload: unknown): Part {
  const location = locationSchema.parse(payload);
  const words = [location.name, location.address].filter((word) => word !== undefined && word !== "");
  const place = words.length > 0 ? words.join(", ") : `${location.latitude}, ${location.longitude}`;
  return { type: "location", text: `📍 ${place}`, metadata: { location } };
}

const cardSchema = z.looseObject({
  name: z
    .looseObject({ formatted_name: z.string().optional(), first_name: z.string().optional() })
    .optional(),
  phones: z.array(z.looseObject({ phone: z.string().optional(), wa_id: z.string().optional() })).optional(),
});

export function contactsPart(payload: unknown): Part {
  const contacts = z.array(cardSchema).parse(payload);
  const lines = contacts.map(({ name, phones = [] }) => {
    const numbers = phones.map(({ phone, wa_id }) => phone ?? wa_id).filter((number) => number !== undefined);
    const known = [name?.formatted_name ?? name?.first_name, numbers.join(", ")].filter(Boolean);
    return `👤 ${known.join(": ")}`;
  });
  return { type: "contacts", text: lines.join("\n"), metadata: { contacts } };
}

const replySchema = z.object({ id: z.string(), title: z.string(), description: z.string().optional() });
const interactiveSchema = z.looseObject({
  type: z.string(),
  button_reply: replySchema.optional(),
  list_reply: replySchema.optional(),
  nfm_reply: z
    .object({ name: z.string().optional(), body: z.string().optional(), response_json: z.string() })
    .optional(),
});

export function interactivePart(payload: unknown): Part {
  const interactive = interactiveSchema.parse(payload);
  const { button_reply, list_reply, nfm_reply } = interactive;
  const choice = button_reply ?? list_reply;
  if (choice) {
    const text = [choice.title, choice.description].filter(Boolean).join("\n");
    return { type: "interactive", text, metadata: { interactive } };
  }
  const text = nfm_reply ? formText(nfm_reply) : `[unsupported] ${interactive.type}`;
  return { type: "interactive", text, metadata: { interactive } };
}

/** The answers of a form (Meta's "flow"), one a line; its token is of no use to a reader. */
function formText(reply: { readonly body?: string | undefined; readonly response_json: string }): string {
  const answers = z.record(z.string(), z.unknown()).safeParse(parseJson(reply.response_json));
  if (!answers.success) return reply.body ?? reply.response_json;
  const lines = Object.entries(answers.data)
    .filter(([name]) => name !== "flow_token")
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return lines.join("\n") || (reply.body ?? "");
}

const orderSchema = z.object({
  catalog_id: z.string().optional(),
  text: z.string().optional(),
  product_items: z.array(
    z.object({
      product_retailer_id: z.string(),
      quantity: z.coerce.number(),
      item_price: z.coerce.number(),
      currency: z.string(),
    }),
  ),
});

export function orderPart(payload: unknown): Part {
  const order = orderSchema.parse(payload);
  const lines = order.product_items.map(
    (item) => `🛒 ${item.quantity} × ${item.product_retailer_id} (${item.currency} ${item.item_price})`,
  );
  const text = [order.text, ...lines].filter(Boolean).join("\n");
  return { type: "text", text, metadata: { order } };
}
