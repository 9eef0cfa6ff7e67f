import { createHmac } from "node:crypto";

import type { Desk } from "./desk.ts";

/** What a bench's texts begin with; the number behind it tells them apart on the other side. */
export const mark = "pedido nº ";

const customers = 500;

/** The raw bytes of requests as WhatsApp sends them: one text of a customer of the pool each, signed. `from` numbers them. */
export function webhookRequests(
  desk: Desk,
  { count, from }: { readonly count: number; readonly from: number },
) {
  return Array.from({ length: count }, (_, index) => webhookRequest(desk, from + index));
}

function webhookRequest(desk: Desk, number: number): Uint8Array {
  const body = webhookBody(desk, {
    customer: number % customers,
    id: `wamid.bench.${number}`,
    text: `${mark}${number}: bom dia, ainda tem o bolo de cenoura para hoje à tarde?`,
    at: Date.now(),
  });
  const signature = createHmac("sha256", desk.appSecret).update(body).digest("hex");
  const head = [
    `POST /webhooks/whatsapp/${desk.channelId} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Content-Type: application/json",
    `X-Hub-Signature-256: sha256=${signature}`,
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);
}

/** A customer's text as WhatsApp tells it; `at` in milliseconds, `customer` counts from 0. */
export function webhookBody(
  { phoneNumberId }: Desk,
  told: { readonly customer: number; readonly id: string; readonly text: string; readonly at: number },
): Uint8Array {
  const phone = `55119${10_000_000 + told.customer}`;
  const message = {
    from: phone,
    id: told.id,
    timestamp: String(Math.floor(told.at / 1000)),
    type: "text",
    text: { body: told.text },
  };
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550783881", phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: `Cliente ${told.customer}` }, wa_id: phone }],
    messages: [message],
  };
  const entry = [{ id: "102290129340398", changes: [{ field: "messages", value }] }];
  return Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
}
