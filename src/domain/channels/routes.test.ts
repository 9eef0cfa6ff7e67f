import { describe, expect, test } from "bun:test";

import { type Answer, startApi, type TestApi } from "../../../tests/support/api.ts";
import { seedCompany } from "../../../tests/support/company.ts";
import { eventually } from "../../../tests/support/wait.ts";
import { channelModules } from "../../channels/index.ts";
import { accessToken, appSecret, Desk, wabaId } from "../../channels/testing/desk.ts";
import type { ChannelId } from "../../contract/ids.ts";
import { channelRoutes } from "./routes.ts";

const settings = {
  phone_number_id: "777",
  waba_id: wabaId,
  access_token: accessToken,
  app_secret: appSecret,
  verify_token: "my-verify-token",
};
const input = { kind: "whatsapp_cloud", name: "Loja", settings };
const secrets = [accessToken, appSecret, "my-verify-token"];

/** A desk with the routes of channels on a real socket. */
class Office implements AsyncDisposable {
  private constructor(
    readonly desk: Desk,
    readonly api: TestApi,
    readonly token: string,
  ) {}

  static async open(publicUrl?: string): Promise<Office> {
    const desk = await Desk.open();
    desk.graph.addNumber({
      phoneNumberId: "777",
      displayPhone: "+55 11 4000-7777",
      wabaId,
      accessToken,
      appSecret,
    });
    const deps = { kinds: channelModules, port: desk.runtime, publicUrl };
    const api = startApi(desk.context, { api: [channelRoutes(desk.context, deps)] });
    return new Office(desk, api, await api.tokenOf(desk.company.admin));
  }

  call(request: string, body?: unknown, token = this.token): Promise<Answer> {
    return this.api.call(request.replace(" /", " /api/v1/channels/").replace(/\/$/, ""), { token, body });
  }

  async create(): Promise<string> {
    const answer = await this.call("POST /", input);
    expect(answer.status).toBe(201);
    return answer.at("id");
  }

  becomes(id: string, status: string): Promise<Answer> {
    return eventually(`the channel to be ${status}`, async () => {
      const answer = await this.call(`GET /${id}`);
      return answer.at("status") === status && answer;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api.stop();
    await this.desk[Symbol.asyncDispose]();
  }
}

describe("a new channel", () => {
  test("tells where the provider reaches us, is checked by itself, and never shows a secret again", async () => {
    await using office = await Office.open("https://balcao.example");
    const created = await office.call("POST /", input);
    expect(created.status).toBe(201);
    const id = created.at("id");
    expect(created.body).toMatchObject({
      kind: "whatsapp_cloud",
      name: "Loja",
      webhook_url: `https://balcao.example/webhooks/whatsapp/${id}`,
    });
    const connected = await office.becomes(id, "connected");
    expect(connected.body).toMatchObject({ phone: "+551140007777", status_detail: null });
    const answers = [created, connected, await office.call(`GET /${id}/health`), await office.call("GET /")];
    for (const secret of secrets) expect(answers.filter(({ text }) => text.includes(secret))).toEqual([]);
  });

  test("is stored with its secrets sealed", async () => {
    await using office = await Office.open();
    await office.create();
    const rows = await office.desk.context.sql.read((tx) =>
      tx.all<{ settings: string; secrets: Uint8Array }>("SELECT settings, secrets FROM channels"),
    );
    const stored = rows.map((row) => row.settings + new TextDecoder().decode(row.secrets)).join();
    expect(stored).toContain("777");
    for (const secret of secrets) expect(stored).not.toContain(secret);
  });

  test("with wrong credentials says so in the provider's words", async () => {
    await using office = await Office.open();
    const wrong = { ...input, settings: { ...settings, access_token: "EAAwrong" } };
    const id = (await office.call("POST /", wrong)).at("id");
    expect((await office.becomes(id, "error")).at("status_detail")).toContain("190");
  });

  test("of a number that has one is refused, in another company it is not", async () => {
    await using office = await Office.open();
    await office.create();
    expect((await office.call("POST /", { ...input, name: "Outra" })).status).toBe(409);
    const other = await seedCompany(office.desk.context, { phoneNumberId: "1" });
    const token = await office.api.tokenOf(other.admin);
    expect((await office.call("POST /", input, token)).status).toBe(201);
  });

  test("names every setting that is missing, wrong or unknown, without repeating its value", async () => {
    await using office = await Office.open();
    const bad = {
      phone_number_id: "7/../8",
      access_token: "a\r\nX-Evil: 1",
      app_secret: "",
      colour: "s3cr3t-value",
    };
    const answer = await office.call("POST /", { ...input, settings: bad });
    expect(answer.status).toBe(400);
    for (const field of ["phone_number_id", "access_token", "app_secret", "verify_token"]) {
      expect(answer.text).toContain(`settings.${field}`);
    }
    for (const value of ["../8", "X-Evil", "s3cr3t-value"]) expect(answer.text).not.toContain(value);
    for (const body of [
      { ...input, kind: "fax" },
      { ...input, name: "" },
      { ...input, extra: 1 },
      [],
      null,
    ]) {
      expect((await office.call("POST /", body)).status).toBe(400);
    }
  });
});

describe("a change of a channel", () => {
  test("keeps the settings that it leaves out, secrets too, and tries the new ones", async () => {
    await using office = await Office.open();
    const wrong = { ...input, settings: { ...settings, access_token: "EAAwrong" } };
    const id = (await office.call("POST /", wrong)).at("id");
    await office.becomes(id, "error");
    const answer = await office.call(`PATCH /${id}`, {
      name: "Matriz",
      settings: { access_token: accessToken },
    });
    expect(answer.body).toMatchObject({ name: "Matriz", status: "connecting" });
    await office.becomes(id, "connected");
    const health = await office.call(`GET /${id}/health`);
    expect(health.body).toMatchObject({ settings: { phone_number_id: "777", waba_id: wabaId } });
    const record = await office.desk.runtime.directory.get(id as ChannelId);
    expect(record?.secrets).toEqual({
      access_token: accessToken,
      app_secret: appSecret,
      verify_token: "my-verify-token",
    });
  });

  test("by disconnecting stops it, by connecting starts it", async () => {
    await using office = await Office.open();
    const id = await office.create();
    await office.becomes(id, "connected");
    expect((await office.call(`POST /${id}/disconnect`)).at("status")).toBe("disconnected");
    await eventually("it to stop", () => office.desk.runtime.running(id as ChannelId) === undefined);
    const connected = await office.call(`POST /${id}/connect`);
    expect(connected.body).toMatchObject({ status: "connected", status_detail: null });
    expect(office.desk.runtime.running(id as ChannelId)).toBeDefined();
  });

  test("by deleting fails what waits, forgets the secrets, and frees the number", async () => {
    await using office = await Office.open();
    const id = (await office.create()) as ChannelId;
    await office.becomes(id, "connected");
    const { id: conversationId } = await office.desk.addConversation(id);
    await office.call(`POST /${id}/disconnect`);
    await eventually("it to stop", () => office.desk.runtime.running(id) === undefined);
    const waiting = await office.desk.send(conversationId, { content: "oi" });
    expect((await office.call(`DELETE /${id}`)).status).toBe(204);
    expect(await office.desk.message(waiting.id)).toMatchObject({
      status: "failed",
      error: { code: "channel_deleted" },
    });
    expect((await office.call(`GET /${id}`)).status).toBe(404);
    expect((await office.call("GET /")).text).not.toContain(id);
    const [row] = await office.desk.context.sql.read((tx) =>
      tx.all<{ size: number }>("SELECT length(secrets) AS size FROM channels WHERE id = $1", [id]),
    );
    expect(row?.size).toBe(0);
    await office.create();
  });
});

describe("templates", () => {
  test("are fetched from the provider and listed for whoever attends", async () => {
    await using office = await Office.open();
    const id = await office.create();
    await office.becomes(id, "connected");
    expect((await office.call(`GET /${id}/templates`)).body).toEqual([]);
    const synced = await office.call(`POST /${id}/templates/sync`);
    expect(synced.body).toMatchObject([
      { name: "hello_world", status: "APPROVED", components: expect.any(Array) },
    ]);
    const agent = await office.api.tokenOf(office.desk.company.agent);
    expect((await office.call(`GET /${id}/templates`, undefined, agent)).body).toEqual(synced.body);
  });

  test("can't be fetched without the business account's id, nor while the provider is out", async () => {
    await using office = await Office.open();
    const { waba_id: _, ...rest } = settings;
    const id = (await office.call("POST /", { ...input, settings: rest })).at("id");
    await office.becomes(id, "connected");
    expect((await office.call(`POST /${id}/templates/sync`)).status).toBe(422);
    await office.call(`PATCH /${id}`, { settings: { waba_id: wabaId } });
    await office.becomes(id, "connected");
    office.desk.graph.fault({ kind: "http", status: 503 }, { operation: "templates" });
    expect((await office.call(`POST /${id}/templates/sync`)).status).toBe(502);
  });
});

describe("who may", () => {
  const changes = (id: string) =>
    [
      ["POST /", input],
      [`PATCH /${id}`, { name: "x" }],
      [`DELETE /${id}`, undefined],
      [`POST /${id}/connect`, undefined],
      [`POST /${id}/disconnect`, undefined],
      [`GET /${id}/health`, undefined],
      [`POST /${id}/templates/sync`, undefined],
    ] as const;

  test("manage channels: admins only", async () => {
    await using office = await Office.open();
    const id = await office.create();
    const { supervisor, agent, viewer } = office.desk.company;
    for (const caller of [supervisor, agent, viewer]) {
      const token = await office.api.tokenOf(caller);
      for (const [request, body] of changes(id)) {
        expect([request, (await office.call(request, body, token)).status]).toEqual([request, 403]);
      }
      expect((await office.call("GET /", undefined, token)).status).toBe(200);
    }
    for (const [request, body] of changes(id)) {
      expect([request, (await office.call(request, body, "nobody")).status]).toEqual([request, 401]);
    }
  });

  test("manage another company's channel: nobody, and it looks as if it didn't exist", async () => {
    await using office = await Office.open();
    const id = await office.create();
    const other = await seedCompany(office.desk.context, { phoneNumberId: "1" });
    const token = await office.api.tokenOf(other.admin);
    const foreign = await Promise.all(
      [
        ...changes(id).slice(1),
        [`GET /${id}`, undefined] as const,
        [`GET /${id}/templates`, undefined] as const,
      ].map(async ([request, body]) => [request, (await office.call(request, body, token)).status]),
    );
    expect(foreign.filter(([, status]) => status !== 404)).toEqual([]);
    expect((await office.call("GET /", undefined, token)).text).not.toContain(id);
    await office.becomes(id, "connected");
  });
});
