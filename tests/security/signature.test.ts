import { afterAll, beforeAll, expect, test } from "bun:test";

import { sign } from "../../src/channels/testing/webhooks.ts";
import { webhookBody } from "../bench/webhooks.ts";
import { inCopy } from "../faults/database-copy.ts";
import { Product } from "../faults/product.ts";

let product: Product;

beforeAll(async () => {
  product = await Product.open();
}, 30_000);
afterAll(() => product[Symbol.asyncDispose]());

const body = () =>
  new TextDecoder().decode(
    webhookBody(product.desk, { customer: 1, id: "wamid.1", text: "ação", at: 1_700_000_000_000 }),
  );

async function post(raw: string, signature: string | null): Promise<number> {
  const response = await fetch(product.webhookUrl, {
    method: "POST",
    body: raw,
    headers: {
      "Content-Type": "application/json",
      ...(signature !== null && { "X-Hub-Signature-256": signature }),
    },
  });
  await response.text();
  return response.status;
}

/** Everything that a webhook could have left behind. */
const rows = () =>
  inCopy(product.database, (copy) =>
    copy
      .query<{ n: number }, []>(
        "SELECT (SELECT COUNT(*) FROM messages) + (SELECT COUNT(*) FROM contacts) + (SELECT COUNT(*) FROM inbound_log) AS n",
      )
      .get(),
  );

// S8 of the reliability spec.
test("a webhook that WhatsApp did not sign is refused, and leaves nothing behind", async () => {
  const raw = body();
  const right = sign(raw, product.desk.appSecret);
  const flipped = (at: number) => {
    const bytes = Buffer.from(right.slice("sha256=".length), "hex");
    bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
    return `sha256=${bytes.toString("hex")}`;
  };
  const forged: readonly (readonly [string, string | null])[] = [
    ...Array.from({ length: 256 }, (_, bit) => [raw, flipped(bit)] as const),
    [raw, null],
    [raw, ""],
    [raw, "sha256="],
    [raw, right.replace("sha256", "sha1")],
    [raw, right.slice(0, -2)],
    [raw, sign(raw, "another number's secret")],
    [raw, sign(raw, "")],
    [JSON.stringify(JSON.parse(raw), null, 1), right],
    [raw.replaceAll("ç", String.raw`\u00e7`), right],
    [`${raw} `, right],
    [raw.replace("wamid.1", "wamid.2"), right],
  ];
  for (const [text, signature] of forged) {
    expect([signature, await post(text, signature)]).toEqual([signature, 401]);
  }
  expect(await rows()).toEqual({ n: 0 });

  expect(await post(raw, right)).toBe(200);
  expect(await rows()).toEqual({ n: 3 });
});
