import { expect, test } from "bun:test";

import { manualClock } from "../../lib/clock.ts";
import { numberId, Receiver, wabaId } from "./test-receiver.ts";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const token = { authorization: "Bearer EAAtest-token" };

function upload(product: Receiver, bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Response> {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", type);
  form.set("file", new Blob([bytes], { type }), "file");
  return product.call(`${numberId}/media`, { method: "POST", body: form });
}

async function uploadedId(product: Receiver): Promise<string> {
  const answer = (await (await upload(product, png, "image/png")).json()) as { id: string };
  return answer.id;
}

async function addressOf(product: Receiver, id: string): Promise<string> {
  const answer = (await (await product.call(id)).json()) as { url: string };
  return answer.url;
}

test("an uploaded picture can be sent, and the customer's phone can show it", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const id = await uploadedId(product);
  expect((await product.send({ type: "image", image: { id, caption: "veja" } })).status).toBe(200);
  expect(product.emulator.media(id)).toMatchObject({
    bytes: png,
    mimeType: "image/png",
    phoneNumberId: numberId,
  });
});

test.each([
  ["a type that WhatsApp does not take", new Uint8Array(4), "application/zip"],
  ["a picture of more than 5 MB", new Uint8Array(5 * 1024 * 1024 + 1), "image/png"],
])("%s is refused at the upload", async (_name, bytes, type) => {
  await using product = await Receiver.start();
  const response = await upload(product, bytes, type);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 100 } });
});

test("an upload without a file is refused", async () => {
  await using product = await Receiver.start();
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  const response = await product.call(`${numberId}/media`, { method: "POST", body: form });
  expect(await response.json()).toMatchObject({ error: { code: 100 } });
});

test("a download needs the token and an address that is at most 5 minutes old", async () => {
  const clock = manualClock();
  await using product = await Receiver.start({ clock });
  const url = await addressOf(product, await uploadedId(product));
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url.replace(/hash=.*/, "hash=0"), { headers: token })).status).toBe(404);
  const download = await fetch(url, { headers: token });
  expect(download.headers.get("content-type")).toBe("image/png");
  expect(await download.bytes()).toEqual(png);
  clock.advance(5 * 60 * 1000);
  expect((await fetch(url, { headers: token })).status).toBe(404);
});

test("a deleted file is gone", async () => {
  await using product = await Receiver.start();
  const id = await uploadedId(product);
  const url = await addressOf(product, id);
  expect(await (await product.call(id, { method: "DELETE" })).json()).toEqual({ success: true });
  expect(await (await product.call(id)).json()).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  expect((await fetch(url, { headers: token })).status).toBe(404);
});

test("a file of another number's is as if it did not exist", async () => {
  await using product = await Receiver.start();
  const id = await uploadedId(product);
  product.emulator.addNumber({
    phoneNumberId: "2",
    displayPhone: "+1 555 000 0001",
    wabaId: "other",
    accessToken: "other-token",
    appSecret: "s",
  });
  const other = { headers: { authorization: "Bearer other-token" } };
  expect(await (await product.call(id, other)).json()).toMatchObject({ error: { code: 100 } });
  expect((await fetch(await addressOf(product, id), other)).status).toBe(404);
});

test("a number tells its phone and quality, or only the fields that are asked for", async () => {
  await using product = await Receiver.start();
  product.emulator.changeNumber(numberId, { verifiedName: "Padaria Sol" });
  expect(await (await product.call(numberId)).json()).toMatchObject({
    id: numberId,
    display_phone_number: "+55 11 4000-1234",
    verified_name: "Padaria Sol",
    quality_rating: "GREEN",
  });
  const fields = await product.call(`${numberId}?fields=verified_name`);
  expect(await fields.json()).toEqual({ verified_name: "Padaria Sol", id: numberId });
  const numbers = await product.call(`${wabaId}/phone_numbers`);
  expect(await numbers.json()).toMatchObject({ data: [{ id: numberId }] });
});

test("a revoked token is refused everywhere", async () => {
  await using product = await Receiver.start();
  product.emulator.changeNumber(numberId, { accessToken: "renewed" });
  for (const path of [
    numberId,
    `${wabaId}/message_templates`,
    `${wabaId}/subscribed_apps`,
    "debug_token?input_token=x",
  ]) {
    const response = await product.call(path);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 190 } });
  }
});

test("templates are listed page by page and filtered by status", async () => {
  await using product = await Receiver.start();
  const template = { language: "pt_BR", category: "UTILITY", components: [] } as const;
  product.emulator.addTemplate(wabaId, { ...template, id: "1", name: "pedido", status: "APPROVED" });
  product.emulator.addTemplate(wabaId, { ...template, id: "2", name: "aviso", status: "PENDING" });
  interface Page {
    readonly data: readonly { readonly name: string }[];
    readonly paging: { readonly next?: string };
  }
  const first = (await (await product.call(`${wabaId}/message_templates?limit=2`)).json()) as Page;
  expect(first.data.map(({ name }) => name)).toEqual(["hello_world", "pedido"]);
  const second = (await (await fetch(first.paging.next ?? "", { headers: token })).json()) as Page;
  expect(second.data.map(({ name }) => name)).toEqual(["aviso"]);
  expect(second.paging.next).toBeUndefined();
  const approved = (await (await product.call(`${wabaId}/message_templates?status=APPROVED`)).json()) as Page;
  expect(approved.data).toHaveLength(2);
});

test("an app subscribes to an account and can see that it did", async () => {
  await using product = await Receiver.start();
  const path = `${wabaId}/subscribed_apps`;
  expect(await (await product.call(path)).json()).toEqual({ data: [] });
  expect(await (await product.call(path, { method: "POST" })).json()).toEqual({ success: true });
  expect(await (await product.call(path)).json()).toMatchObject({
    data: [{ whatsapp_business_api_data: {} }],
  });
});

test("a token can be checked", async () => {
  await using product = await Receiver.start();
  const good = await product.call("debug_token?input_token=EAAtest-token");
  expect(await good.json()).toMatchObject({ data: { is_valid: true } });
  const bad = await product.call("debug_token?input_token=nonsense");
  expect(await bad.json()).toMatchObject({ data: { is_valid: false, error: { code: 190 } } });
});

test("an address that Graph does not have is answered with an error", async () => {
  await using product = await Receiver.start();
  expect(await (await product.call(`${numberId}/nonsense`)).json()).toMatchObject({ error: { code: 2500 } });
  expect((await fetch(`${product.emulator.url}/favicon.ico`)).status).toBe(400);
});
