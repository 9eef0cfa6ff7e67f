import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { z } from "zod";

import { eventually } from "../../../tests/support/wait.ts";
import { customers } from "../company/customers.ts";
import { anything, type ProductApi, withId } from "../product-api.ts";
import { PhoneClient, saying } from "../testing/phone-client.ts";
import { type QuietDemo, startQuietDemo, startWithinMs } from "../testing/quiet-demo.ts";
import type { PhoneMessage } from "./protocol.ts";

const conversations = z.array(
  z.object({ id: z.string(), contact: z.object({ name: z.string(), phone: z.string() }) }),
);
const messageSchema = z.object({
  id: z.string(),
  content: z.string(),
  message_type: z.string(),
  status: z.string(),
  external_id: z.string().nullable(),
  reply_to: z.string().nullable(),
  reactions: z.array(z.object({ emoji: z.string() })),
  deleted_at: z.string().nullable(),
  attachments: z.array(z.object({ url: z.string().nullable() })),
  error: z.object({ code: z.string() }).nullable(),
});
type Message = z.infer<typeof messageSchema>;

let demo: QuietDemo;
let agent: ProductApi;

beforeAll(async () => {
  demo = await startQuietDemo();
  agent = demo.as("helena");
}, startWithinMs);

afterAll(async () => {
  await demo.stop();
});

/** The conversation of a person, by the product's API. */
async function conversationOf(phone: string): Promise<string> {
  return eventually("the conversation", async () => {
    const list = await agent.get("/conversations?limit=100", conversations);
    return list.find(({ contact }) => contact.phone === `+${phone}`)?.id;
  });
}

/** The first message of a conversation that `matches`, as soon as the product has it. */
async function inProduct(conversation: string, matches: (message: Message) => boolean): Promise<Message> {
  return eventually("the message in the product", async () => {
    const thread = await agent.get(
      `/conversations/${conversation}/messages?limit=100`,
      z.array(messageSchema),
    );
    return thread.find(matches);
  });
}

async function answer(conversation: string, body: Readonly<Record<string, unknown>>): Promise<string> {
  return (await agent.post(`/conversations/${conversation}/messages`, body, withId)).id;
}

/** Somebody new with a first message, their conversation, and it taken by the agent who answers in these tests. */
async function newcomer(name: string) {
  const phone = await PhoneClient.open(demo.phoneUrl);
  phone.send({ type: "meet", name });
  const persona = await phone.waitFor("the newcomer", (frame) =>
    frame.type === "persona" && frame.persona.name === name ? frame.persona.id : undefined,
  );
  await phone.take(persona);
  phone.send({ type: "text", persona, text: "Oi!", quote: null });
  const first = await phone.message(persona, ({ ticks }) => ticks === "delivered");
  const conversation = await conversationOf(persona);
  return { phone, persona, conversation, first, [Symbol.dispose]: () => phone[Symbol.dispose]() };
}

describe("the chat", () => {
  test("what is typed on the phone is in the product, and the answer is on the phone", async () => {
    const persona = customers.thiago.phone;
    using phone = await PhoneClient.open(demo.phoneUrl);
    await phone.take(persona);
    phone.send({ type: "text", persona, text: "Já saiu o bolo?", quote: null });
    const conversation = await conversationOf(persona);
    const arrived = await inProduct(conversation, ({ content }) => content === "Já saiu o bolo?");
    await answer(conversation, { content: "Saiu agora!", reply_to: arrived.id });
    const received = await phone.message(persona, saying("Saiu agora!"));
    expect(received).toMatchObject({ from: "business", quote: arrived.external_id, ticks: null });
  });

  test("a phone shows what was said before it was taken", async () => {
    using phone = await PhoneClient.open(demo.phoneUrl);
    const messages = await phone.take(customers.camila.phone);
    expect(messages.length).toBeGreaterThan(10);
    expect(messages.map(({ content }) => content.type)).toContain("media");
    expect(messages.some(({ reactions }) => reactions.business === "❤️")).toBe(true);
  });

  test("somebody new is an unknown number to the product, with the name that they gave", async () => {
    using someone = await newcomer("Teresa Nova");
    const list = await agent.get("/conversations?limit=5", conversations);
    expect(list.map(({ contact }) => contact.name)).toContain("Teresa Nova");
    expect(someone.persona).toMatch(/^55119000019\d\d$/);
  });

  test("what is on the screen of the phone is read, and what is not is only delivered", async () => {
    using someone = await newcomer("Lia Leitora");
    const { phone, conversation } = someone;
    const seen = await answer(conversation, { content: "Lida?" });
    await inProduct(conversation, ({ id, status }) => id === seen && status === "read");
    phone.send({ type: "leave" });
    const unseen = await answer(conversation, { content: "E esta?" });
    await inProduct(conversation, ({ id, status }) => id === unseen && status === "delivered");
    await phone.take(someone.persona);
    await inProduct(conversation, ({ id, status }) => id === unseen && status === "read");
  });

  test("the customer's ticks turn once the agent has read", async () => {
    using someone = await newcomer("Tina Tique");
    await agent.post(`/conversations/${someone.conversation}/read`, undefined, anything);
    const read = await someone.phone.message(someone.persona, ({ ticks }) => ticks === "read");
    expect(read.id).toBe(someone.first.id);
  });

  test("the phone sees the agent type", async () => {
    using someone = await newcomer("Dida Digita");
    await agent.post(`/conversations/${someone.conversation}/typing`, { typing: true }, anything);
    await someone.phone.waitFor("typing", (frame) =>
      frame.type === "typing" && frame.persona === someone.persona ? true : undefined,
    );
  });

  test("a reply quotes, a reaction shows, and what is deleted is gone on both sides", async () => {
    using someone = await newcomer("Rui Responde");
    const { phone, persona, conversation } = someone;
    await answer(conversation, { content: "Bom dia, Rui" });
    const greeting = await phone.message(persona, saying("Bom dia, Rui"));
    phone.send({ type: "text", persona, text: "Bom dia pra você", quote: greeting.id });
    const reply = await inProduct(conversation, ({ content }) => content === "Bom dia pra você");
    expect(reply.reply_to).toEqual(expect.any(String));
    phone.send({ type: "react", persona, message: greeting.id, emoji: "👍" });
    await inProduct(
      conversation,
      ({ external_id, reactions }) => external_id === greeting.id && reactions.length === 1,
    );
    phone.send({ type: "delete", persona, message: reply.external_id ?? "" });
    await inProduct(conversation, ({ id, deleted_at }) => id === reply.id && deleted_at !== null);
    await phone.message(persona, ({ id, deleted }) => id === reply.external_id && deleted);
  });

  test.each(["photo", "voice", "document"] as const)(
    "a %s is sent, and fetched by the product",
    async (name) => {
      using someone = await newcomer(`Ana ${name}`);
      const { phone, persona, conversation } = someone;
      phone.send({ type: "sample", persona, name });
      const sent = await phone.message(persona, ({ content }) => content.type === "media");
      await inProduct(
        conversation,
        ({ external_id, attachments }) => external_id === sent.id && typeof attachments[0]?.url === "string",
      );
      expect((await fetchMedia(sent)).status).toBe(200);
    },
  );

  test("a file of one's own is sent, and another kind of address than the chat's is not there", async () => {
    using someone = await newcomer("Davi Arquivo");
    const send = (persona: string, body: string, type: string) =>
      fetch(`${demo.phoneUrl}/chats/${persona}/files?name=nota.txt`, {
        method: "POST",
        headers: { "Content-Type": type },
        body,
      });
    expect((await send(someone.persona, "um texto", "text/plain")).status).toBe(204);
    await inProduct(someone.conversation, ({ message_type }) => message_type === "document");
    expect((await send("nobody", "um texto", "text/plain")).status).toBe(400);
    expect((await send(someone.persona, "", "text/plain")).status).toBe(400);
    expect((await send(someone.persona, "x", "not a type")).status).toBe(400);
  });

  test("a template comes with its words filled in, and its button answers", async () => {
    using someone = await newcomer("Malu Modelo");
    const { phone, persona, conversation } = someone;
    const values = ["Malu", "1482"].map((text) => ({ type: "text", text }));
    const template = {
      name: "pedido_pronto",
      language: "pt_BR",
      components: [{ type: "body", parameters: values }],
    };
    await answer(conversation, { message_type: "template", metadata: { template } });
    const received = await phone.message(persona, ({ content }) => content.type === "choices");
    expect(received.content).toMatchObject({
      of: "template",
      text: "Oi, Malu! Seu pedido 1482 já pode ser retirado na Padaria Azulejo.",
      options: [{ title: "Estou a caminho" }, { title: "Prefiro entrega" }],
    });
    phone.send({ type: "choose", persona, message: received.id, option: "Estou a caminho" });
    await inProduct(conversation, ({ content }) => content.includes("Estou a caminho"));
    const after = await phone.message(persona, ({ id, chosen }) => id === received.id && chosen !== null);
    expect(after.chosen).toBe("Estou a caminho");
  });

  test("a picture of the agent is on the phone", async () => {
    using someone = await newcomer("Flora Foto");
    const form = new FormData();
    const pixel = await new Bun.Image(Buffer.from(dot, "base64")).resize(8, 8).png().bytes();
    form.set("file", new File([new Uint8Array(pixel)], "pão.png", { type: "image/png" }));
    const { id } = await agent.post("/attachments", form, withId);
    await answer(someone.conversation, { content: "Olha só", attachment_ids: [id] });
    const received = await someone.phone.message(someone.persona, ({ content }) => content.type === "media");
    expect(received.content).toMatchObject({ kind: "image", caption: "Olha só" });
    expect((await fetchMedia(received)).status).toBe(200);
  });
});

// One after the other: a fault meets whatever message comes next.
describe("faults", () => {
  test("an undelivered message never reaches the phone, and the product says why", async () => {
    const { failed } = await sendUnder("undelivered", "Nara Nada");
    expect(failed.error?.code).toBe("131026");
  });

  test("beyond the window the message fails with the reason", async () => {
    const { failed } = await sendUnder("window", "Jane Janela");
    expect(failed.error?.code).toBe("131047");
  });

  test.each(["error", "limit"] as const)(
    "after %s, the switch goes off, the message is sent again and arrives once",
    async (fault) => {
      using someone = await newcomer(`Rita ${fault}`);
      await arm(someone.phone, fault);
      const since = someone.phone.frames.length;
      await answer(someone.conversation, { content: `Apesar de ${fault}` });
      await someone.phone.message(someone.persona, saying(`Apesar de ${fault}`));
      await someone.phone.waitFor("the switch off", (frame) => frame.type === "faults" || undefined, since);
      const received = await someone.phone.take(someone.persona);
      expect(received.filter(saying(`Apesar de ${fault}`))).toHaveLength(1);
    },
  );

  test("when the connection is cut the message arrives once, and the status settles what nobody confirmed", async () => {
    using someone = await newcomer("Caco Corte");
    await arm(someone.phone, "cut");
    const id = await answer(someone.conversation, { content: "Chegou?" });
    await someone.phone.message(someone.persona, saying("Chegou?"));
    await inProduct(someone.conversation, (message) => message.id === id && message.status === "read");
    expect(demo.graph.countOf(id)).toBe(1);
  });

  test("a switch is told to every phone, and can be taken back", async () => {
    using someone = await newcomer("Sil Chave");
    using other = await PhoneClient.open(demo.phoneUrl);
    await arm(someone.phone, "slow");
    await other.waitFor(
      "the switch",
      (frame) => (frame.type === "faults" && frame.faults.includes("slow")) || undefined,
    );
    const since = other.frames.length;
    someone.phone.send({ type: "fault", name: "slow", on: false });
    await other.waitFor(
      "the switch off",
      (frame) => (frame.type === "faults" && frame.faults.length === 0) || undefined,
      since,
    );
    await answer(someone.conversation, { content: "Rápido" });
    await someone.phone.message(someone.persona, saying("Rápido"));
  });

  async function arm(
    phone: PhoneClient,
    name: "error" | "limit" | "cut" | "slow" | "undelivered" | "window",
  ) {
    const since = phone.frames.length;
    phone.send({ type: "fault", name, on: true });
    await phone.waitFor(
      "the fault",
      (frame) => (frame.type === "faults" && frame.faults.includes(name)) || undefined,
      since,
    );
  }

  async function sendUnder(fault: "undelivered" | "window", name: string) {
    using someone = await newcomer(name);
    await arm(someone.phone, fault);
    const id = await answer(someone.conversation, { content: "Perdida" });
    const failed = await inProduct(
      someone.conversation,
      (message) => message.id === id && message.status === "failed",
    );
    expect((await someone.phone.take(someone.persona)).filter(saying("Perdida"))).toEqual([]);
    return { failed };
  }
});

describe("what does not belong", () => {
  test("a frame that is none is refused in so many words, and the phone goes on", async () => {
    using phone = await PhoneClient.open(demo.phoneUrl);
    for (const frame of [
      "{",
      "[]",
      '{"type":"text","persona":"1"}',
      '{"type":"fault","name":"fire","on":true}',
    ]) {
      const since = phone.frames.length;
      phone.sendRaw(frame);
      const code = await phone.waitFor(
        "the refusal",
        (told) => (told.type === "refused" ? told.code : undefined),
        since,
      );
      expect(code).toBe("invalid");
    }
    expect(await phone.take(customers.rafael.phone)).not.toBeEmpty();
  });

  test("a customer who can't be played, and a message that is not there, are named", async () => {
    using phone = await PhoneClient.open(demo.phoneUrl);
    phone.send({ type: "open", persona: "5511999999999" });
    await phone.waitFor(
      "the refusal",
      (told) => (told.type === "refused" && told.code === "unknown_persona") || undefined,
    );
    phone.send({ type: "react", persona: customers.rafael.phone, message: "wamid.none", emoji: "👍" });
    await phone.waitFor(
      "the refusal",
      (told) => (told.type === "refused" && told.code === "unknown_message") || undefined,
    );
  });

  test("another page of the browser, and a name that was made to lead here, are turned away", async () => {
    const status = async (path: string, headers: Record<string, string>, method = "GET") =>
      (await fetch(demo.phoneUrl + path, { method, headers })).status;
    expect(await status("/", { Origin: "https://evil.example" })).toBe(403);
    expect(await status("/", { Host: "evil.example" })).toBe(403);
    expect(await status("/enter/helena", { Origin: demo.url }, "POST")).toBe(403);
    expect(await status("/socket", { Origin: "https://evil.example" })).toBe(403);
  });

  test("nobody but the sample users is let in", async () => {
    const enter = (user: string) => fetch(`${demo.phoneUrl}/enter/${user}`, { method: "POST" });
    expect((await enter("nobody")).status).toBe(404);
    const entered = await enter("bruna");
    expect([entered.status, entered.headers.getSetCookie().length > 0]).toEqual([204, true]);
  });

  test("the page may show the inbox and nothing else in a frame, and runs its own script only", async () => {
    const response = await fetch(demo.phoneUrl);
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain(`frame-src ${demo.url};`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("unsafe-inline");
    const inbox = await fetch(demo.url);
    expect(inbox.headers.get("Content-Security-Policy")).toContain(`frame-ancestors ${demo.phoneUrl}`);
  });

  test("what is not there is not there", async () => {
    for (const path of ["/media/1", "/files.json", "/none.js", "/chats/1/files"]) {
      expect((await fetch(demo.phoneUrl + path)).status).toBe(404);
    }
  });
});

const dot =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function fetchMedia({ content }: PhoneMessage): Promise<Response> {
  return fetch(demo.phoneUrl + (content.type === "media" ? content.url : "/none"));
}
