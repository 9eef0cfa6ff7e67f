import { describe, expect, test } from "bun:test";

import {
  type GraphEmulator,
  type GraphEmulatorOptions,
  startGraphEmulator,
} from "../../demo/graph/emulator.ts";
import { newId } from "../../lib/ids.ts";
import type { Outgoing, Person, RunningChannel } from "../channel.ts";
import { startCloudNumber } from "./client.ts";

const token = "EAAclient-token";
const customer: Person = { identifiers: [{ kind: "wa_id", value: "5511987654321" }], name: null };

/** A number at an emulator. */
class Line implements AsyncDisposable {
  private constructor(
    readonly graph: GraphEmulator,
    readonly channel: RunningChannel,
  ) {}

  static async open(
    changes: {
      readonly token?: string;
      readonly timeoutMs?: number;
      readonly graph?: GraphEmulatorOptions;
    } = {},
  ): Promise<Line> {
    const statuses = { sent: "off", delivered: "off" } as const;
    const graph = await startGraphEmulator({ outsideWindow: "allow", statuses, ...changes.graph });
    const number = { phoneNumberId: "9001", displayPhone: "+55 11 4000-1234", wabaId: "8001" };
    graph.addNumber({ ...number, accessToken: token, appSecret: "s" });
    const channel = startCloudNumber({
      id: newId(),
      phoneNumberId: "9001",
      wabaId: "8001",
      graph: {
        url: graph.url,
        version: "v24.0",
        accessToken: changes.token ?? token,
        timeoutMs: changes.timeoutMs ?? 5_000,
      },
      outgoing: { allowPrivate: false, trustedOrigin: graph.url },
    });
    return new Line(graph, channel);
  }

  send(what: Said, changes: Partial<Common> = {}) {
    const common = { to: customer, messageId: newId<Outgoing["messageId"]>(), replyTo: null, attempt: 1 };
    return this.channel.send({ ...common, ...changes, ...what }, new AbortController().signal);
  }

  get lastBody(): Record<string, unknown> {
    return { ...this.graph.sent.at(-1)?.body };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.channel.stop();
    await this.graph.stop();
  }
}

type Common = Pick<Outgoing, "to" | "messageId" | "replyTo" | "attempt">;
type Said = Outgoing extends infer Each ? (Each extends Outgoing ? Omit<Each, keyof Common> : never) : never;
const text: Said = { kind: "text", text: "Olá", previewUrl: false };

describe("what Meta gets", () => {
  const buttons = {
    type: "button",
    body: { text: "Confirma?" },
    action: { buttons: [{ type: "reply", reply: { id: "sim", title: "Sim" } }] },
  };
  const card = { name: { formatted_name: "Bia", first_name: "Bia" }, phones: [{ phone: "+5511999990000" }] };
  const place = { latitude: -23.5, longitude: -46.6 };
  const cases: readonly (readonly [string, Said, Record<string, unknown>])[] = [
    ["text", text, { type: "text", text: { body: "Olá", preview_url: false } }],
    [
      "a template",
      { kind: "template", name: "hello_world", language: "en_US", components: [] },
      { type: "template", template: { name: "hello_world", language: { code: "en_US" } } },
    ],
    ["buttons", { kind: "interactive", interactive: buttons }, { type: "interactive", interactive: buttons }],
    [
      "a place",
      { kind: "location", ...place, name: "Loja", address: "" },
      { type: "location", location: { ...place, name: "Loja" } },
    ],
    ["contacts", { kind: "contacts", contacts: [card] }, { type: "contacts", contacts: [card] }],
  ];
  for (const [name, said, body] of cases) {
    test(`of ${name} is what its documentation asks for`, async () => {
      await using line = await Line.open();
      const messageId = newId<Outgoing["messageId"]>();
      const result = await line.send(said, { messageId });
      expect(result).toMatchObject({ outcome: "sent", recipient: customer });
      expect(line.lastBody).toMatchObject({
        ...body,
        to: "5511987654321",
        biz_opaque_callback_data: messageId,
      });
    });
  }

  test("of a reply names what it quotes", async () => {
    await using line = await Line.open();
    await line.send(text, { replyTo: "wamid.quoted" });
    expect(line.lastBody).toMatchObject({ context: { message_id: "wamid.quoted" } });
  });

  test("of a reaction carries no id of ours, since its status would pass for the message's", async () => {
    await using line = await Line.open();
    const result = await line.send({ kind: "reaction", target: "wamid.target", emoji: "👍" });
    expect(result.outcome).toBe("sent");
    expect(line.lastBody).toMatchObject({ reaction: { message_id: "wamid.target", emoji: "👍" } });
    expect(line.lastBody.biz_opaque_callback_data).toBeUndefined();
  });

  test("of a voice note shows as one, and a picture has its caption", async () => {
    await using line = await Line.open();
    const file = { name: "voz.ogg", mimeType: "audio/ogg; codecs=opus", bytes: new Blob(["OggS"]) };
    await line.send({ kind: "media", type: "audio", caption: "não se vê", file });
    expect(line.lastBody.audio).toEqual({ id: expect.any(String), voice: true });
    const picture = { name: "foto.png", mimeType: "image/png", bytes: new Blob(["png"]) };
    await line.send({ kind: "media", type: "image", caption: "veja", file: picture });
    expect(line.lastBody.image).toEqual({ id: expect.any(String), caption: "veja" });
  });

  test("goes to the user id of somebody who hides the number, and to nobody without either", async () => {
    await using line = await Line.open();
    const hidden: Person = { identifiers: [{ kind: "bsuid", value: "BR.123" }], name: null };
    const result = await line.send(text, { to: hidden });
    expect(result).toMatchObject({ outcome: "sent", recipient: hidden });
    const mail: Person = { identifiers: [{ kind: "email", value: "a@b.example" }], name: null };
    expect(await line.send(text, { to: mail })).toMatchObject({
      outcome: "failed",
      error: { code: "no_address" },
    });
  });
});

describe("how a send ends", () => {
  test("a lost answer and a cut one are ambiguous, an unreadable yes too", async () => {
    await using line = await Line.open({ timeoutMs: 200 });
    line.graph.fault({ kind: "hang", accept: true });
    expect(await line.send(text)).toMatchObject({ outcome: "ambiguous" });
    line.graph.fault({ kind: "cut", accept: true });
    expect(await line.send(text)).toMatchObject({ outcome: "ambiguous" });
    line.graph.fault({ kind: "slow", bytesPerSecond: 1 });
    expect(await line.send(text)).toMatchObject({ outcome: "ambiguous" });
    line.graph.fault({ kind: "http", status: 200, body: "<html>" });
    expect(await line.send(text)).toMatchObject({ outcome: "ambiguous" });
  });

  test("a gateway's 502 and 429 are tried again, with its Retry-After", async () => {
    await using line = await Line.open();
    line.graph.fault({ kind: "http", status: 502 });
    expect(await line.send(text)).toMatchObject({
      outcome: "retry",
      after: null,
      error: { code: "http_502" },
    });
    line.graph.fault({ kind: "http", status: 429, retryAfterSeconds: 9 });
    expect(await line.send(text)).toMatchObject({ outcome: "retry", after: 9_000, wholeChannel: true });
  });

  test("a wrong token pauses the channel", async () => {
    await using line = await Line.open({ token: "EAAwrong" });
    expect(await line.send(text)).toMatchObject({ outcome: "pause", error: { code: "190" } });
  });

  test("a file that could not be uploaded is tried again, however its answer was lost", async () => {
    await using line = await Line.open();
    const file = { name: "a.pdf", mimeType: "application/pdf", bytes: new Blob(["%PDF"]) };
    const media: Said = { kind: "media", type: "document", caption: "", file };
    line.graph.fault({ kind: "cut", accept: true }, { operation: "media_upload" });
    expect(await line.send(media)).toMatchObject({ outcome: "retry" });
    expect(await line.send(media)).toMatchObject({ outcome: "sent" });
    expect(line.graph.sent.length).toBe(1);
  });
});

describe("a customer's file", () => {
  const bytes = new TextEncoder().encode("a picture of a cat");
  const fetch = (line: Line, source: Record<string, string>) =>
    line.channel.fetchFile(source, AbortSignal.timeout(5_000));

  test("is downloaded in two steps with the token, and its hash told", async () => {
    await using line = await Line.open();
    const { id } = line.graph.putMedia(bytes, "image/jpeg");
    const file = await fetch(line, { media_id: id });
    if (!file.ok) throw new Error(file.reason);
    expect(await Array.fromAsync(file.bytes)).toEqual([bytes]);
    expect(file.sha256).toBe(new Bun.CryptoHasher("sha256").update(bytes).digest("hex"));
  });

  test("that is gone is not asked for again, and an outage is", async () => {
    await using line = await Line.open();
    expect(await fetch(line, { media_id: "404" })).toMatchObject({ ok: false, permanent: true });
    expect(await fetch(line, { media_id: "../me" })).toMatchObject({ ok: false, permanent: true });
    const { id } = line.graph.putMedia(bytes, "image/jpeg");
    line.graph.fault({ kind: "http", status: 503 }, { operation: "node_get" });
    expect(await fetch(line, { media_id: id })).toMatchObject({ ok: false, permanent: false });
    line.graph.fault({ kind: "http", status: 404 }, { operation: "media_download" });
    expect(await fetch(line, { media_id: id })).toMatchObject({ ok: false, permanent: false });
  });

  test("is not fetched from a private address that the provider would name", async () => {
    await using line = await Line.open();
    const { id } = line.graph.putMedia(bytes, "image/jpeg");
    const inside = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("secret") });
    const body = JSON.stringify({ url: `${inside.url.origin}/latest`, mime_type: "image/jpeg" });
    line.graph.fault({ kind: "http", status: 200, body }, { operation: "node_get" });
    expect(await fetch(line, { media_id: id })).toMatchObject({ ok: false, permanent: true });
    await inside.stop(true);
  });
});

describe("a number", () => {
  const soon = () => AbortSignal.timeout(5_000);

  test("tells whether its credentials work, and its phone", async () => {
    await using good = await Line.open();
    const connected = { status: "connected", detail: null, phone: "+551140001234" } as const;
    expect(await good.channel.check(soon())).toEqual(connected);
    await using bad = await Line.open({ token: "EAAwrong" });
    expect(await bad.channel.check(soon())).toMatchObject({
      status: "error",
      detail: expect.stringContaining("190"),
    });
    good.graph.fault({ kind: "http", status: 503 }, { operation: "node_get" });
    expect(await good.channel.check(soon())).toMatchObject({ status: "degraded" });
  });

  test("asks for its account's webhooks, and says when it will not get any", async () => {
    await using line = await Line.open();
    await line.channel.check(soon());
    const asked = line.graph.requests.filter(({ operation }) => operation === "subscribed_apps");
    expect(asked.map(({ outcome }) => outcome)).toEqual([200]);
    line.graph.fault({ kind: "error", code: 200 }, { operation: "subscribed_apps" });
    const deaf = await line.channel.check(soon());
    expect(deaf).toMatchObject({ status: "degraded", detail: expect.stringMatching(/^webhooks: .*200/) });
  });

  test("lists its templates, page by page", async () => {
    await using line = await Line.open();
    for (let index = 0; index < 130; index += 1) {
      const template = { id: `${index}`, name: `t${index}`, language: "pt_BR", components: [] };
      line.graph.addTemplate("8001", { ...template, status: "APPROVED", category: "UTILITY" });
    }
    expect((await line.channel.templates(soon())).length).toBe(131);
  });

  test("says that it read and types, and an outage of that disturbs nobody", async () => {
    await using line = await Line.open();
    const told: unknown[] = [];
    line.graph.subscribe((event) => {
      if (event.type === "read") told.push([event.wamid, event.typing]);
    });
    await line.channel.markRead("wamid.1", false);
    line.graph.fault({ kind: "cut", accept: false }, { operation: "read_receipt" });
    await line.channel.markRead("wamid.2", true);
    await line.channel.markRead("wamid.3", true);
    expect(told).toEqual([
      ["wamid.1", false],
      ["wamid.3", true],
    ]);
  });
});
