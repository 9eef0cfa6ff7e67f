import { expect, test } from "bun:test";

import { manualClock } from "../../lib/clock.ts";
import { withoutNinthDigit } from "./phone.ts";
import { failureOf, numberId, Receiver, until } from "./test-receiver.ts";

const someone = "5511987654321";
const hello = { type: "text", text: { body: "Olá" } };

test("a text is answered as Meta answers it and stands in the ledger once", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const response = await product.send({ ...hello, to: "+55 11 98765-4321", biz_opaque_callback_data: "m1" });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    messaging_product: "whatsapp",
    contacts: [{ input: "+55 11 98765-4321", wa_id: someone }],
    messages: [{ id: expect.stringMatching(/^wamid\.HB/) }],
  });
  expect(product.emulator.countOf("m1")).toBe(1);
  expect(product.emulator.sent).toHaveLength(1);
});

test("a double send shows in the count of its callback data", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  await product.send({ ...hello, biz_opaque_callback_data: "m1" });
  await product.send({ ...hello, biz_opaque_callback_data: "m1" });
  expect(product.emulator.counts()).toEqual(new Map([["m1", 2]]));
});

test.each([
  ["a list", list(10)],
  ["buttons", buttons(["Sim", "Não", "Talvez"])],
  ["a reaction", { type: "reaction", reaction: { message_id: "wamid.A", emoji: "👍" } }],
  ["a location", { type: "location", location: { latitude: -23.5, longitude: -46.6, name: "Sé" } }],
  [
    "a contact",
    { type: "contacts", contacts: [{ name: { formatted_name: "Ana" }, phones: [{ phone: "+55" }] }] },
  ],
  ["an image by link", { type: "image", image: { link: "https://example.com/a.png", caption: "veja" } }],
  ["a reply", { ...hello, context: { message_id: "wamid.A" } }],
  ["a template", { type: "template", template: { name: "hello_world", language: { code: "en_US" } } }],
  ["a text without a type", { text: { body: "Olá", preview_url: false } }],
])("%s is accepted", async (_name, body) => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const response = await product.send(body);
  expect(response.status).toBe(200);
});

test.each([
  ["four buttons", buttons(["a", "b", "c", "d"]), 131009],
  ["a button title of 21 letters", buttons(["x".repeat(21)]), 131009],
  ["two buttons with one id", buttons(["a", "a"]), 131009],
  ["a list of 11 rows", list(11), 131009],
  ["an empty text", { type: "text", text: { body: "" } }, 131009],
  ["a text of 4,097 letters", { type: "text", text: { body: "x".repeat(4097) } }, 131009],
  ["a text without a body", { type: "text", text: {} }, 131008],
  ["a key that does not exist", { type: "text", text: { body: "a", colour: "red" } }, 100],
  ["another product", { ...hello, messaging_product: "sms" }, 100],
  ["an image with neither id nor link", { type: "image", image: {} }, 131009],
  ["an image that was never uploaded", { type: "image", image: { id: "123" } }, 131009],
  ["a recipient that is no phone", { ...hello, to: "maria" }, 131009],
  ["a message to the number itself", { ...hello, to: "551140001234" }, 131021],
  [
    "a template that does not exist",
    { type: "template", template: { name: "nope", language: { code: "en" } } },
    132001,
  ],
])("%s is refused and not counted as sent", async (_name, body, code) => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const response = await product.send(body);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await response.json()).toMatchObject({
    error: { code, type: "OAuthException", message: expect.any(String), fbtrace_id: expect.any(String) },
  });
  expect(product.emulator.sent).toHaveLength(0);
});

test("a template with the wrong number of parameters is refused", async () => {
  await using product = await Receiver.start();
  product.emulator.addTemplate("102290129340398", {
    id: "1",
    name: "pedido",
    language: "pt_BR",
    status: "APPROVED",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Olá {{1}}, seu pedido {{2}} saiu." }],
  });
  const parameters = (count: number) => Array.from({ length: count }, () => ({ type: "text", text: "x" }));
  const use = (count: number) => ({
    type: "template",
    template: {
      name: "pedido",
      language: { code: "pt_BR" },
      components: [{ type: "body", parameters: parameters(count) }],
    },
  });
  expect(await (await product.send(use(1))).json()).toMatchObject({ error: { code: 132000 } });
  expect((await product.send(use(2))).status).toBe(200);
});

test("a wrong token is refused with 190, and another number's with 100", async () => {
  await using product = await Receiver.start();
  const post = (token: string) =>
    product.call(`${numberId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: "{}",
    });
  const wrong = await post("nonsense");
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({ error: { code: 190 } });
  product.emulator.addNumber({
    phoneNumberId: "2",
    displayPhone: "+1 555 000 0001",
    wabaId: "other",
    accessToken: "other-token",
    appSecret: "s",
  });
  expect(await (await post("other-token")).json()).toMatchObject({ error: { code: 100, error_subcode: 33 } });
});

test("a body that is no JSON is refused and the emulator goes on", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const response = await product.call(`${numberId}/messages`, { method: "POST", body: "{" });
  expect(response.status).toBe(400);
  expect((await product.send(hello)).status).toBe(200);
});

test("24 hours after the customer's last message a text is accepted and then fails with 131047", async () => {
  const clock = manualClock();
  await using product = await Receiver.start({ clock });
  const customer = product.emulator.customer(someone, "Maria");
  await customer.sendText("oi");
  await product.send(hello);
  clock.advance(24 * 60 * 60 * 1000);
  expect((await product.send({ ...hello, biz_opaque_callback_data: "late" })).status).toBe(200);
  await until(() => product.statuses.some(({ status }) => status === "failed"));
  expect(product.statuses.find(({ status }) => status === "failed")).toMatchObject({
    biz_opaque_callback_data: "late",
    errors: [{ code: 131047, title: "Re-engagement message", error_data: { details: expect.any(String) } }],
  });
  expect(customer.received()).toHaveLength(1);
});

test("outside the window a text is refused at once when so configured, a template is not", async () => {
  await using product = await Receiver.start({ outsideWindow: "error" });
  expect(await (await product.send(hello)).json()).toMatchObject({ error: { code: 131047 } });
  const template = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };
  expect((await product.send(template)).status).toBe(200);
  product.emulator.openWindow(someone);
  expect((await product.send(hello)).status).toBe(200);
});

test("a customer without the ninth digit is answered by the wa_id that WhatsApp knows", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow", waIdOf: withoutNinthDigit });
  const answer = await (await product.send({ ...hello, to: "5531987654321" })).json();
  expect(answer).toMatchObject({ contacts: [{ input: "5531987654321", wa_id: "553187654321" }] });
  expect(product.emulator.customer("+55 (31) 98765-4321", "Rui").received()).toHaveLength(1);
  expect(withoutNinthDigit("551130001234")).toBe("551130001234");
});

test("a message to a business-scoped user id is answered with that id", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  const response = await product.post({ messaging_product: "whatsapp", recipient: "BR.123", ...hello });
  expect(await response.json()).toMatchObject({ contacts: [{ input: "BR.123", user_id: "BR.123" }] });
});

test("a read receipt with a typing indicator is told to the watcher and is no message", async () => {
  await using product = await Receiver.start();
  const seen: unknown[] = [];
  product.emulator.subscribe((event) => seen.push(event));
  const receipt = { status: "read", message_id: "wamid.A", typing_indicator: { type: "text" } };
  const response = await product.post({ messaging_product: "whatsapp", ...receipt });
  expect(await response.json()).toEqual({ success: true });
  expect(seen).toEqual([{ type: "read", phoneNumberId: numberId, wamid: "wamid.A", typing: true }]);
  expect(product.emulator.sent).toHaveLength(0);
});

test("waiting for a message that never comes ends at the deadline and says what came", async () => {
  await using product = await Receiver.start({ outsideWindow: "allow" });
  await product.send(hello);
  const waiting = product.emulator.waitForSent(({ person }) => person === "1", 30);
  expect(await failureOf(waiting)).toContain(`text to ${someone}`);
  const coming = product.emulator.waitForSent(({ body }) => body.type === "location");
  await product.send({ type: "location", location: { latitude: 1, longitude: 2 } });
  expect((await coming).body.type).toBe("location");
});

function buttons(titles: string[]): Record<string, unknown> {
  const replies = titles.map((title) => ({ type: "reply", reply: { id: title, title } }));
  return {
    type: "interactive",
    interactive: { type: "button", body: { text: "Confirma?" }, action: { buttons: replies } },
  };
}

function list(count: number): Record<string, unknown> {
  const rows = Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Opção ${index}` }));
  const action = { button: "Ver", sections: [{ title: "Tudo", rows }] };
  return { type: "interactive", interactive: { type: "list", body: { text: "Escolha" }, action } };
}
